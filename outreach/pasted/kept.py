"""The text that was pasted, until its report is sent: in the session of whoever pasted
it, under a key that the addresses carry."""

from datetime import tzinfo
from secrets import token_urlsafe
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from outreach.pasted.reading import Reading, read

NAME, MOST = "pasted", 5


def keep(request: HttpRequest, text: str) -> str:
    """The key of the text; older ones than the last few are dropped."""
    key = token_urlsafe(6)
    texts = [*request.session.get(NAME, {}).items(), (key, text)]
    request.session[NAME] = dict(texts[-MOST:])
    return key


def text_of(request: HttpRequest) -> str:
    return request.session.get(NAME, {}).get(request.GET.get(NAME, ""), "")


def reading_of(request: HttpRequest, zone: tzinfo) -> Reading | None:
    """What the text says that the address of this page names, if it names one."""
    today, text = timezone.localdate(timezone=zone), text_of(request)
    return read(text, today=today, zone=zone) if text else None


def onward(request: HttpRequest, url: str) -> str:
    """The address, with the same text."""
    return f"{url}?{urlencode({NAME: request.GET[NAME]})}" if text_of(request) else url


def forget(request: HttpRequest) -> None:
    texts = dict(request.session.get(NAME, {}))
    if texts.pop(request.GET.get(NAME, ""), None) is not None:
        request.session[NAME] = texts

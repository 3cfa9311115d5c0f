"""What comes from outside, read in the one place that knows every way to be wrong.

No page of ours sends any of this; broken programs do, and whoever looks for a weak
spot. It is refused as what it is: an address that does not exist (404), a request that
cannot be read (400), or a value like any other wrong one.
"""

import json
import math
import re
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, QueryDict
from django.utils.http import parse_header_parameters

# The largest number that a key of ours can be.
MOST = 2**63 - 1
UTF8 = {"utf-8", "utf8", "us-ascii", "ascii"}
BREAK = re.compile(r"\r\n?")
UNREADABLE = "pokmas.unreadable"
# Headers that hold an address. One that is none says nothing.
ADDRESSES = ("HTTP_REFERER", "HTTP_HX_CURRENT_URL")


# Values


def whole_number(text: object) -> int | None:
    """The number of a row, or None if it cannot be one."""
    text = str(text)
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST))):
        return None
    number = int(text)
    return number if number <= MOST else None


def address(text: str) -> SplitResult:
    """The parts of an address; all empty if it is none."""
    try:
        found = urlsplit(text)
        found.port  # noqa: B018 - it is read here, and may be no number
    except ValueError:
        return SplitResult("", "", "", "", "")
    return found


class SoundDecoder(json.JSONDecoder):
    """JSON without what no column holds: infinite numbers, half signs, no end."""

    def __init__(self, **more):
        super().__init__(parse_constant=_no_number, **more)

    def decode(self, text: str, **more):
        try:
            value = super().decode(text, **more)
            if _is_sound(value):
                return value
        except (ValueError, RecursionError) as error:
            raise json.JSONDecodeError("Not sound", "", 0) from error
        raise json.JSONDecodeError("Not sound", "", 0)


def read_json(text: str | bytes):
    """The value that JSON from outside stands for; ValueError if it cannot be read."""
    return json.loads(text, cls=SoundDecoder)


def is_text(text: str) -> bool:
    """Whether a column can hold it: no NUL, and no half of a sign."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _no_number(name: str):
    raise ValueError(name)


def _is_sound(value) -> bool:
    if isinstance(value, str):
        return is_text(value)
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict):
        return all(map(_is_sound, value)) and all(map(_is_sound, value.values()))
    return not isinstance(value, list) or all(map(_is_sound, value))


# Requests


class Door:
    """Stands before Django, which breaks down over some headers as it begins."""

    def __init__(self, application: Callable):
        self.application = application

    def __call__(self, environ, start_response):
        if not _is_readable(environ.get("CONTENT_TYPE", "")):
            environ |= {"CONTENT_TYPE": "", UNREADABLE: True}
        return self.application(environ, start_response)


def _is_readable(kind: str) -> bool:
    """No browser encodes a part of this header; and what is sent is in UTF-8."""
    if not kind.isascii() or "*" in kind or "\0" in kind:
        return False
    _type, words = parse_header_parameters(kind)
    return words.get("charset", "utf-8").lower() in UTF8


class ReadableMiddleware:
    """Refuses requests that cannot be read, before anybody reads them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.META.get(UNREADABLE):
            # The page that says so reads the request as well.
            request.encoding = "utf-8"
            request._mark_post_parse_error()
            raise BadRequest("Not in UTF-8")
        if not is_text(request.path_info):
            raise Http404
        for name in ADDRESSES:
            if name in request.META and not any(address(request.META[name])):
                del request.META[name]
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """The form is read here, before anything that needs it."""
        try:
            sent = request.POST
        except (BadRequest, SuspiciousOperation, LookupError, ValueError) as error:
            request._mark_post_parse_error()
            raise BadRequest("The form cannot be read") from error
        if any("\r" in text for _name, texts in sent.lists() for text in texts):
            request.POST = _with_plain_breaks(sent)


def _with_plain_breaks(sent: QueryDict) -> QueryDict:
    """A line break is one sign, as the page counted it, though two are sent."""
    plain = sent.copy()
    for name, texts in sent.lists():
        plain.setlist(name, [BREAK.sub("\n", text) for text in texts])
    plain._mutable = False
    return plain

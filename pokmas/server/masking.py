"""What reaches no log: keys of one-time links, and what people search for.

A key is the argument of an address that is called so; the addresses themselves say
where one may stand.
"""

import logging
import re
import sys
from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, get_resolver

# How arguments of addresses that are nobody's to read are called; the name of a file
# is often that of a person.
SECRET = {"key", "token", "uidb36", "name", "sign"}
HIDDEN = "…"

_ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
_QUERY = re.compile(r"(?<=[^\s?])\?[^\s\"'<>?=&]*=[^\s\"'<>]*")
# Signs that would begin a line of their own, or turn one round.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class MaskingFormatter(logging.Formatter):
    """Lines without secrets, each of them one line; only a traceback has more."""

    def formatMessage(self, record):
        line = super().formatMessage(record)
        return _UNSEEN.sub(lambda sign: ascii(sign[0])[1:-1], line)

    def format(self, record):
        return masked(super().format(record))


def masked(text: str) -> str:
    """The text with nothing in its addresses that opens a door or tells a search."""
    text = _QUERY.sub(f"?{HIDDEN}", text)
    if not _addresses_are_known():
        return text
    return _secret_addresses().sub(rf"\g<1>{HIDDEN}", text)


def secret_heads() -> Iterator[str]:
    """What comes before the first secret argument of each address that has one."""
    for route in routes():
        for argument in _ARGUMENT.finditer(route):
            if (argument[2] or argument[3]) in SECRET:
                yield route[: argument.start()]
                break


def routes(resolver=None, before: str = "/") -> Iterator[str]:
    """Every address of the portal, as it is written down."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern).removeprefix("^").removesuffix("$")
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from routes(entry, route)


@cache
def _secret_addresses() -> re.Pattern:
    heads = sorted({_pattern(head) for head in secret_heads()})
    return re.compile(rf"({'|'.join(heads)})[^\s\"'<>?]+", re.IGNORECASE)


def _pattern(head: str) -> str:
    pattern, at = "", 0
    for argument in _ARGUMENT.finditer(head):
        pattern += re.escape(head[at : argument.start()])
        pattern += r"\d+" if argument["kind"] == "int" else r"[^/\s]+"
        at = argument.end()
    return (pattern + re.escape(head[at:])).replace("/", "/+")


def _addresses_are_known() -> bool:
    """Not while they are being read: until then nobody has asked for any."""
    module = sys.modules.get(settings.ROOT_URLCONF)
    return apps.ready and (module is None or hasattr(module, "urlpatterns"))

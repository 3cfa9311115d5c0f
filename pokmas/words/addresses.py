"""E-mail addresses as pages show them."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

BEFORE = re.compile(r"(?<=.)(?=[@._])")


def breakable(address: str) -> SafeString:
    """An address too long for its line goes on before its @ or a dot, not in a word."""
    return mark_safe(BEFORE.sub("<wbr>", escape(address)))

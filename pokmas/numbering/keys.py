"""What tells a number from others, in whichever habit it is typed.

The rule stands here once, as steps that Python takes and a function of the database
(`operations.py`): also what the database refuses as given twice is told by it.
"""

import re
import string

from django.db import models
from django.db.models import Func

CAPITALS = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)
# Of its capitals: what is found, and what stands there instead.
STEPS = [
    # A slash parts, whatever stands beside it.
    ("[^A-Z0-9]*/[^A-Z0-9]*", "/"),
    # What stands between two numbers keeps them apart; all else says nothing.
    ("(?<=[0-9])[^A-Z0-9/]+(?=[0-9])", "-"),
    ("[^A-Z0-9/-]|(?<![0-9])-|-(?![0-9])", ""),
    # Only the groups of an archive code are one: HK.01.05 is HK0105.
    ("([A-Z]{2}0[0-9])-([0-9]{2})(?![0-9])", r"\1\2"),
]
# Zeros before a number: 0058 is 58, in the groups of an archive code, too.
UNPADDING = [
    ("([A-Z]{2}0[0-9])([0-9]{2})(?=-[0-9])", r"\1-\2"),
    ("(?<![0-9])0+(?=[0-9])", ""),
]


def plain_number(text: str) -> str:
    """The same text, whatever its blanks and capitals."""
    return text.replace(" ", "").translate(CAPITALS)


def bare_number(text: str) -> str:
    """One form however it is typed: dots, dashes, blanks and small letters do not
    tell it from others, nor whether letters and digits stand apart; a slash does."""
    return _taken(STEPS, text.translate(CAPITALS)) or plain_number(text)


def unpadded(bare: str) -> str:
    return _taken(UNPADDING, bare)


def _taken(steps: list[tuple[str, str]], text: str) -> str:
    for found, instead in steps:
        text = re.sub(found, instead, text)
    return text


def in_sql(steps: list[tuple[str, str]], text: str) -> str:
    """The same steps with an expression of the database."""
    for found, instead in steps:
        text = f"regexp_replace({text}, '{found}', '{instead}', 'g')"
    return text


class Bare(Func):
    """What changes it must build anew the constraints that are told by it."""

    function = "numbering_bare_number"
    output_field = models.TextField()


class Unpadded(Func):
    template = in_sql(UNPADDING, "%(expressions)s")
    output_field = models.TextField()

"""What a script may refuse of a form before the portal sees it.

Nothing here is a second rule: how dates, hours and numbers are read is what
`pokmas.words` reads them by, limits are those of the fields, and words are what a field
answers to a specimen that is wrong. `static/js/limits.js` reads it.
"""

from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError

from pokmas.forms.base import AT_MOST
from pokmas.forms.fields import DateField, DateTimeField, TimeField
from pokmas.words import dates, typed

# Where a field says what was typed.
TEXT = "{text}"


def limits_of(form: forms.BaseForm) -> dict[str, dict]:
    """By the name of a field: its inputs with what each takes, and what it says if it
    is left empty."""
    return {
        name: _limits(name, field)
        for name, field in form.fields.items()
        if not (isinstance(field, forms.FileField) or field.widget.is_hidden)
    }


def reading() -> dict:
    """How what is typed is read, in the language of the page."""
    thousands, decimals = dates.separators()
    return {
        "plain": {chr(sign): plain for sign, plain in typed.PLAIN.items()},
        "number": {
            "pattern": dates.number_pattern(),
            "thousands": thousands,
            "decimals": decimals,
        },
        "date": {
            "named": dates.NAMED_DAY.pattern,
            "patterns": [
                [dates.NUMERIC_DATE.pattern, "dmy"],
                [dates.ISO_DATE.pattern, "ymd"],
                [dates.WORD_DATE.pattern, "dmy"],
            ],
            "months": dates.MONTH_NUMBERS,
            "years": [dates.YEARS[0], dates.YEARS[-1]],
        },
        "time": {"bare": dates.BARE_TIME.pattern, "pattern": dates.TIME.pattern},
    }


def _limits(name, field) -> dict:
    if isinstance(field, DateTimeField):
        parts = enumerate(field.fields)
        inputs = [[f"{name}_{place}", dict(_of(part))] for place, part in parts]
    else:
        inputs = [[name, dict(_of(field))]]
    required = str(field.error_messages["required"]) if field.required else ""
    return {"inputs": inputs, "required": required}


def _of(field) -> Iterator[tuple]:
    if isinstance(field, forms.IntegerField):  # a decimal one is such a field as well
        yield "kind", "number"
        yield "unread", _answer(field, TEXT)
        yield "whole", _answer(field, f"1{dates.separators()[1]}5")
        if field.min_value is not None:
            below = _answer(field, str(field.min_value - 1))
            yield "least", [field.min_value, below]
        if field.max_value is not None:
            above = _answer(field, str(field.max_value + 1))
            yield "most", [field.max_value, above]
    elif isinstance(field, DateField | TimeField):
        yield "kind", "date" if isinstance(field, DateField) else "time"
        yield "unread", _answer(field, TEXT)
    elif getattr(field, "max_length", None):
        words = AT_MOST % {"count": dates.number(field.max_length)}
        yield "longest", [field.max_length, words]


def _answer(field, specimen) -> str:
    """What the field says to it; nothing if it takes it."""
    try:
        field.clean(specimen)
    except ValidationError as refusal:
        return str(refusal.messages[0])
    return ""

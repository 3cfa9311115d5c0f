"""What a list is narrowed to, in words: each can be taken away again."""

from dataclasses import dataclass

from django import forms
from django.utils.choices import flatten_choices

from pokmas.lists.paging import changed_query
from pokmas.words import dates

NOTHING = (None, "", [], False, slice(None))


@dataclass(frozen=True)
class Chip:
    """One filter in use; `url` is the list without it."""

    label: str
    text: str
    url: str
    # The words of a choice say by themselves what they choose.
    speaks_for_itself: bool


def chips(filters) -> list[Chip]:
    form = filters.form
    if not form.is_valid():
        return []
    return [
        Chip(
            bound.label,
            _text(bound, form.cleaned_data[bound.name]),
            changed_query(
                filters.data,
                **dict.fromkeys([*_input_names(bound), "after", "before", "count"]),
            ),
            _speaks_for_itself(bound.field)
            and bound.name not in getattr(filters, "NAMED", ()),
        )
        for bound in form.visible_fields()
        if form.cleaned_data.get(bound.name) not in NOTHING
    ]


def _speaks_for_itself(field) -> bool:
    if isinstance(field, forms.ModelChoiceField):
        return False
    return isinstance(field, forms.ChoiceField | forms.BooleanField)


def _text(bound, value) -> str:
    if value is True:
        return str(bound.label)
    if hasattr(value, "day"):
        return dates.date_brief(value)
    if isinstance(bound.field, forms.ModelChoiceField):
        return ", ".join(map(str, value)) if hasattr(value, "all") else str(value)
    # A code may be a number, which a form takes as it was sent.
    choices = flatten_choices(getattr(bound.field, "choices", ()))
    words = {str(code): word for code, word in choices}
    several = value if isinstance(value, list | tuple) else [value]
    return ", ".join(str(words.get(str(each), each)) for each in several)


def _input_names(bound) -> list[str]:
    suffixes = getattr(bound.field.widget, "widgets_names", [""])
    return [f"{bound.html_name}{suffix}" for suffix in suffixes]

"""What a person typed into a form, in words: for when the form itself is gone."""

from collections.abc import Collection

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import QuerySet

from pokmas.records.guarded import value_text


def typed_in(form, record, *, but: Collection[str] = ()) -> list[tuple]:
    """Label, words and present value of each field that was filled in or changed.

    Those called `but` are not looked at.

    The form is not checked for that: checking stores files and changes its record.
    Files and ticks are left out: there is nothing to copy of them.
    """
    changed = form.changed_data
    found = []
    for bound in form.visible_fields():
        if bound.name in but or bound.name not in changed:
            continue
        if typed := words_of(bound):
            found.append((bound.label, typed, _present(record, bound.name)))
    return found


def _present(record, name: str) -> str:
    """What the record says there now, if the field is one of its columns."""
    try:
        record._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    return value_text(record, name)


def words_of(bound) -> str:
    """What was typed into one field, as its list of choices calls it."""
    field, data = bound.field, bound.data
    if isinstance(field, forms.FileField | forms.BooleanField):
        return ""
    if hasattr(field, "queryset"):
        return _names(field, data)
    labels = dict(_flat(getattr(field, "choices", ())))
    listed = data if isinstance(data, list | tuple) else [data]
    return ", ".join(str(labels.get(each, each)) for each in listed if each)


def _names(field, data) -> str:
    """The chosen records, as far as they are still on offer."""
    try:
        chosen = field.clean(data)
    except ValidationError:
        return ""
    rows = chosen if isinstance(chosen, QuerySet | list) else [chosen]
    return ", ".join(str(row) for row in rows if row)


def _flat(choices):
    """The choices, out of their groups."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield str(value), label

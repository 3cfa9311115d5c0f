"""Fills in the form of any page with answers that fit, as a person would."""

from datetime import date

from django import forms
from django.db.models import Model
from django.utils import timezone

from pokmas.documents.models import Document
from pokmas.forms.fields import (
    DateField,
    DateTimeField,
    MoneyField,
    PhoneField,
    TimeField,
)
from pokmas.forms.kept_files import KeptFileField
from pokmas.records.lines import LineFormField
from pokmas.words import dates
from tests.house.rooms import ANSWERS
from tests.pokmas.documents.corpus import docx, jpeg, pdf, upload


def forms_of(response) -> list[forms.BaseForm]:
    """Every form the page was made of, those of a formset too."""
    found = {}
    for layer in response.context or ():
        for flat in layer.dicts if hasattr(layer, "dicts") else [layer]:
            for value in flat.values():
                several = value if isinstance(value, forms.BaseFormSet) else [value]
                for form in several:
                    if isinstance(form, forms.BaseForm):
                        found[id(form)] = form
                if isinstance(value, forms.BaseFormSet):
                    found[id(value)] = value.management_form
    return list(found.values())


def answers(form) -> dict:
    """Name → what the browser would send, once every question has an answer."""
    given = {}
    for bound in form:
        given |= _answer(bound)
    return given


def send(client, url, sent, **more):
    """Post what was filled in; the same files may be sent once more."""
    for value in sent.values():
        if hasattr(value, "seek"):
            value.seek(0)
    answered = {name: value for name, value in sent.items() if value not in (None, "")}
    return client.post(url, answered, **more)


def names_of(form) -> set[str]:
    """The names this form reads, with the parts of what has several inputs."""
    names = set()
    for bound in form:
        names.add(bound.html_name)
        names |= {f"{bound.html_name}_{part}" for part in (0, 1, "kept", "remove")}
    return names


def _answer(bound) -> dict:
    field, name = bound.field, bound.html_name
    if field.disabled:
        return {}
    if isinstance(field, KeptFileField):
        return {name: _file(field)}
    if isinstance(field, DateTimeField):
        day, hour = field.widget.decompress(bound.value()) if bound.value() else (0, 0)
        return {
            f"{name}_0": dates.date_short(day or date(2026, 9, 14)),
            f"{name}_1": dates.clock(hour) if hour else "10.00",
        }
    named = ANSWERS | {"ends_on": dates.date_short(timezone.localdate())}
    if _fits(field, named.get(bound.name)):
        return {name: named[bound.name]}
    value = bound.value()
    if bound.is_hidden or value not in (None, "", [], False):
        return {name: _as_sent(field, value)}
    if not field.required and bound.name not in named:
        return {}
    return {name: _new(field)}


def _fits(field, value) -> bool:
    if isinstance(field, forms.ChoiceField):
        return value in [each for each, _ in _flat(field.choices)]
    return value is not None


def _as_sent(field, value):
    if isinstance(field, forms.MultipleChoiceField):
        return list(value)[:-1]
    if isinstance(value, list | tuple):
        return [_as_sent(field, each) for each in value]
    if type(field) in (forms.CharField, LineFormField) and field.max_length:
        return f"{value} 2"[: field.max_length]
    if isinstance(value, Model):
        return value.pk
    return field.widget.format_value(value) or value if _formats(field) else value


def _formats(field) -> bool:
    return isinstance(field.widget, forms.TextInput)


def _new(field):
    """An answer to a question that has none yet; None where nothing fits."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return list(field.queryset.values_list("pk", flat=True)[:1])
    if isinstance(field, forms.ModelChoiceField):
        return field.prepare_value(field.queryset.first())
    if isinstance(field, forms.ChoiceField):
        values = [value for value, _ in _flat(field.choices) if value not in ("", None)]
        several = isinstance(field, forms.MultipleChoiceField)
        return (values[:1] if several else values[0]) if values else None
    for kind, value in FITTING:
        if isinstance(field, kind):
            return value
    if isinstance(field, forms.CharField):
        return "Isian uji"[: field.max_length]
    return None


FITTING = [
    (DateField, "14-09-2026"),
    (TimeField, "10.00"),
    (MoneyField, "1.000"),
    (forms.DecimalField, "1"),
    (forms.IntegerField, "3"),
    (PhoneField, "0812 3456 7890"),
    (forms.EmailField, "baru@contoh.test"),
    (forms.URLField, "https://contoh.test/"),
    (forms.BooleanField, "on"),
    (forms.UUIDField, None),
]


def _flat(choices):
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _file(field):
    if Document.Kind.PDF in field.kinds:
        return upload("berkas.pdf", pdf())
    if Document.Kind.DOCX in field.kinds:
        return upload("naskah.docx", docx())
    return upload("foto.jpg", jpeg())

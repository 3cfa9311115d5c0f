"""The fields of a bar of filters as markup, written at once: no template each."""

from html import escape

from django import forms
from django.utils.safestring import SafeString, mark_safe

from pokmas.words.language import in_readers_words


def field_markup(bound) -> SafeString:
    """One question of a filter with its label."""
    control = _control(bound)
    label = escape(str(bound.label))
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return mark_safe(
            f'<div class="field check"><label for="{bound.auto_id}">{control} {label}'
            "</label></div>"
        )
    css = "field search" if bound.name == "q" else "field"
    errors = bound.errors or ""
    return mark_safe(
        f'<div class="{css}"><label for="{bound.auto_id}">{label}</label>'
        f"{errors}{control}</div>"
    )


def _control(bound) -> str:
    if type(bound.field.widget) is forms.Select:
        return _select(bound)
    if isinstance(bound.field.widget, forms.TextInput | forms.CheckboxInput):
        return _input(bound)
    return str(bound)


def _input(bound) -> str:
    value = bound.value()
    if isinstance(bound.field, forms.DateField):
        # However a link wrote the day, it reads as people here write it.
        value = getattr(bound.form, "cleaned_data", {}).get(bound.name) or value
    attrs = bound.build_widget_attrs({"id": bound.auto_id})
    made = bound.field.widget.get_context(bound.html_name, value, attrs)["widget"]
    names = {"type": made["type"], "name": made["name"], "value": made["value"]}
    return f"<input{_attributes(names | made['attrs'])}>"


def _attributes(attrs: dict) -> str:
    """As Django's widgets write them: True is a word alone, False and None nothing."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attrs.items()
        if value is not False and value is not None
    )


def _select(bound) -> str:
    chosen = str(bound.value() or "")
    options = "".join(
        f'<option value="{escape(str(value))}"'
        f"{' selected' if str(value) == chosen else ''}>{escape(str(words))}</option>"
        for value, words in _choices(bound.field)
    )
    wrong = ' aria-invalid="true"' if bound.errors else ""
    names = f'name="{bound.html_name}" id="{bound.auto_id}"'
    return f"<select {names}{wrong}>{options}</select>"


def _choices(field):
    """Of records only the names are read, not all they hold; a list of headquarters is
    read in the language of the reader."""
    if not isinstance(field, forms.ModelChoiceField):
        return field.widget.choices
    model = field.queryset.model
    said = getattr(model, "SAID", "")
    rows = field.queryset.values_list("pk", said or getattr(model, "NAMED_BY", "name"))
    if said:
        rows = [(pk, in_readers_words(words)) for pk, words in rows]
    return [("", field.empty_label), *rows]

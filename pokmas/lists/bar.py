"""The fields of a bar of filters as markup, written at once: no template each."""

from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def field_markup(bound) -> SafeString:
    """One question of a filter with its label."""
    control = _control(bound)
    label = escape(bound.label)
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return mark_safe(
            f'<div class="field check"><label for="{bound.auto_id}">{control} {label}'
            "</label></div>"
        )
    css = "field search" if bound.name == "q" else "field"
    return mark_safe(
        f'<div class="{css}"><label for="{bound.auto_id}">{label}</label>'
        f"{bound.errors}{control}</div>"
    )


def _control(bound) -> str:
    if type(bound.field.widget) is forms.Select:
        return _select(bound)
    if isinstance(bound.field, forms.DateField):
        return _day(bound)
    return str(bound)


def _day(bound) -> str:
    """However a link wrote the day, it reads as people here write it."""
    day = getattr(bound.form, "cleaned_data", {}).get(bound.name)
    return bound.field.widget.render(
        bound.html_name,
        day or bound.value(),
        attrs=bound.build_widget_attrs({"id": bound.auto_id}),
    )


def _select(bound) -> str:
    chosen = str(bound.value() or "")
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if str(value) == chosen else ""}>'
        f"{escape(words)}</option>"
        for value, words in _choices(bound.field)
    )
    wrong = ' aria-invalid="true"' if bound.errors else ""
    names = f'name="{bound.html_name}" id="{bound.auto_id}"'
    return f"<select {names}{wrong}>{options}</select>"


def _choices(field):
    """Of records only the names are read, not all they hold."""
    if not isinstance(field, forms.ModelChoiceField):
        return field.widget.choices
    name = getattr(field.queryset.model, "NAMED_BY", "name")
    return [("", field.empty_label), *field.queryset.values_list("pk", name)]

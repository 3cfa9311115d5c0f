"""The fields of a bar of filters as markup, written at once: no template each."""

from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def field_markup(bound) -> SafeString:
    """One question of a filter with its label."""
    control = _select(bound) if _is_select(bound) else str(bound)
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


def _is_select(bound) -> bool:
    return type(bound.field.widget) is forms.Select


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

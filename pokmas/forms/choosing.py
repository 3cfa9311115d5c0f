"""Choosing one record of many within a form: few are listed, of more one is searched.

    class AgreementForm(Choosing, RecordForm):
        def __init__(self, *args, user, **kwargs):
            super().__init__(*args, user=user, **kwargs)
            self.offer("partner", Partner.objects.working_for(user))

What is offered is scoped by whoever offers it. Sent by the button “Cari” the form comes
back as it was typed, with what was found, and nothing is checked; htmx asks the same.
"""

from collections.abc import Callable, Iterable

from django import forms
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from pokmas.records.steps import Words
from pokmas.server.outside import whole_number
from pokmas.words import dates

# How many are offered at once; the others are searched for.
OFFERED = 12
LONGEST = 100
# Up to here it is said how many there are.
COUNTED = 1000


class Searched:
    """Some of many records, and a field to look for the others."""

    template_name = "django/forms/widgets/searched.html"
    # How the offered ones stand there.
    offered_template = "django/forms/widgets/multiple_input.html"

    def __init__(self, text: str = ""):
        super().__init__()
        self.text = text
        self.more = ""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "find": find_name(name),
            "text": self.text,
            "more": self.more,
            "offered": self.offered_template,
        }
        return context


class SearchedSelect(Searched, forms.RadioSelect):
    pass


class SearchedTicks(Searched, forms.CheckboxSelectMultiple):
    pass


class Choosing:
    """To be mixed into a form, before its base."""

    @property
    def is_choosing(self) -> bool:
        """Whether it was sent to look for records, not to be saved."""
        return "choose" in self.data

    @property
    def has_search(self) -> bool:
        return any(isinstance(field.widget, Searched) for field in self.fields.values())

    def full_clean(self):
        if self.is_choosing:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self):
        return not self.is_choosing and super().is_valid()

    def offer(
        self,
        name: str,
        rows: QuerySet,
        *,
        label: Callable = str,
        none: Words | None = None,
        lacking: Words = "",
        widget: type[Searched] = SearchedSelect,
    ) -> None:
        """One of `rows`, which can `search`; what is chosen stays among the offered.

        `lacking` says what to do first while there are none; `widget` is another where
        several are ticked.
        """
        field = self.fields[name]
        field.queryset = rows
        text = str(self.data.get(self.add_prefix(find_name(name)), "")).strip()
        text = text[:LONGEST]
        asked = rows.search(text) if text else rows
        found = list(asked[: OFFERED + 1])
        if not text and not found and lacking:
            field.help_text = lacking
        if not text and len(found) <= OFFERED:
            field.label_from_instance = label
            field.empty_label = field.empty_label if none is None else none
            return
        picked = list(rows.filter(pk__in=self.chosen(name)))
        others = [row for row in found[:OFFERED] if row not in picked]
        field.widget = widget(text)
        if len(found) > OFFERED:
            field.widget.more = _more_than_offered(asked)
        field.widget.is_required = field.required
        field.choices = [
            *([("", none)] if none else []),
            *((row.pk, label(row)) for row in picked + others),
        ]

    def chosen(self, name: str) -> list[int]:
        """The keys chosen so far, typed or proposed."""
        if name not in self.fields:
            return []
        value = self[name].value()
        return numbers(value if isinstance(value, list | tuple) else [value])


def _more_than_offered(rows: QuerySet) -> str:
    count = rows[: COUNTED + 1].count()
    if count > COUNTED:
        return _("%(shown)s yang pertama; cari untuk yang lain.") % {"shown": OFFERED}
    return _("%(shown)s dari %(count)s; cari untuk yang lain.") % {
        "shown": OFFERED,
        "count": dates.number(count),
    }


def find_name(name: str) -> str:
    return f"find_{name}"


def numbers(values: Iterable) -> list[int]:
    """The keys among `values`, which may come from an address or another's form."""
    keys = [whole_number(getattr(value, "pk", value)) for value in values]
    return [key for key in keys if key is not None]

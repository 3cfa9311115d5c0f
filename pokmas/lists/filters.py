"""What the lists of records have in common: words, office, and what waits for me."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pokmas.forms.fields import DateField
from pokmas.offices.models import Office


class DayFilter(django_filters.Filter):
    """A day typed as people here write it."""

    field_class = DateField


class PeriodForm(forms.Form):
    """The form of filters that ask `since` and `until`: a period has an order."""

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("Tanggal akhir sebelum tanggal mulai."))
        return cleaned


class RecordFilter(django_filters.FilterSet):
    """Filters of one kind of record, for one person.

    What is named in FOLDED is asked behind "Lainnya".

    The model's QuerySet has `search(text)`, `awaiting(user)` and `under(office)`. Who
    sees one office only is not asked for one; headquarters chooses among the regions,
    because no list of all the units would be usable.
    """

    FOLDED = ()

    q = django_filters.CharFilter(label=_("Cari"), method="search", max_length=100)
    office = django_filters.ModelChoiceFilter(
        label=_("Unit"),
        queryset=Office.objects.none(),
        empty_label=_("Semua"),
        method="branch",
    )
    mine = django_filters.BooleanFilter(
        label=_("Menunggu saya"),
        method="awaiting",
        widget=forms.CheckboxInput,
        initial=False,  # so that an empty box does not count as a filter in use
    )

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset)
        self.user = user
        own = user.acting and not user.acting.is_community and user.acting.office
        if not own or not own.is_wide:
            del self.filters["office"]
        elif own.level == Office.Level.HEADQUARTERS:
            self.filters["office"].label = _("Kanwil")
            # A figure of one unit leads here too: what is asked for may be chosen.
            asked = data.get("office", "")
            asked = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
            choosable = Q(level=Office.Level.REGIONAL) | Q(pk=asked)
            self.filters["office"].queryset = Office.objects.filter(choosable)
        else:
            units = Office.objects.visible_to(user).units()
            self.filters["office"].queryset = units

    def search(self, queryset, name, value):
        return queryset.search(value)

    def branch(self, queryset, name, value):
        return queryset.under(value) if value else queryset

    def awaiting(self, queryset, name, value):
        return queryset.awaiting(self.user) if value else queryset

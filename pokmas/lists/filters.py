"""What the lists have in common: a period, words, office, and what waits for me."""

from datetime import datetime, time, timedelta

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.forms.fields import DateField
from pokmas.offices.models import Office, past_of
from pokmas.server.outside import whole_number


class DayFilter(django_filters.Filter):
    """A day typed as people here write it."""

    field_class = DateField


class BoxFilter(django_filters.BooleanFilter):
    """A box to tick; an empty one does not count as a filter in use."""

    def __init__(self, **more):
        super().__init__(widget=forms.CheckboxInput, initial=False, **more)


class PeriodForm(forms.Form):
    """The form of filters that ask `since` and `until`: a period has an order."""

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("Tanggal akhir sebelum tanggal mulai."))
        return cleaned


class PeriodFilter(django_filters.FilterSet):
    """What happened from one day to another, both included; MOMENT says when it did."""

    MOMENT = "at"
    FOLDED = ("since", "until")

    since = DayFilter(label=_("Sejak"), method="from_day")
    until = DayFilter(label=_("Sampai"), method="to_day")

    class Meta:
        form = PeriodForm

    def from_day(self, queryset, name, value):
        return queryset.filter(**{f"{self.MOMENT}__gte": _midnight(value)})

    def to_day(self, queryset, name, value):
        over = _midnight(value + timedelta(days=1))
        return queryset.filter(**{f"{self.MOMENT}__lt": over})


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


class MineFilter(django_filters.FilterSet):
    """Asks what waits for a person; the model's QuerySet has `awaiting(user)`."""

    mine = BoxFilter(label=_("Menunggu saya"), method="awaiting")

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset)
        self.user = user

    def add(self, name: str, added: django_filters.Filter) -> None:
        """A filter that is there only when the address asks for it."""
        added.field_name = added.field_name or name
        added.parent, added.model = self, self._meta.model
        self.filters[name] = added

    def awaiting(self, queryset, name, value):
        return queryset.awaiting(self.user) if value else queryset


class RecordFilter(MineFilter):
    """Filters of one kind of record, for one person.

    What is named in FOLDED is asked behind "Lainnya". What is named in NAMED is said
    with its label where the list tells what it is narrowed to.

    The model's QuerySet has `search(text)` and `under(office)` too. Who sees one
    office only is not asked for one; headquarters chooses among the regions, because
    no list of all the units would be usable. A figure of one unit leads here too: what
    it asks for may be chosen, and `then` shows the unit as it was on a day of the past,
    before others were merged with it.
    """

    FOLDED = ()
    NAMED = ()

    q = django_filters.CharFilter(label=_("Cari"), method="search", max_length=100)
    office = django_filters.ModelChoiceFilter(
        label=_("Unit"),
        queryset=Office.objects.none(),
        empty_label=_("Semua"),
        method="branch",
    )
    then = DayFilter(label=_("Unit seperti pada"), method="as_then")

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        own = user.acting and not user.acting.is_community and user.acting.office
        asked = whole_number(data.get("office", "")) or 0
        units = Office.objects.visible_to(user).units()
        if not own or not (own.is_wide or asked):
            del self.filters["office"]
        elif own.level == Office.Level.HEADQUARTERS:
            self.filters["office"].label = _("Kanwil")
            choosable = Q(level=Office.Level.REGIONAL) | Q(pk=asked)
            self.filters["office"].queryset = Office.objects.filter(choosable)
        else:
            self.filters["office"].queryset = units
        if not own or not data.get("then"):
            del self.filters["then"]  # asked by figures only

    def search(self, queryset, name, value):
        return queryset.search(value)

    def branch(self, queryset, name, value):
        is_then = self.form.cleaned_data.get("then")
        return queryset.under(value) if value and not is_then else queryset

    def as_then(self, queryset, name, value):
        office = self.form.cleaned_data.get("office") or self.user.acting.office
        if office.is_wide:
            return queryset.under(office)
        return past_of(office, value).of(queryset)

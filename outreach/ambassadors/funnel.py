"""What became of those who were spoken to first in a period: partner, agreement,
activity. Each step counts those of the step before it, so that no number grows."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Agreement
from outreach.activities.models import Activity
from partners.models import Partnership
from pokmas import charts
from pokmas.accounts.models import User
from pokmas.words import dates

STAGES = {
    "contact": gettext_lazy("Dihubungi"),
    "partner": gettext_lazy("Mitra disetujui"),
    "agreement": gettext_lazy("Kerja sama berlaku"),
    "activity": gettext_lazy("Kegiatan diverifikasi"),
}
# By what it is counted: the columns, and the word of the list that leads to its rows.
GROUPS = {
    "person": (gettext_lazy("Petugas"), ("person_id", "person__full_name"), "person"),
    "unit": (gettext_lazy("Unit"), ("office_id", "office__name"), "at"),
    "region": (gettext_lazy("Kanwil"), ("region_id", "region__name"), "office"),
}


def _there(**of_partner) -> Q:
    """Rows of the contact's own office; of a post also of its unit, of a Kanwil those
    of all its units."""
    office = OuterRef("office")
    here = Q(office=office) | Q(region=office) | Q(office=OuterRef("office__parent"))
    return here & Q(**of_partner)


def at_stage(contacts: QuerySet, stage: str) -> QuerySet:
    """Those of the contacts whose partner has come so far."""
    order = list(STAGES)
    reached = order[1 : order.index(stage) + 1]
    for each in reached:
        contacts = contacts.filter(_REACHED[each]())
    return contacts


def _is_partner():
    rows = Partnership.objects.working()
    return Exists(rows.filter(_there(partner=OuterRef("partner"))))


def _has_agreement():
    rows = Agreement.objects.in_force()
    return Exists(rows.filter(_there(partner=OuterRef("partner"))))


def _has_activity():
    rows = Activity.objects.counted().filter(held_on__gte=OuterRef("met_on"))
    return Exists(rows.filter(_there(partners=OuterRef("partner"))))


_REACHED = {
    "partner": _is_partner,
    "agreement": _has_agreement,
    "activity": _has_activity,
}


@dataclass(frozen=True)
class Row:
    """The numbers of one person, unit or region, each with the list behind it."""

    label: str
    numbers: list[tuple[int, str]]


@dataclass(frozen=True)
class Funnel:
    """Of the contacts that somebody may see, in a period."""

    contacts: QuerySet
    since: date
    until: date

    @property
    def firsts(self) -> QuerySet:
        return self.contacts.firsts().filter(met_on__range=(self.since, self.until))

    def _counted(self) -> dict:
        """One number for each stage, all in one reading."""
        counts, so_far = {"contact": Count("pk")}, Q()
        for stage in list(STAGES)[1:]:
            so_far &= Q(**{f"is_{stage}": True})
            counts[stage] = Count("pk", filter=so_far)
        return counts

    def _marked(self) -> QuerySet:
        marks = {f"is_{stage}": reached() for stage, reached in _REACHED.items()}
        return self.firsts.alias(**marks).order_by()

    def total(self, **narrowed) -> Row:
        found = self._marked().aggregate(**self._counted())
        return self._row(_("Jumlah"), found, narrowed)

    def by(self, group: str) -> list[Row]:
        """In the order of the alphabet: it is no ranking."""
        _label, columns, word = GROUPS[group]
        key, name = columns
        rows = self._marked().values(*columns).annotate(**self._counted())
        return [
            self._row(row[name] or "–", row, {word: row[key]})
            for row in rows.order_by(Lower(name), key)
        ]

    def _row(self, label: str, found: dict, narrowed: dict) -> Row:
        numbers = [(found[stage], self._address(stage, narrowed)) for stage in STAGES]
        return Row(label, numbers)

    def _address(self, stage: str, narrowed: dict) -> str:
        asked = {
            "since": f"{self.since:%d-%m-%Y}",
            "until": f"{self.until:%d-%m-%Y}",
            "stage": stage,
            **narrowed,
        }
        return f"{reverse('outreach:contact_index')}?{urlencode(asked)}"


def chart(row: Row) -> charts.Chart:
    """The way from the first contact on, as bars."""
    bars = [
        (label, number, url)
        for label, (number, url) in zip(STAGES.values(), row.numbers, strict=True)
    ]
    (spoken, _url), (partners, _url), _agreements, (active, _url) = row.numbers
    told = {"spoken": spoken, "partners": partners, "active": active}
    summary = _(
        "Dari %(spoken)s yang dihubungi, %(partners)s sekarang mitra yang disetujui; "
        "dengan %(active)s sudah ada kegiatan yang diverifikasi."
    )
    return charts.bar(
        _("Dari kontak ke kegiatan"),
        bars,
        columns=(_("Tahap"), _("Jumlah")),
        summary=summary % {name: dates.number(each) for name, each in told.items()},
    )


def of_person(person: User, contacts: QuerySet, today: date) -> Funnel:
    """His own, of this year."""
    return Funnel(contacts.filter(person=person), today.replace(month=1, day=1), today)

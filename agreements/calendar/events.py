"""What stands in the calendar of agreements: on which day, and about which of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.evaluations.models import Evaluation
from agreements.register.models import Agreement
from agreements.register.validity import MonthOfYears
from pokmas.calendar.sources import SOURCES, Asked, Event, Kind, Source
from pokmas.lists.paging import among

Status = Agreement.Status
MONTHS = 12


class YearsEnd(Func):
    """The last day of the first year counted from a day that ends in the month of
    `since` or later."""

    template = (
        "(((%(expressions)s) + make_interval(years => (%(year)s - "
        "date_part('year', %(expressions)s - 1)::int + CASE WHEN "
        "date_part('month', %(expressions)s - 1) < %(month)s THEN 1 ELSE 0 END)))::date"
        " - 1)"
    )
    output_field = DateField()

    def __init__(self, day, since: date):
        super().__init__(day, year=int(since.year), month=int(since.month))


def _ends(rows: QuerySet, first: date, last: date) -> QuerySet:
    signed = rows.filter(status=Status.SIGNED, ends_on__range=(first, last))
    signed = signed.filter(amends=None)
    return signed.annotate(day=F("ends_on"))


def _evaluations(rows: QuerySet, first: date, last: date) -> QuerySet:
    """At the end of each of its years, unless something speaks of it already.

    `last` is less than a year after `first`.
    """
    signed = rows.filter(
        status=Status.SIGNED, amends=None, ends_on__gte=first, starts_on__lte=first
    )
    months = {month.month for month in months_from(first) if month <= last}
    if len(months) < MONTHS:
        signed = signed.alias(years=MonthOfYears()).filter(years__in=months)
    signed = signed.annotate(day=YearsEnd("starts_on", first))
    signed = signed.filter(ends_on__gte=F("day"))
    # Of whole months the month says it: a plan that is asked twice expects no rows.
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        signed = signed.filter(day__range=(first, last))
    written = Evaluation.objects.standing().filter(
        agreement=OuterRef("pk"),
        due_on__gte=OuterRef("day"),
    )
    # Follows from the days asked for; said so that no earlier ones are looked at.
    written = written.filter(due_on__gte=first)
    return signed.filter(~Exists(written))


def _starts(rows: QuerySet, first: date, last: date) -> QuerySet:
    """Of what was signed before the day on which it begins."""
    signed = rows.filter(status=Status.SIGNED, starts_on__range=(first, last))
    signed = signed.filter(amends=None, starts_on__gt=F("signed_on"))
    return signed.annotate(day=F("starts_on"))


def _signings(rows: QuerySet, first: date, last: date) -> QuerySet:
    return rows.filter(signed_on__range=(first, last)).annotate(day=F("signed_on"))


def _ceremonies(rows: QuerySet, first: date, last: date) -> QuerySet:
    """What waits for a day on which several are signed."""
    waiting = rows.filter(
        status=Status.READY_TO_SIGN, signing_days__held_on__range=(first, last)
    )
    return waiting.annotate(day=F("signing_days__held_on"))


def _plans(rows: QuerySet, first: date, last: date) -> QuerySet:
    """What is not signed yet has until the day on which it should begin."""
    open_ones = Q(status__in=[Status.DISCUSSION, Status.LEGAL_REVIEW])
    open_ones |= Q(status=Status.READY_TO_SIGN)
    planned = rows.filter(open_ones, starts_on__range=(first, last), amends=None)
    return planned.annotate(day=F("starts_on"))


KINDS = {
    kind.name: kind
    for kind in [
        Kind("ends", _("Berakhir"), "warn"),
        Kind("evaluation", _("Evaluasi tahunan"), "info"),
        Kind("start", _("Mulai berlaku"), "good"),
        Kind("ceremony", _("Hari penandatanganan"), "info", brief=_("Penandatanganan")),
        Kind(
            "plan",
            _("Rencana mulai, belum ditandatangani"),
            "neutral",
            brief=_("Rencana mulai"),
        ),
        Kind("signing", _("Ditandatangani"), "good", is_fed=False),
    ]
}
# Those whose day no index keeps.
RECKONED = frozenset({"evaluation"})
ROWS = {
    "ends": _ends,
    "evaluation": _evaluations,
    "start": _starts,
    "ceremony": _ceremonies,
    "plan": _plans,
    "signing": _signings,
}


@dataclass(frozen=True)
class MonthOfEvents:
    first: date
    counts: dict[str, int]

    @property
    def name(self) -> str:
        return f"{self.first:%Y-%m}"

    @cached_property
    def kinds(self) -> list[tuple[Kind, int]]:
        return [
            (kind, self.counts[name])
            for name, kind in KINDS.items()
            if self.counts.get(name)
        ]


def months_from(first: date, count: int = MONTHS) -> list[date]:
    """The first days of so many months."""
    return [moved_by(first, months) for months in range(count)]


def grid(rows: QuerySet, first: date) -> list[MonthOfEvents]:
    """How many of each kind there are in the twelve months from `first`; one query."""
    last = months_from(first, MONTHS + 1)[-1] - timedelta(days=1)
    found = {day: {} for day in months_from(first)}
    for name, month, number in _numbers(rows, first, last, KINDS, TruncMonth("day")):
        found[month][name] = number
    return [MonthOfEvents(day, counts) for day, counts in found.items()]


def _numbers(rows, first, last, names: Iterable[str], per) -> QuerySet:
    """(name of the kind, day, number)."""
    counted = [
        ROWS[name](rows.order_by(), first, last)
        .annotate(what=Value(name, CharField()), per=per)
        .values("what", "per")
        .annotate(number=Count("pk"))
        .values_list("what", "per", "number")
        for name in names
    ]
    return counted[0].union(*counted[1:], all=True)


# In the calendar of the portal


def _rows(asked: Asked) -> QuerySet:
    rows = Agreement.objects.visible_to(asked.user)
    if asked.office:
        rows = rows.under(asked.office)
    if asked.mine:
        rows = rows.filter(created_by=asked.user)
    return rows.filter(**asked.chosen)


def _found(asked: Asked) -> list[Event]:
    """One query; of each kind as many as are shown, so that no more names are looked
    up."""
    parts = [
        _first(kind.name, asked).values_list(
            Value(kind.name, CharField()),
            "day",
            "pk",
            "title",
            "revision",
            "partner__name",
            "office__name",
        )[: asked.most]
        for kind in asked.kinds
    ]
    found = parts[0]
    if len(parts) > 1:
        found = found.union(*parts[1:], all=True).order_by("day", "pk")[: asked.most]
    return [_event(*row) for row in found]


def _first(name: str, asked: Asked) -> QuerySet:
    rows = ROWS[name](_rows(asked), asked.first, asked.last).order_by("day", "pk")
    if name not in RECKONED:
        return rows
    return rows.filter(among(rows.values("pk")[: asked.most]))


def _event(name, day, pk, title, revision, partner, office) -> Event:
    # Each year has its own evaluation; of all others there is one.
    part = f"-{day.year}" if name == "evaluation" else ""
    return Event(
        KINDS[name],
        day,
        title,
        reverse("agreements:detail", args=[pk]),
        office,
        uid=f"agreement-{pk}-{name}{part}",
        company=partner,
        revision=revision,
    )


def _counted(asked: Asked) -> list[tuple[date, str, int]]:
    names = [kind.name for kind in asked.kinds]
    found = _numbers(_rows(asked), asked.first, asked.last, names, F("day"))
    return [(day, name, number) for name, day, number in found]


SOURCES.add(
    Source(
        "agreements",
        pgettext_lazy("several", "Kerja sama"),
        "agreements.view_agreement",
        tuple(KINDS.values()),
        _found,
        _counted,
        answers=frozenset({"group"}),
    )
)


# The twelve months


def month_of(text: str, today: date) -> date:
    """The month of an address; the present one where it names none."""
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return asked if 1990 <= asked.year <= today.year + 50 else today.replace(day=1)


def first_of_grid(month: date, today: date) -> date:
    """The grid begins with this month, or so many whole years from it that it holds
    the month that is asked for."""
    start = today.replace(day=1)
    apart = (month.year - start.year) * 12 + month.month - start.month
    return moved_by(start, apart // MONTHS * MONTHS)


def moved_by(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def moved(first: date, months: int) -> str:
    return f"{moved_by(first, months):%Y-%m}"

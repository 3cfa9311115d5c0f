"""What stands in the calendar of agreements: on which day, and about which of them."""

from collections.abc import Callable, Iterable
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
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from agreements.evaluations.models import Evaluation
from agreements.register.models import Agreement

Status = Agreement.Status
MONTHS = 12
SHOWN = 200


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

    `first` is that of a month and `last` less than a year after.
    """
    signed = rows.filter(
        status=Status.SIGNED, amends=None, ends_on__gte=first, starts_on__lte=first
    )
    signed = signed.annotate(day=YearsEnd("starts_on", first))
    written = Evaluation.objects.standing().filter(
        agreement=OuterRef("pk"),
        due_on__gte=OuterRef("day"),
    )
    # Follows from the days asked for; said so that no earlier ones are looked at.
    written = written.filter(due_on__gte=first)
    until = signed.filter(day__lte=last, ends_on__gte=F("day"))
    return until.filter(~Exists(written))


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


@dataclass(frozen=True)
class Kind:
    name: str
    label: str | Promise
    tone: str
    rows: Callable[[QuerySet, date, date], QuerySet]
    # Whether a calendar programme is told of it.
    is_fed: bool = True


KINDS = {
    kind.name: kind
    for kind in [
        Kind("ends", _("Berakhir"), "warn", _ends),
        Kind("evaluation", _("Evaluasi tahunan"), "info", _evaluations),
        Kind("start", _("Mulai berlaku"), "good", _starts),
        Kind("ceremony", _("Hari penandatanganan"), "info", _ceremonies),
        Kind("plan", _("Rencana mulai, belum ditandatangani"), "neutral", _plans),
        Kind("signing", _("Ditandatangani"), "good", _signings, is_fed=False),
    ]
}


@dataclass(frozen=True)
class Event:
    kind: Kind
    day: date
    pk: int
    title: str
    partner: str
    office: str

    @property
    def url(self) -> str:
        return reverse("agreements:detail", args=[self.pk])


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
    counted = [
        kind.rows(rows.order_by(), first, last)
        .annotate(what=Value(name, CharField()), month=TruncMonth("day"))
        .values("what", "month")
        .annotate(number=Count("pk"))
        .values_list("what", "month", "number")
        for name, kind in KINDS.items()
    ]
    found = {day: {} for day in months_from(first)}
    for name, month, number in counted[0].union(*counted[1:], all=True):
        found[month][name] = number
    return [MonthOfEvents(day, counts) for day, counts in found.items()]


def of_days(
    rows: QuerySet, first: date, last: date, *, kinds: Iterable[Kind], most: int
) -> list[Event]:
    """What there is from one day to another, in order; one query, less than a year."""
    if rows.query.is_empty():
        return []
    # Of each kind as many as are shown, so that no more names are looked up.
    parts = [
        kind.rows(rows, first, last)
        .order_by("day", "pk")
        .values_list(
            Value(kind.name, CharField()),
            "day",
            "pk",
            "title",
            "partner__name",
            "office__name",
        )[:most]
        for kind in kinds
    ]
    found = parts[0].union(*parts[1:], all=True).order_by("day", "pk")[:most]
    return [Event(KINDS[name], *row) for name, *row in found]


def of_month(rows: QuerySet, first: date, *, most: int = SHOWN) -> list[Event]:
    last = months_from(first, 2)[-1] - timedelta(days=1)
    return of_days(rows, first, last, kinds=KINDS.values(), most=most)


def words(event: Event) -> str:
    return f"{event.kind.label}: {event.title}"


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

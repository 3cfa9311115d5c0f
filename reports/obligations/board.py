"""What was asked for and what came: reckoned from rules, offices and reports.

Nothing of it is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.db.models import Case, OuterRef, QuerySet, Subquery, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.offices.models import Office
from reports.duties.expected import Duties, Expected
from reports.figures.periods import Period
from reports.monthly.models import Report

Event = Report.events.rel.related_model


class State(models.TextChoices):
    """How an expected report stands today."""

    AHEAD = "ahead", _("Belum waktunya")
    OPEN = "open", _("Belum")
    LATE = "late", _("Terlambat")
    SUBMITTED = "submitted", _("Diajukan")
    RETURNED = "returned", _("Dikembalikan")
    ACCEPTED = "accepted", _("Diterima")

    @property
    def sign(self) -> str:
        return SIGNS[self]

    @property
    def tone(self) -> str:
        return TONES.get(self, "neutral")


SIGNS = {
    State.AHEAD: "·",
    State.OPEN: "□",
    State.LATE: "!",
    State.SUBMITTED: "◧",
    State.RETURNED: "◨",
    State.ACCEPTED: "■",
}
TONES = {
    State.LATE: "bad",
    State.RETURNED: "warn",
    State.SUBMITTED: "info",
    State.ACCEPTED: "good",
}
HERE = frozenset({State.SUBMITTED, State.ACCEPTED})
STATUSES = {
    Report.Status.SUBMITTED: State.SUBMITTED,
    Report.Status.RETURNED: State.RETURNED,
    Report.Status.ACCEPTED: State.ACCEPTED,
}


@dataclass(frozen=True)
class Cell:
    """One expected report."""

    expected: Expected
    state: State
    # A later one than was expected if it came back.
    due_on: date
    report: int | None = None
    # The day on which it was handed in first.
    came_on: date | None = None

    @property
    def office(self) -> Office:
        return self.expected.office

    @property
    def period(self) -> Period:
        return self.expected.period

    @property
    def is_over(self) -> bool:
        """Whether it can be asked for: its period is over."""
        return self.state != State.AHEAD

    @property
    def is_here(self) -> bool:
        return self.state in HERE

    @property
    def is_on_time(self) -> bool:
        day = self.came_on
        return self.is_here and day is not None and day <= self.expected.due_on

    @property
    def is_missing(self) -> bool:
        return self.is_over and not self.is_here

    @property
    def url(self) -> str:
        return reverse("reports:detail", args=[self.report]) if self.report else ""

    @property
    def create_url(self) -> str:
        return f"{reverse('reports:create')}?period={self.period.code}"


# What the numbers of the board count, and what the list behind them can be asked for.
GROUPS = {
    "expected": (_("Diminta"), lambda cell: cell.is_over),
    "here": (_("Masuk"), lambda cell: cell.is_here),
    "on_time": (_("Tepat waktu"), lambda cell: cell.is_on_time),
    "missing": (_("Belum masuk"), lambda cell: cell.is_missing),
}


def holds(cell: Cell, asked: str) -> bool:
    """Whether it is of a group, or stands so."""
    if asked in GROUPS:
        return GROUPS[asked][1](cell)
    return cell.state == asked


@dataclass
class Line:
    """An office with its cells; or a column, a region, all: whatever is summed up."""

    head: object
    cells: list[Cell] = field(default_factory=list)

    def count(self, asked: str) -> int:
        return sum(holds(cell, asked) for cell in self.cells)


def cells(
    offices: Iterable[Office],
    periods: Iterable[Period],
    reports: QuerySet[Report],
    now: datetime | None = None,
) -> list[Cell]:
    """What is expected of these offices, with what is there of it; three queries."""
    periods = list(periods)
    offices = list(offices)
    wanted = list(Duties().of(offices, periods))
    if not wanted:
        return []
    came = Event.objects.filter(
        pgh_obj=OuterRef("pk"), status=Report.Status.SUBMITTED
    ).order_by("status_since")
    rows = reports.filter(
        office__in={each.office.pk for each in wanted},
        kind__in={each.kind for each in periods},
        month__range=(
            min(each.first for each in periods),
            max(each.first for each in periods),
        ),
    ).order_by()
    there = {
        (office, kind, month): rest
        for office, kind, month, *rest in rows.values_list(
            *("office", "kind", "month", "pk", "status"),
            Subquery(came.values("status_since")[:1]),
            Case(When(Report.CAME_BACK, then="status_since")),
        )
    }
    now = now or timezone.now()
    return [
        _cell(
            each, there.get((each.office.pk, each.period.kind, each.period.first)), now
        )
        for each in wanted
    ]


def _cell(expected: Expected, row: list | None, now: datetime) -> Cell:
    pk, status, came_at, returned_at = row or (None, None, None, None)
    zone = expected.office.tzinfo
    today = timezone.localdate(now, zone)
    came_on, returned_on = (
        moment and timezone.localdate(moment, zone) for moment in (came_at, returned_at)
    )
    due_on = expected.due_again(returned_on) if returned_on else expected.due_on
    state = STATUSES.get(status)
    if state is None and today <= expected.period.last:
        state = State.AHEAD
    elif state is None:
        state = State.OPEN if today <= due_on else State.LATE
    return Cell(expected, state, due_on, pk, came_on)


def periods_of(kind: str, year: int) -> list[Period]:
    """Those of a kind that begin in the year."""
    last = Period.of(kind, date(year, 12, 1))
    return last.up_to_here(12 // last.kind.length)

"""Who is told of reports that are due or late: by the clock once each, and once a day
by a press of whoever accepts them.

What is told is reckoned from what stands now, so that a run that was missed loses none;
the keys of the notices keep it from being told twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import User
from pokmas.accounts.roles import LEVELS, STAFF, roles_with
from pokmas.audit.models import Entry
from pokmas.notices import reminding
from pokmas.notices.services import holders_of, notices_to, send
from pokmas.notices.telling import OVERSEE
from pokmas.offices.models import Office
from pokmas.words import dates
from reports.figures.periods import Kind, Period
from reports.monthly.models import Report
from reports.monthly.seats import ACCEPT, WRITE, seats
from reports.obligations.board import Cell, State, cells

PERMISSION = ACCEPT
REMINDED, DUE, OVERDUE = "report.reminded", "report.due", "report.overdue"
# What no run has told for so long after its day is nobody's news any more.
LATE_DAYS = 60


@dataclass(frozen=True)
class Planned:
    """An office that has not handed in, who is told there, and whether it was today."""

    cell: Cell
    people: list[User]
    is_told: bool

    @property
    def is_due(self) -> bool:
        return bool(self.people) and not self.is_told


def plan_of(late: Iterable[Cell]) -> list[Planned]:
    late = list(late)
    people = _writers([cell.office for cell in late])
    last = reminding.last_days(REMINDED, Office, [cell.office.pk for cell in late])
    return [
        Planned(
            cell,
            sorted(people[cell.office.pk], key=str),
            last.get(_what(cell)) == cell.office.today,
        )
        for cell in late
    ]


@transaction.atomic
def remind(plan: list[Planned], *, by: User) -> int:
    """Tell those who were not told today; returns of how many offices."""
    due = [each for each in plan if each.is_due]
    rows = []
    for each in due:
        rows += notices_to(
            each.people,
            kind=REMINDED,
            title=_("Mohon ajukan: %(report)s"),
            body=_(
                "%(office)s belum mengajukan laporan ini; batasnya %(day)s. Diingatkan "
                "oleh %(by)s."
            ),
            words=_words(each.cell) | {"by": str(by)},
            about=each.cell.office,
            url=each.cell.url or each.cell.create_url,
            key=reminding.key(REMINDED, _what(each.cell), each.cell.office.today),
        )
        Entry.record(
            by, "report.reminded", each.cell.office, period=each.cell.period.code
        )
    send(rows)
    return len(due)


def tell_of_due(now: datetime | None = None) -> int:
    """Tell of each report whose period is over, and of each that is late, once."""
    now = now or timezone.now()
    offices = Office.objects.filter(
        level__in=[Office.Level.REGIONAL, Office.Level.UNIT]
    ).select_related("region", "parent__parent__parent")
    today = timezone.localdate(now)
    periods = [
        each
        for kind in Kind
        for each in Period.of(kind, today).up_to_here(4)
        if each.last >= today - timedelta(days=366)
    ]
    asked = [
        cell
        for cell in cells(offices, periods, Report.objects.all(), now)
        if cell.state in (State.OPEN, State.LATE)
        and cell.due_on >= today - timedelta(days=LATE_DAYS)
    ]
    return sum(
        _tell(
            [cell for cell in asked if cell.state == state],
            kind,
            overseen=state == State.LATE,
        )
        for state, kind in ((State.OPEN, DUE), (State.LATE, OVERDUE))
    )


@transaction.atomic
def _tell(found: list[Cell], kind: str, *, overseen: bool) -> int:
    offices = [cell.office for cell in found]
    told = reminding.keys_about(kind, Office, [office.pk for office in offices])
    fresh = [cell for cell in found if _key(kind, cell) not in told]
    offices = [cell.office for cell in fresh]
    people = _writers(offices)
    above = _overseers(offices) if overseen else {}
    titles = {
        DUE: _("Laporan diminta: %(report)s"),
        OVERDUE: _("Terlambat: %(report)s"),
    }
    rows = []
    for cell in fresh:
        rows += notices_to(
            people[cell.office.pk] | above.get(cell.office.pk, set()),
            kind=kind,
            title=titles[kind],
            body=_("%(office)s, paling lambat %(day)s."),
            words=_words(cell),
            about=cell.office,
            url=cell.url or cell.create_url,
            key=_key(kind, cell),
        )
    send(rows)
    return len(fresh)


def _words(cell: Cell) -> dict:
    return {
        "report": lambda: f"{cell.period.name} · {cell.office}",
        "office": cell.office,
        "day": lambda: dates.date_long(cell.due_on),
    }


def _what(cell: Cell) -> str:
    return f"{cell.office.pk}:{cell.period.code}"


def _key(kind: str, cell: Cell) -> str:
    return f"{kind}:{_what(cell)}"


def _writers(offices: Iterable[Office]) -> dict[int, set[User]]:
    """Who writes and who hands in, at each office."""
    return _holding(WRITE, offices)


def _overseers(offices: Iterable[Office]) -> dict[int, set[User]]:
    """Who watches over them from above: the Kanwil of a unit."""
    units = [office for office in offices if not office.is_wide]
    roles = [role for role in roles_with(OVERSEE) if "regional" in LEVELS[role]]
    return holders_of(roles, units)


def _holding(permissions, offices: Iterable[Office]) -> dict[int, set[User]]:
    offices = list(offices)
    found: dict[int, set[User]] = {office.pk: set() for office in offices}
    for permission in permissions:
        held = [role for role in roles_with(permission) if role in STAFF]
        for wide in (True, False):
            places = [office for office in offices if office.is_wide is wide]
            if not places:
                continue
            levels = seats(permission, places[0])
            roles = [role for role in held if LEVELS[role] & levels]
            for pk, people in holders_of(roles, places).items():
                found[pk] |= people
    return found

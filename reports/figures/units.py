"""The units of a Kanwil, or the Kanwil of the nation, beside each other in a month.

A column asks for all of them at once, and each number opens the list that makes it.
Rooms above add theirs to COLUMNS. Nobody is ranked.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Upper
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outreach.models import Activity
from partners.models import Partnership
from partners.vetting.waiting import in_queue
from pokmas.offices.models import Office, changes_since
from pokmas.words import dates
from reports.figures.figures import FIGURES, TALLIED, TREND_MONTHS, Figure, Scope
from reports.figures.periods import Kind, Month, Period
from reports.tallies.models import ActivityTally

# So many days without a verified activity are asked about.
SILENT = 30

OVERDUE = Figure(
    "overdue",
    _("Pendaftaran lewat batas"),
    lambda scope: in_queue(scope.of(Partnership)).filter(is_late=True),
    "partners:queue",
    lambda scope: {"is_late": "true"},
    is_printed=False,
)


class Units:
    """What stands below an office, as it was in a month: a row each."""

    def __init__(self, office: Office, month: Month):
        self.scope = Scope(office, month)
        self.month = month
        self.is_nation = office.level == Office.Level.HEADQUARTERS
        self.key = "region" if self.is_nation else "office"

    @property
    def is_running(self) -> bool:
        return self.month.last >= self.scope.office.today

    # The rows

    @cached_property
    def offices(self) -> list[Office]:
        """Rows of the table, by name."""
        rows = self._every
        if not self.is_nation:
            rows = [each for each in rows if each.level == Office.Level.UNIT]
        return [each for each in rows if self._was_open(each)]

    @cached_property
    def _every(self) -> list[Office]:
        """The rows and what lies below them; each knows its branch, and when it last
        had an activity that is verified by now."""
        days = Activity.objects.counted().filter(
            **{self.key: OuterRef("pk")}, held_on__lte=self.scope.day
        )
        days = days.order_by("-held_on").values("held_on")[:1]
        rows = Office.objects.under(self.scope.office).annotate(last=Subquery(days))
        rows = rows.order_by(Upper("name"), "pk")
        if self.is_nation:
            return list(rows.filter(level=Office.Level.REGIONAL))
        every = {each.pk: each for each in rows}
        for each in every.values():
            each.branch_ids = []
        for each in every.values():
            for above in _upwards(each, every):
                above.branch_ids.append(each.pk)
        self.scope.office.branch_ids = list(every)
        return list(every.values())

    def _was_open(self, office: Office) -> bool:
        """Of one that was closed since its months are still its own."""
        return office.is_active or (office.valid_to or date.min) > self.scope.day

    @cached_property
    def changes(self) -> tuple:
        """What made a unit another one since the first of the months shown."""
        if self.is_nation:
            return ()
        return tuple(changes_since(self.month.back(12).last))

    def scopes(self, period: Month | Period | None = None) -> list[Scope]:
        period = period or self.month
        on = self.scope.day if period == self.month else None
        return [
            Scope(each, period, on=on, changes=self.changes, is_named=True)
            for each in self.offices
        ]

    # Numbers by row

    def of(self, figure: Figure, period: Month | Period | None = None) -> dict:
        """A figure of every row, by its office."""
        period = period or self.month
        if figure.stand:
            name = "served" if figure.column else "activities"
            found = self._summed(period, figure.stand, name)
        else:
            found = self.by_row(self.counted[figure.code])
        for scope in self.scopes(period):
            if scope.past and scope.past.is_other(scope.office):
                found[scope.office.pk] = _alone(figure, scope)
        return found

    def asked(self) -> dict[str, QuerySet]:
        """What is read beside the tallies, by name: an office and a number each."""
        figures = [FIGURES["expiring"], *([OVERDUE] if self.is_running else [])]
        return {each.code: self._count(each.rows(self.scope)) for each in figures}

    def _count(self, rows: QuerySet) -> QuerySet:
        """How many of the rows, records of offices, each office has."""
        rows = rows.order_by().annotate(of_office=F(f"{self.key}_id"))
        return rows.values("of_office").annotate(measured=Count("pk"))

    @cached_property
    def counted(self) -> dict[str, dict[int, int]]:
        """All that is asked, in one query."""
        asked = self.asked()
        names = list(asked)
        rows = [
            each.values_list(Value(place), "of_office", "measured")
            for place, each in enumerate(asked.values())
        ]
        found = {name: {} for name in names}
        for place, office, number in rows[0].union(*rows[1:], all=True):
            # Decimals, where only one of them is: whole numbers stay whole.
            found[names[place]][office] = int(number) if number % 1 == 0 else number
        return found

    def by_row(self, numbers: dict[int, int]) -> dict[int, int]:
        """The sum of those of its branch, for each row of the table."""
        return {
            each.pk: sum(numbers.get(pk, 0) for pk in self._branch(each))
            for each in self.offices
        }

    def _branch(self, office: Office) -> list[int]:
        return [office.pk] if self.is_nation else office.branch_ids

    @cached_property
    def _tallies(self) -> dict[tuple[date, str], list[dict]]:
        """The sums of all the months of the table, in one query."""
        year = Period.of(Kind.YEARLY, self.month.first)
        first = min(self.trend_months[0].first, year.first)
        months = Q(month__range=(first, year.last))
        months |= Q(month=self.month.back(12).first)
        rows = self.scope.of(ActivityTally).filter(months).order_by()
        found = defaultdict(list)
        for row in rows.values(self.key, "month", "stand").annotate(**TALLIED):
            found[row["month"], row["stand"]].append(row)
        return found

    def _summed(self, period: Month | Period, stand: str, name: str) -> dict[int, int]:
        numbers = defaultdict(int)
        for month in period.months:
            for row in self._tallies[month.first, stand]:
                numbers[row[self.key]] += row[name]
        return self.by_row(numbers)

    @property
    def trend_months(self) -> list[Month]:
        return self.month.up_to_here(TREND_MONTHS)

    @cached_property
    def trends(self) -> dict[int, list[int]]:
        """The counted activities of the last months, by row."""
        months = [self.of(FIGURES["activities"], each) for each in self.trend_months]
        return {
            unit.pk: [found.get(unit.pk, 0) for found in months]
            for unit in self.offices
        }

    @cached_property
    def last_days(self) -> dict[int, date]:
        """When each row last had an activity that is verified by now."""
        by_office = {each.pk: each.last for each in self._every}
        found = {}
        for unit in self.offices:
            days = [by_office[pk] for pk in self._branch(unit) if by_office[pk]]
            if days:
                found[unit.pk] = max(days)
        return found

    @property
    def silence(self) -> dict[int, int]:
        """The days since then; none of a row without any."""
        return {pk: (self.scope.day - day).days for pk, day in self.last_days.items()}


def _upwards(office: Office, every: dict[int, Office]) -> Iterator[Office]:
    """Itself and two above, as `Office.objects.under` has it."""
    for _level in range(3):
        if office is None:
            return
        yield office
        office = every.get(office.parent_id)


def _alone(figure: Figure, scope: Scope) -> int:
    """The figure of a unit that had something else then."""
    row = Office.objects.filter(pk=scope.office.pk)
    return row.values_list(figure.subquery(scope), flat=True).get()


# What the table shows


@dataclass(frozen=True)
class Column:
    """One number of every row, by office, and the list behind it.

    A row that has none, as one without any activity, stands in no order.
    """

    code: str
    label: str | Promise | Callable[[Units], str]
    numbers: Callable[[Units], dict[int, int]]
    url: Callable[[Units, Scope], str]
    # The column it is held against: by how much that is more than this.
    against: str = ""
    # How a number is written.
    told: Callable[[Units, int], str] = lambda units, number: dates.number(number)
    # Whether it is shown of these units at all.
    is_shown: Callable[[Units], bool] = lambda units: True

    def label_for(self, units: Units) -> str:
        return self.label(units) if callable(self.label) else str(self.label)


def _figure(figure: Figure, label: str | Promise = "") -> Column:
    return Column(
        figure.code,
        label or figure.label,
        lambda units: units.of(figure),
        lambda units, scope: figure.url(scope),
    )


def _before(code: str, label: Promise, months: int) -> Column:
    """The activities of an earlier month."""
    figure = FIGURES["activities"]
    return Column(
        code,
        label,
        lambda units: units.of(figure, units.month.back(months)),
        lambda units, scope: figure.url(
            replace(scope, period=units.month.back(months), on=None)
        ),
        against="activities",
    )


def _overdue(units: Units) -> dict[int, int]:
    """What waits too long today; nobody knows it of a month that is over."""
    return units.of(OVERDUE) if units.is_running else {}


def _since(units: Units, scope: Scope) -> str:
    last = units.last_days.get(scope.office.pk)
    held = {"counted": "true", "since": last, "until": scope.day}
    return replace(FIGURES["activities"], params=lambda _scope: held).url(scope)


COLUMNS = [
    _figure(FIGURES["activities"], _("Kegiatan")),
    _before("before", _("Bulan sebelumnya"), 1),
    _before("year", _("Setahun sebelumnya"), 12),
    _figure(FIGURES["served"]),
    _figure(FIGURES["waiting"], _("Belum diverifikasi")),
    _figure(FIGURES["expiring"], _("Kerja sama berakhir ≤ 90 hari")),
    Column("overdue", OVERDUE.label, _overdue, lambda units, scope: OVERDUE.url(scope)),
    Column("silent", _("Hari tanpa kegiatan"), lambda units: units.silence, _since),
]

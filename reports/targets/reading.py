"""What was to be reached and what was, of each indicator at an office and below it.

All that a page shows is read in a handful of queries, however many units there are:
the counted numbers of all indicators and units in one.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Sum, Value
from django.urls import reverse
from django.utils.functional import cached_property

from pokmas.offices.models import Office
from pokmas.words import dates
from reports.figures.figures import FIGURES
from reports.figures.periods import Kind, Period
from reports.indicators.counted import Part
from reports.indicators.models import HIGHEST, Indicator, Share, newest
from reports.targets.models import AcceptedValue, EnteredValue, Target
from reports.targets.places import Places

Rule, Source = Indicator.Rule, Indicator.Source
ABOVE, BELOW = "above", "below"
SIDES = {ABOVE: "numerator", BELOW: "denominator"}


@dataclass(frozen=True)
class Number:
    """A counted number and the list of exactly its rows."""

    value: Decimal | None
    url: str = ""


@dataclass
class Cell:
    """One indicator at one office: what was to be reached, and what was."""

    indicator: Indicator
    office: Office
    share: Share
    above: Number
    below: Number
    target: Decimal | None = None
    baseline: Decimal | None = None
    # The row where one was set here; none where those below add up to it.
    row: Target | None = None
    is_accepted: bool = False
    # What the records say now, where the accepted report said another number.
    now: str = ""

    @property
    def value(self) -> Decimal | None:
        return self.indicator.value(self.share)

    @property
    def value_text(self) -> str:
        return self.indicator.said(self.value)

    @property
    def target_text(self) -> str:
        return self.indicator.said(self.target)

    @property
    def baseline_text(self) -> str:
        return self.indicator.said(self.baseline)

    @property
    def is_ratio(self) -> bool:
        return bool(self.indicator.denominator)

    @property
    def divides_by_nothing(self) -> bool:
        return self.is_ratio and self.value is None and self.share.numerator is not None

    @property
    def achieved(self) -> Decimal | None:
        return self.indicator.achieved(self.value, self.target)

    @property
    def achieved_text(self) -> str:
        """A target of nothing is no measure of anything."""
        if self.achieved is not None:
            return dates.percent(self.achieved)
        return "n/a" if self.target is not None and self.target == 0 else "–"

    @property
    def is_odd(self) -> bool:
        return self.achieved is not None and self.achieved > HIGHEST


@dataclass
class Line:
    """One indicator on the page of an office."""

    cell: Cell
    # Who said nothing where something was to be said, who not all of it, and who has
    # no target.
    silent: list[Office] = field(default_factory=list)
    partial: list[Office] = field(default_factory=list)
    without_target: list[Office] = field(default_factory=list)

    @property
    def indicator(self) -> Indicator:
        return self.cell.indicator


class Reading:
    """Everything about an office and a period, asked as late as it is needed.

    `viewer` is the office of whoever looks, for links to lists; of the indicator that
    is `opened`, or of all, the months are counted too.
    """

    def __init__(
        self,
        office: Office,
        period: Period,
        viewer: Office | None = None,
        opened: str = "",
        with_months: bool = False,
    ):
        self.office, self.period = office, period
        self.viewer, self.opened = viewer or office, opened
        self.with_months = with_months
        self.places = Places(office, period)
        self.day = min(period.last, office.today)
        self.has_begun = period.first <= office.today

    # The catalogue

    @cached_property
    def versions(self) -> dict[str, list[Indicator]]:
        found = defaultdict(list)
        for each in Indicator.objects.order_by("code", "valid_from"):
            found[each.code].append(each)
        return found

    @cached_property
    def indicators(self) -> list[Indicator]:
        """Those that are measured at this office in such a period."""
        found = newest(chain(*self.versions.values()), self.day)
        return [
            each
            for each in found
            if each.fits(self.period) and each.concerns(self.office)
        ]

    @cached_property
    def changes(self) -> dict[str, list[Indicator]]:
        """The versions that came inside the period, when there was one before."""
        first, day = self.period.first, self.day
        return {
            code: later
            for code, own in self.versions.items()
            if own[0].valid_from <= first
            and (later := [each for each in own if first < each.valid_from <= day])
        }

    # What is known of each unit

    @cached_property
    def _months(self) -> dict[str, list[tuple[Indicator, Period]]]:
        """Of each indicator that is told month by month the version of each."""
        months = [Period.of(Kind.MONTHLY, each.first) for each in self.period.months]
        told = {*self.changes, self.opened} if len(months) > 1 else set()
        told = self.versions if self.with_months else told
        return {
            code: [
                (version, month)
                for month in months
                if month.first <= self.day
                for version in newest(own, min(month.last, self.day))
            ]
            for code, own in self.versions.items()
            if code in told
        }

    @cached_property
    def counted(self) -> dict[tuple[Part, Period], dict[int, Decimal]]:
        """Of each part and time the number of each unit; one query for all."""
        wanted = [(each, self.period) for each in self.indicators]
        wanted = [*wanted, *chain(*self._months.values())]
        asked = list(
            dict.fromkeys(
                (part, period)
                for indicator, period in wanted
                if indicator.is_counted
                for part in (indicator.measure.numerator, indicator.measure.denominator)
                if part is not None
            )
        )
        found = {pair: defaultdict(Decimal) for pair in asked}
        rows = [self._grouped(*pair, place) for place, pair in enumerate(asked)]
        if not rows:
            return found
        for place, office, number in rows[0].union(*rows[1:], all=True):
            pair = asked[place]
            unit = self.places.unit_of(pair[1].last).get(office, office)
            found[pair][unit] += Decimal(number or 0)
        return found

    def _grouped(self, part: Part, period: Period, place: int) -> QuerySet:
        scope = self.places.scope(self.office, period)
        if part.figure and not self.places.handed_over(period.last):
            rows, number = FIGURES[part.figure].summed(scope)
        else:
            rows = part.rows(scope)
            number = Sum(part.column) if part.column else Count("pk")
        owner = self.places.owner(part, rows.model._meta.label_lower, period.last)
        rows = rows.order_by().annotate(of_office=owner).values("of_office")
        rows = rows.annotate(measured=number)
        return rows.values_list(Value(place), "of_office", "measured")

    @cached_property
    def entered(self) -> dict[tuple[str, int], list[EnteredValue]]:
        """What heads confirmed, by indicator and unit, in order of time. What a unit
        said that was merged is its successor's."""
        rows = EnteredValue.objects.under(self.office).confirmed()
        rows = rows.filter(starts_on__range=(self.period.first, self.period.last))
        unit_of, found = self.places.unit_of(self.period.last), defaultdict(list)
        for row in rows.order_by("starts_on"):
            if row.period.last <= self.period.last:
                unit = unit_of.get(row.office_id, row.office_id)
                found[row.code, unit].append(row)
        return found

    @cached_property
    def accepted(self) -> dict[tuple, AcceptedValue]:
        """What accepted reports said of the period, and of months that are told."""
        rows = AcceptedValue.objects.under(self.office).select_related("indicator")
        rows = rows.filter(
            Q(kind=Kind.MONTHLY, code__in=list(self._months))
            | Q(kind=self.period.kind),
            starts_on__range=(self.period.first, self.period.last),
        )
        return {(row.code, row.office_id, row.period): row for row in rows}

    @cached_property
    def targets(self) -> dict[tuple[str, int], Target]:
        rows = Target.objects.under(self.office).of_period(self.period)
        rows = rows.select_related("set_by")
        return {(row.code, row.office_id): row for row in rows}

    def _said(self, indicator: Indicator, unit: int, period: Period):
        return [
            row
            for row in self.entered.get((indicator.code, unit), ())
            if row.kind == indicator.rhythm
            and period.first <= row.starts_on
            and row.period.last <= period.last
        ]

    def live(self, indicator: Indicator, unit: int, period: Period) -> Share:
        """What records and units say now."""
        said = self._said(indicator, unit, period) if indicator.is_entered else []
        if not indicator.is_counted:
            times = defaultdict(list)
            for row in said:
                times[row.period].append(row.share)
            shares = [
                indicator.rolled(each, indicator.over_offices)
                for each in times.values()
            ]
            return indicator.rolled(shares, indicator.over_time)
        measure = indicator.measure
        above = self.counted[measure.numerator, period].get(unit, Decimal())
        if indicator.source == Source.MIXED:
            below = [row.denominator for row in said]
            if indicator.over_time == Rule.LATEST:
                below = below[-1:]
            return Share(above, sum(below) if below else None)
        if measure.denominator is None:
            return Share(above)
        below = self.counted[measure.denominator, period].get(unit, Decimal())
        return Share(above, below)

    def now(self, indicator: Indicator, unit: int) -> Share:
        """What an indicator was that was changed meanwhile is told by its months."""
        if indicator.code not in self.changes:
            return self.live(indicator, unit, self.period)
        months = [
            self._month(version, self._then([unit], month), month)
            for version, month in self._months[indicator.code]
        ]
        return indicator.rolled(months, indicator.over_time)

    def _then(self, units: list[int], month: Period) -> list[int]:
        """Those that were units of their own when the month ended."""
        now, then = self.places.unit_of(self.period.last), self.places.pasts(month.last)
        wide = [unit for unit in units if self.places.known[unit].is_wide]
        return [*wide, *(pk for pk in then if now.get(pk, pk) in units)]

    def _month(self, version: Indicator, units: list[int], month: Period) -> Share:
        shares = []
        for unit in units:
            kept = self.accepted.get((version.code, unit, month))
            is_kept = kept and not self.places.known[unit].is_wide
            share = kept.share if is_kept else self.live(version, unit, month)
            if self._counts(version, unit, share):
                shares.append(share)
        return version.rolled(shares, version.over_offices)

    def share(self, indicator: Indicator, unit: int) -> Share:
        """As its report was accepted, else as it stands now. Of an office above units:
        what it did itself. Of a period that has not begun nothing is known."""
        if not self.has_begun:
            return Share()
        kept = self.accepted.get((indicator.code, unit, self.period))
        is_kept = kept and not self.places.known[unit].is_wide
        return kept.share if is_kept else self.now(indicator, unit)

    # What a page shows

    def cell(self, indicator: Indicator, office: Office) -> Cell:
        kept = self.accepted.get((indicator.code, office.pk, self.period))
        shares = {
            unit: share
            for unit in self._below(office)
            if self._counts(indicator, unit, share := self.share(indicator, unit))
        }
        if office.is_wide:
            share = indicator.rolled(shares.values(), indicator.over_offices)
        else:
            share = shares.get(office.pk, Share())
        found = Cell(
            indicator,
            office,
            share,
            self._number(indicator, office, shares, ABOVE, share.numerator),
            self._number(indicator, office, shares, BELOW, share.denominator),
        )
        if kept:
            now = share if office.is_wide else self.now(indicator, office.pk)
            self._as_accepted(found, kept, indicator.said(indicator.value(now)))
        else:
            self._aim(found, office)
        return found

    def _below(self, office: Office) -> list[int]:
        """Units there were, and offices above them with records of their own."""
        then = self.places.pasts(self.period.last)
        known = self.places.known
        return [
            pk for pk in self.places.below(office) if pk in then or known[pk].is_wide
        ]

    def _counts(self, indicator: Indicator, unit: int, share: Share) -> bool:
        """Not an office of which it is not asked and that has nothing of it."""
        at = self.places.known[unit]
        if at.is_wide:
            is_asked = indicator.over_offices in (Rule.SUM, Rule.RATIO)
        else:
            is_asked = indicator.concerns(at)
        return is_asked or bool(share.numerator or share.denominator)

    @staticmethod
    def _as_accepted(cell: Cell, kept: AcceptedValue, now: str) -> None:
        cell.indicator, cell.share, cell.is_accepted = kept.indicator, kept.share, True
        cell.target, cell.baseline = kept.target, kept.baseline
        cell.now = now if now != cell.value_text else ""

    def _aim(self, cell: Cell, office: Office) -> None:
        indicator = cell.indicator
        cell.row = self.targets.get((indicator.code, office.pk))
        if cell.row is not None:
            cell.target, cell.baseline = cell.row.value, cell.row.baseline
        elif office.is_wide:
            cell.target = self._together(indicator, self.directly_below(office))

    def _together(self, indicator, offices: list[Office]) -> Decimal | None:
        """What the targets of those below come to."""
        rows = [self.targets.get((indicator.code, each.pk)) for each in offices]
        known = [row.value for row in rows if row is not None]
        if not known:
            return None
        if indicator.over_offices == Rule.SUM:
            return sum(known)
        if indicator.over_offices == Rule.MAX:
            return max(known)
        return sum(known) / len(known)

    def directly_below(self, office: Office) -> list[Office]:
        """Who gets targets from an office."""
        if office.is_top:
            return self.places.regions
        if office.level == Office.Level.REGIONAL:
            return [each for each in self.places.units if each.region_id == office.pk]
        return []

    def concerned(self, indicator: Indicator) -> list[Office]:
        """Of those below whom it is asked of."""
        below = self.directly_below(self.office)
        return [each for each in below if indicator.concerns(each)]

    def _number(self, indicator, office, shares, side, value) -> Number:
        """What was counted, with its list where that says the same; and what units
        said of a year, with those values."""
        is_said = not indicator.is_counted and indicator.code not in self.changes
        if is_said and value is not None:
            return Number(value, self._said_url(indicator, office, shares))
        measure = indicator.measure if indicator.is_counted else None
        part = measure and getattr(measure, SIDES[side])
        counted = part and self.counted.get((part, self.period))
        if not counted or sum(counted.get(unit, 0) for unit in shares) != value:
            return Number(value)
        return Number(value, self.url(part, office, indicator, side))

    def _said_url(self, indicator: Indicator, office: Office, shares) -> str:
        rows = [self.entered.get((indicator.code, unit)) for unit in shares]
        if self.period.kind != Kind.YEARLY or not any(rows):
            return ""
        asked = {"q": indicator.code, "year": self.period.first.year}
        asked["status"] = EnteredValue.Status.CONFIRMED.value
        if office.pk != self.viewer.pk:
            asked["office"] = office.pk
        return f"{reverse('reports:value_index')}?{urlencode(asked)}"

    def url(self, part: Part, office: Office, indicator, side, own=False) -> str:
        if part.figure and not own:
            url = FIGURES[part.figure].url(self.places.scope(office, self.period))
            is_narrow = office.is_wide and office.pk != self.viewer.pk
            return f"{url}&office={office.pk}" if is_narrow else url
        asked = {
            "office": office.pk,
            "period": self.period.code,
            "code": indicator.code,
            "side": side,
        }
        if own:
            asked["own"] = "true"
        return f"{reverse('reports:target_records')}?{urlencode(asked)}"

    @cached_property
    def lines(self) -> list[Line]:
        return [
            Line(
                self.cell(indicator, self.office),
                *self.owing(indicator),
                [
                    each
                    for each in self.concerned(indicator)
                    if (indicator.code, each.pk) not in self.targets
                ],
            )
            for indicator in self.indicators
        ]

    def owing(self, indicator: Indicator) -> tuple[list[Office], list[Office]]:
        """Units that owe a number for a time that is over: those that said none at
        all, and the others."""
        silent, partial = [], []
        if not indicator.is_entered:
            return silent, partial
        due = due_in(self.period, Kind(indicator.rhythm), self.office.today)
        for unit in self.places.units:
            said = {
                row.period
                for row in self._said(indicator, unit.pk, self.period)
                if row.office_id == unit.pk
            }
            if indicator.concerns(unit) and not said.issuperset(due):
                (partial if said else silent).append(unit)
        return silent, partial

    def cells(self, indicator: Indicator) -> list[Cell]:
        """Of those directly below, and of the office itself where it did something."""
        found = [
            self.cell(indicator, each) for each in self.directly_below(self.office)
        ]
        found = [
            each
            for each in found
            if indicator.concerns(each.office)
            or each.share.numerator
            or each.share.denominator
        ]
        own = self._own(indicator) if found else None
        return [*found, own] if own else found

    def _own(self, indicator: Indicator) -> Cell | None:
        share = self.share(indicator, self.office.pk)
        if not share.numerator and not share.denominator:
            return None
        above, below = (
            self._own_number(indicator, side, getattr(share, SIDES[side]))
            for side in SIDES
        )
        return Cell(indicator, self.office, share, above, below)

    def _own_number(self, indicator, side, value) -> Number:
        part = getattr(indicator.measure, SIDES[side])
        if part is None or indicator.code in self.changes:
            return Number(value)
        return Number(value, self.url(part, self.office, indicator, side, own=True))

    def months(self, indicator: Indicator) -> list[tuple[Period, Indicator, Share]]:
        """Each month so far, by the version of its time."""
        units = self._below(self.office)
        return [
            (month, version, self._month(version, self._then(units, month), month))
            for version, month in self._months.get(indicator.code, ())
        ]


def due_in(period: Period, kind: Kind, today: date) -> set[Period]:
    """The periods of a kind that lie in a longer one and are over."""
    each, found = Period.of(kind, period.first), set()
    while each.last <= period.last:
        if each.last < today:
            found.add(each)
        each = each.back(-1)
    return found


def year_before(period: Period) -> Period:
    return period.back(12 // period.kind.length)

"""What stands beside the figures of a unit: its reports, its groups, its targets."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Case, F, QuerySet, Sum, Value, When
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.groups.compliance import of_units
from pokmas.offices.models import Office
from pokmas.words import dates
from reports.figures import units as figures
from reports.figures.figures import FIGURES, Scope
from reports.figures.periods import Kind, Month, Period
from reports.figures.pictures import Card
from reports.figures.units import Column, Units
from reports.models import Report, Target
from reports.obligations.board import Cell, Line, State, cells

# The figures that have a target, by the code of their indicator.
TARGETED = {"activities": "KPI-07", "served": "KPI-08"}
EXPIRING_BEFORE = "expiring_before"
ASKED = [Office.Level.REGIONAL, Office.Level.UNIT]


def reported_month(month: Month, today: date) -> Period:
    """Whose reports are spoken of in a month: nobody owes that of a running one."""
    is_over = month.last < today
    return Period(Kind.MONTHLY, (month if is_over else month.back(1)).first)


def duties(office: Office, period: Period, offices: Iterable[Office] = ()) -> Line:
    """The reports of a period that an office and those below it owe."""
    if not offices:
        offices = Office.objects.under(office).filter(level__in=ASKED)
    return Line(office, cells(offices, [period], Report.objects.under(office)))


def due_url(period: Period, state: str, office: Office | None = None) -> str:
    """The list of just those reports."""
    asked = {"kind": period.kind.value, "year": period.first.year}
    asked |= {"period": period.code, "state": state}
    if office is not None:
        asked["office"] = office.pk
        if not office.is_wide:
            asked["alone"] = 1
    return f"{reverse('reports:due')}?{urlencode(asked)}"


def of_reports(office: Office, month: Month) -> list[Card]:
    """How many of the reports that are owed came, and came on time."""
    period = reported_month(month, office.today)
    line = duties(office, period)
    owed = _("dari %(count)s yang diminta") % {
        "count": dates.number(line.count("expected"))
    }
    labels = {
        "here": _("Laporan %(month)s masuk"),
        "on_time": _("Laporan %(month)s tepat waktu"),
    }
    return [
        Card(
            f"reports_{state}",
            label % {"month": period.short},
            line.count(state),
            due_url(period, state),
            owed,
        )
        for state, label in labels.items()
    ]


class Beside(Units):
    """The same units, with what the rooms above the figures know of them."""

    def __init__(self, office: Office, month: Month, *, with_groups: bool = True):
        super().__init__(office, month)
        self.with_groups = with_groups and self.is_running

    @cached_property
    def report_period(self) -> Period:
        return reported_month(self.month, self.scope.office.today)

    def _was_open(self, office: Office) -> bool:
        """Also one that went since the end of what it has to report."""
        last = self.report_period.last
        return super()._was_open(office) or (office.valid_to or date.min) >= last

    @cached_property
    def lines(self) -> dict[int, Line]:
        """The reports of each row."""
        every = self.every_unit if self.is_nation else self._every
        every = [each for each in every if each.level in ASKED]
        found = {each.pk: Line(each) for each in self.offices}
        for cell in duties(self.scope.office, self.report_period, every).cells:
            line = found.get(self._row_of(cell))
            if line is not None:
                line.cells.append(cell)
        return found

    @cached_property
    def every_unit(self) -> list[Office]:
        """Of the nation, with the Kanwil themselves."""
        return list(Office.objects.filter(level__in=ASKED).order_by("pk"))

    def _row_of(self, cell: Cell) -> int | None:
        return cell.office.region_id if self.is_nation else cell.office.pk

    def reports(self, state: str) -> dict[int, int]:
        return {pk: line.count(state) for pk, line in self.lines.items() if line.cells}

    @property
    def a_year_before(self) -> Scope:
        day = dates.months_later(self.scope.day, -12)
        return replace(self.scope, period=self.month.back(12), on=day)

    # What is read beside the tallies

    def asked(self) -> dict[str, QuerySet]:
        found = super().asked()
        if self.is_nation:
            expiring = FIGURES["expiring"].rows(self.a_year_before)
            found[EXPIRING_BEFORE] = self._count(expiring)
        if self.with_groups:
            found["lacking"] = self._lacking()
        for code in TARGETED:
            for period in self._periods:
                rows = Target.objects.under(self.scope.office).of_period(period)
                rows = rows.filter(code=TARGETED[code]).order_by()
                found |= self._targets(f"{code} {period.kind}", rows)
        return found

    def _lacking(self) -> QuerySet:
        """Of each Bapas 1 if it has not the groups that it should, else 0."""
        units = Office.objects.under(self.scope.office).active()
        rows = of_units(units, self.scope.office.today).order_by()
        is_lacking = Case(When(compliance="lacking", then=Value(1)), default=Value(0))
        if not self.is_nation:
            return rows.values(of_office=F("pk"), measured=is_lacking)
        return rows.values(of_office=F("region_id")).annotate(measured=Sum(is_lacking))

    def _targets(self, name: str, rows: QuerySet) -> dict[str, QuerySet]:
        """Those of the rows; of a region without its own the sum of its units'."""
        found = {name: rows.values(of_office=F("office_id"), measured=F("value"))}
        if self.is_nation:
            units = rows.filter(office__level=Office.Level.UNIT)
            units = units.values(of_office=F("region_id"))
            found[f"{name} below"] = units.annotate(measured=Sum("value"))
        return found

    @cached_property
    def lacking(self) -> dict[int, int]:
        known = {each.pk for each in self.offices}
        found = self.counted.get("lacking", {})
        return {pk: number for pk, number in found.items() if pk in known}

    # Against the target

    @property
    def _periods(self) -> list[Period]:
        month = Period(Kind.MONTHLY, self.month.first)
        return [month, Period.of(Kind.YEARLY, self.month.first)]

    @cached_property
    def aims(self) -> dict[str, tuple[Period, dict[int, Decimal]]]:
        """Of each figure the targets of the month, else of the year, if any."""
        found = {}
        for code in TARGETED:
            for period in self._periods:
                name = f"{code} {period.kind}"
                values = self.counted.get(f"{name} below", {}) | self.counted[name]
                known = {
                    each.pk: values[each.pk]
                    for each in self.offices
                    if each.pk in values
                }
                if known and code not in found:
                    found[code] = period, known
        return found

    def achieved(self, code: str) -> dict[int, Decimal]:
        """In percent, not cut at a hundred; a target of nothing measures nothing."""
        period, targets = self.aims[code]
        done = self.of(FIGURES[code], period)
        return {
            pk: Decimal(done[pk]) * 100 / target
            for pk, target in targets.items()
            if target
        }


def _reported(state: str, words: Promise) -> Column:
    def label(units: Beside) -> str:
        return words % {"month": units.report_period.short}

    return Column(
        f"reports_{state}",
        label,
        lambda units: units.reports(state),
        lambda units, scope: due_url(units.report_period, state, scope.office),
    )


def _compliance_url(units: Beside, scope: Scope) -> str:
    name = "region" if units.is_nation else "office"
    is_met = not units.is_nation and not units.lacking.get(scope.office.pk)
    state = "met" if is_met else "lacking"
    asked = urlencode({name: scope.office.pk, "state": state})
    return f"{reverse('partners:group_compliance')}?{asked}"


def _achieved(code: str, words: Promise) -> Column:
    def label(units: Beside) -> str:
        period, _targets = units.aims[code]
        return words % {"period": period.name}

    def url(units: Beside, scope: Scope) -> str:
        period, _targets = units.aims[code]
        asked = {"office": scope.office.pk, "period": period.code}
        asked = urlencode(asked | {"open": TARGETED[code]})
        return f"{reverse('reports:targets')}?{asked}#{TARGETED[code]}"

    return Column(
        f"{code}_achieved",
        label,
        lambda units: units.achieved(code),
        url,
        told=lambda units, number: dates.percent(number),
        is_shown=lambda units: code in units.aims,
    )


def _after(code: str, added: list[Column], columns: list[Column]) -> list[Column]:
    place = next(n for n, each in enumerate(columns) if each.code == code) + 1
    return [*columns[:place], *added, *columns[place:]]


def _lacking_label(units: Units) -> str:
    if units.is_nation:
        return _("Bapas belum memenuhi pedoman kelompok")
    return _("Kelompok menurut pedoman")


def _lacking_told(units: Units, number: int) -> str:
    if units.is_nation:
        return dates.number(number)
    return _("belum") if number else _("terpenuhi")


REPORTS = [
    _reported("here", gettext_lazy("Laporan %(month)s masuk")),
    _reported("missing", gettext_lazy("Laporan %(month)s belum masuk")),
    _reported(State.LATE.value, gettext_lazy("Laporan %(month)s terlambat")),
]
OF_ROOMS = [
    Column(
        "lacking",
        _lacking_label,
        lambda units: units.lacking,
        _compliance_url,
        told=_lacking_told,
        is_shown=lambda units: units.is_running,
    ),
    _achieved("activities", gettext_lazy("Capaian kegiatan %(period)s")),
    _achieved("served", gettext_lazy("Capaian penerima %(period)s")),
]
COLUMNS = _after("waiting", REPORTS, _after("overdue", OF_ROOMS, figures.COLUMNS))

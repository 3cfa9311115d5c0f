"""The table of units as the page shows it: cells, orders, months."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas import charts
from pokmas.charts.drawing import REGIONAL_NAME
from pokmas.lists import exports
from pokmas.lists.paging import changed_query
from pokmas.offices.models import Office
from pokmas.words import dates
from reports.duties.expected import month_told
from reports.figures.figures import Scope
from reports.figures.periods import Month
from reports.figures.units import SILENT, Column
from reports.home.beside import COLUMNS, Beside
from reports.home.map import RegionMap

FIRST_YEAR = 2000
NAME = "name"
FIRST = {"activities", "reports_late", "expiring", "overdue", "silent"}
# To which rows the table may be narrowed, by what an address says.
LATE, NEVER = "late", "never"
ONLY = [LATE, NEVER, "silent", "reports_late", "overdue"]


@dataclass(frozen=True)
class Cell:
    text: str
    url: str
    label: str
    note: str = ""
    spark: SafeString | str = ""
    # Whether a phone shows it of a unit that wants looking at.
    is_first: bool = False


@dataclass(frozen=True)
class Row:
    name: str
    url: str
    cells: list[Cell]
    is_late: bool


@dataclass(frozen=True)
class Head:
    name: str
    label: str
    url: str
    sort: str = ""


class Months:
    """The month of an address, `month_told` where it names none that may be, and the
    way to those beside it."""

    def __init__(self, office: Office, params: Mapping):
        self.params, self.today = params, office.today
        self.now = Month.of(self.today)
        self.month = self._asked()

    label = gettext_lazy("Bulan")

    @property
    def name(self) -> str:
        return dates.month_year(self.month.first)

    def _asked(self) -> Month:
        try:
            asked = Month.of(date.fromisoformat(f"{self.params.get('month', '')}-01"))
        except ValueError:
            return self.told
        return asked if self._is_known(asked) else self.told

    @cached_property
    def told(self) -> Month:
        return month_told(self.today)

    @property
    def is_last_whole(self) -> bool:
        """Whether the last month that is over is shown, while pages open with it."""
        return self.month == self.now.back(1) and self.month == self.told

    def _is_known(self, month: Month) -> bool:
        return Month(FIRST_YEAR, 1) <= month <= self.now

    @property
    def before(self) -> tuple[str, str] | None:
        return self._to(self.month.back(1))

    @property
    def after(self) -> tuple[str, str] | None:
        return self._to(self.month.back(-1))

    def _to(self, month: Month) -> tuple[str, str] | None:
        if not self._is_known(month):
            return None
        asked = f"{month.first:%Y-%m}"
        return dates.month_year(month.first), changed_query(self.params, month=asked)


class Table:
    """Alphabetical unless asked otherwise; whoever is late or silent is marked."""

    def __init__(self, office: Office, months: Months):
        self.office, self.params = office, months.params
        self.months, self.month = months, months.month
        self.units = Beside(office, months.month)
        self.shows_all = self.params.get("units") == "all"
        asked = self.params.get("only")
        self.only = asked if asked in ONLY else ""

    @cached_property
    def columns(self) -> list[Column]:
        return [each for each in COLUMNS if each.is_shown(self.units)]

    @cached_property
    def numbers(self) -> dict[str, dict[int, int]]:
        return {each.code: each.numbers(self.units) for each in self.columns}

    @property
    def order(self) -> str:
        asked = self.params.get("sort", "")
        known = {NAME, *(each.code for each in self.columns)}
        return asked if asked.removeprefix("-") in known else NAME

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(each) for each in self.ordered()]

    def ordered(self) -> list[Scope]:
        """A row without the number comes last, whichever way."""
        scopes, by = self.units.scopes(), self.order.removeprefix("-")
        scopes = [each for each in scopes if self._is_wanted(each.office.pk)]
        is_down = self.order.startswith("-")
        if by == NAME:
            return scopes[::-1] if is_down else scopes
        numbers = self.numbers[by]
        known = [each for each in scopes if each.office.pk in numbers]
        known.sort(key=lambda each: numbers[each.office.pk], reverse=is_down)
        return known + [each for each in scopes if each.office.pk not in numbers]

    def _row(self, scope: Scope) -> Row:
        office = scope.office
        return Row(
            name=office.name.removeprefix(REGIONAL_NAME),
            url=self._inside(office),
            cells=[self._cell(column, scope) for column in self.columns],
            is_late=self._is_late(office.pk),
        )

    def _inside(self, office: Office) -> str:
        """The units of a region, or the page of a unit."""
        if not self.units.is_nation:
            return office.get_absolute_url()
        asked = changed_query({}, month=f"{self.month.first:%Y-%m}")
        return reverse("reports:units", args=[office.pk]) + asked

    def _is_wanted(self, pk: int) -> bool:
        if self.only == LATE:
            return self._is_late(pk)
        if self.only == NEVER:
            return pk not in self.numbers["silent"]
        least = SILENT if self.only == "silent" else 0
        return not self.only or self.numbers[self.only].get(pk, 0) > least

    def _is_late(self, pk: int) -> bool:
        silent = self.numbers["silent"].get(pk, SILENT + 1)
        late = ("overdue", "reports_late")
        return silent > SILENT or any(self.numbers[each].get(pk) for each in late)

    def _cell(self, column: Column, scope: Scope) -> Cell:
        number = self.numbers[column.code].get(scope.office.pk)
        label = column.label_for(self.units)
        is_first = column.code in FIRST
        if number is None:
            return Cell("–", "", label, is_first=is_first)
        note = spark = ""
        if column.against:
            now = self.numbers[column.against].get(scope.office.pk, 0)
            note = _difference(now - number)
        if column.code == "activities" and any(self.units.trends[scope.office.pk]):
            title = _("Kegiatan enam bulan: %(office)s") % {"office": scope.office}
            spark = charts.sparkline(title, self.units.trends[scope.office.pk]).svg
        url = column.url(self.units, scope)
        return Cell(column.told(self.units, number), url, label, note, spark, is_first)

    # The way to other orders

    @property
    def head(self) -> list[Head]:
        place = _("Kanwil") if self.units.is_nation else _("Unit")
        labels = [(each.code, each.label_for(self.units)) for each in self.columns]
        return [self._head(*each) for each in [(NAME, place), *labels]]

    def _head(self, name: str, label: str) -> Head:
        down = "-" if self.order == name else ""
        sort = {name: "ascending", f"-{name}": "descending"}.get(self.order, "")
        return Head(name, label, changed_query(self.params, sort=f"{down}{name}"), sort)

    @property
    def all_url(self) -> str:
        return changed_query(self.params, units="all", only=None)

    @property
    def late_url(self) -> str:
        return changed_query(self.params, units="all", only=LATE)

    @property
    def map(self) -> RegionMap | None:
        if not self.units.is_nation:
            return None
        return RegionMap(self.units, self.params.get("figure", ""))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What else an address says, for the form of the map."""
        return [
            (name, self.params[name])
            for name in ("month", "sort", "units", "only")
            if name in self.params
        ]

    @property
    def own_url(self) -> str:
        return reverse("reports:units", args=[self.office.pk])

    @property
    def exports(self) -> list[tuple[str, str]]:
        """Label and address of each kind of sheet."""
        return [
            (sheet.label, self.own_url + changed_query(self.params, export=name))
            for name, sheet in exports.SHEETS.items()
        ]

    @property
    def late_count(self) -> int:
        return sum(self._is_late(each.pk) for each in self.units.offices)


def _difference(more: int) -> str:
    if more == 0:
        return "="
    return f"{'+' if more > 0 else '−'}{dates.number(abs(more))}"

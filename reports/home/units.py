"""The table of units as the page shows it: cells, orders, months."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pokmas import charts
from pokmas.lists.paging import changed_query
from pokmas.offices.models import Office
from pokmas.words import dates
from reports.figures.figures import Scope
from reports.figures.periods import Month
from reports.figures.units import COLUMNS, SILENT, Column, Units

FIRST_YEAR = 2000
NAME = "name"


@dataclass(frozen=True)
class Cell:
    text: str
    url: str
    label: str
    note: str = ""
    spark: SafeString | str = ""


@dataclass(frozen=True)
class Row:
    name: str
    url: str
    cells: list[Cell]
    is_late: bool


@dataclass(frozen=True)
class Head:
    label: str
    url: str
    sort: str = ""


class Months:
    """The month of an address, the present one where it names none that may be, and
    the way to those beside it."""

    def __init__(self, office: Office, params: Mapping):
        self.params, self.now = params, Month.of(office.today)
        self.month = self._asked()

    def _asked(self) -> Month:
        try:
            asked = Month.of(date.fromisoformat(f"{self.params.get('month', '')}-01"))
        except ValueError:
            return self.now
        return asked if self._is_known(asked) else self.now

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
        self.units = Units(office, months.month)
        self.shows_all = self.params.get("units") == "all"

    @cached_property
    def numbers(self) -> dict[str, dict[int, int]]:
        return {each.code: each.numbers(self.units) for each in COLUMNS}

    @property
    def order(self) -> str:
        asked = self.params.get("sort", "")
        known = {NAME, *(each.code for each in COLUMNS)}
        return asked if asked.removeprefix("-") in known else NAME

    @property
    def rows(self) -> list[Row]:
        return [self._row(each) for each in self._ordered()]

    def _ordered(self) -> list[Scope]:
        """A row without the number comes last, whichever way."""
        scopes, by = self.units.scopes(), self.order.removeprefix("-")
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
            name=office.name,
            url=self._inside(office),
            cells=[self._cell(column, scope) for column in COLUMNS],
            is_late=self._is_late(office.pk),
        )

    def _inside(self, office: Office) -> str:
        """The units of a region, or the page of a unit."""
        if not self.units.is_nation:
            return office.get_absolute_url()
        asked = changed_query({}, month=f"{self.month.first:%Y-%m}")
        return reverse("reports:units", args=[office.pk]) + asked

    def _is_late(self, pk: int) -> bool:
        silent = self.numbers["silent"].get(pk, SILENT + 1)
        return silent > SILENT or self.numbers["overdue"].get(pk, 0) > 0

    def _cell(self, column: Column, scope: Scope) -> Cell:
        number = self.numbers[column.code].get(scope.office.pk)
        label = str(column.label)
        if number is None:
            return Cell("–", "", label)
        note = spark = ""
        if column.against:
            now = self.numbers[column.against].get(scope.office.pk, 0)
            note = _difference(now - number)
        if column.code == "activities" and any(self.units.trends[scope.office.pk]):
            title = _("Kegiatan enam bulan: %(office)s") % {"office": scope.office}
            spark = charts.sparkline(title, self.units.trends[scope.office.pk]).svg
        url = column.url(self.units, scope)
        return Cell(dates.number(number), url, label, note, spark)

    # The way to other orders

    @property
    def head(self) -> list[Head]:
        place = _("Kanwil") if self.units.is_nation else _("Unit")
        named = [(NAME, place), *((each.code, str(each.label)) for each in COLUMNS)]
        return [self._head(*each) for each in named]

    def _head(self, name: str, label: str) -> Head:
        down = "-" if self.order == name else ""
        sort = {name: "ascending", f"-{name}": "descending"}.get(self.order, "")
        return Head(label, changed_query(self.params, sort=f"{down}{name}"), sort)

    @property
    def all_url(self) -> str:
        return changed_query(self.params, units="all")

    @property
    def late_count(self) -> int:
        return sum(self._is_late(each.pk) for each in self.units.offices)


def _difference(more: int) -> str:
    if more == 0:
        return "="
    return f"{'+' if more > 0 else '−'}{dates.number(abs(more))}"

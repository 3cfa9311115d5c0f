"""The regions of the nation as a map of tiles, each beside its own last year."""

from collections import Counter, defaultdict
from dataclasses import replace
from statistics import quantiles

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from pokmas import charts
from pokmas.words import dates
from reports.figures.figures import FIGURES, Figure, Scope
from reports.home.beside import EXPIRING_BEFORE, Beside

SHOWN = ["activities", "served", "waiting", "expiring"]
# Regions are alike that have about as many units: up to so many, or more than all.
SIZES = [6, 12]
FEW = 4


class RegionMap:
    def __init__(self, units: Beside, asked: str):
        self.units = units
        self.figure = FIGURES[asked if asked in SHOWN else SHOWN[0]]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        return [
            (code, str(FIGURES[code].label), code == self.figure.code) for code in SHOWN
        ]

    @property
    def chart(self) -> charts.Chart:
        month = dates.month_year(self.units.month.first)
        label = str(self.figure.label)
        return charts.tile_map(
            _("%(figure)s per wilayah, %(month)s") % {"figure": label, "month": month},
            {
                scope.office.name: (
                    self.numbers[scope.office.pk],
                    self.figure.url(scope),
                )
                for scope in self.units.scopes()
            },
            column=label,
            before=self.before,
            more=[(_("Separuh tengah Kanwil yang seukuran"), self.bands)],
        )

    @cached_property
    def numbers(self) -> dict[int, int]:
        return self.units.of(self.figure)

    @property
    def before(self) -> dict[str, tuple[int, str]]:
        """The number of a year before of each region, with its list."""
        units, month = self.units, self.units.month.back(12)
        if self.figure.stand:
            numbers = units.of(self.figure, month)
        else:
            numbers = units.by_row(units.counted[EXPIRING_BEFORE])
        return {
            scope.office.name: (
                numbers[scope.office.pk],
                _url_before(self.figure, units, scope),
            )
            for scope in units.scopes()
        }

    @property
    def bands(self) -> dict[str, str]:
        """Between which numbers the middle half of the regions of its size lies."""
        alike, names = defaultdict(list), {}
        sizes = Counter(each.region_id for each in self.units.every_unit)
        for office in self.units.offices:
            size = sum(sizes[office.pk] > most for most in SIZES)
            alike[size].append(self.numbers[office.pk])
            names[office.name] = size
        return {name: _band(alike[size]) for name, size in names.items()}


def _url_before(figure: Figure, units: Beside, scope: Scope) -> str:
    month = units.month.back(12)
    on = None if figure.stand else units.a_year_before.day
    return figure.url(replace(scope, period=month, on=on))


def _band(numbers: list[int]) -> str:
    if len(numbers) < FEW:
        return "–"
    low, _middle, high = quantiles(numbers, n=4, method="inclusive")
    return f"{dates.number(round(low))}–{dates.number(round(high))}"

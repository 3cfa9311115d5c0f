"""Whom activities served, as a table that may stand beside what it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.utils.functional import Promise

from outreach.activities.counts import BeneficiaryCount
from pokmas.steps import since
from pokmas.steps.since import Row
from pokmas.words import dates

Category, Sex = BeneficiaryCount.Category, BeneficiaryCount.Sex
Counts = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Table:
    """The figures by sex and together, for each category and for all of them."""

    rows: list[tuple[str | Promise, list[Row]]]
    sums: list[Row]


def by_kind(rows: Iterable[BeneficiaryCount]) -> Counts:
    return {(row.category, row.sex): row.number for row in rows}


def table(now: Counts, then: Counts | None = None) -> Table:
    """A row for each category that is, or was, counted, and the sums."""
    kinds = {category: [(category, sex) for sex in Sex] for category in Category}
    every = list(chain.from_iterable(kinds.values()))
    numbers = [now, then or {}]
    rows = [
        (category.label, _figures(pair, now, then))
        for category, pair in kinds.items()
        if any(each.get(kind) for each in numbers for kind in pair)
    ]
    return Table(rows, _figures(every, now, then))


def _figures(kinds, now, then) -> list[Row]:
    by_sex = [[kind for kind in kinds if kind[1] == sex] for sex in Sex]
    return [_figure(each, now, then) for each in [*by_sex, kinds]]


def _figure(kinds, now, then) -> Row:
    def total(numbers):
        return dates.number(sum(numbers.get(kind, 0) for kind in kinds))

    return since.row("", total(now), None if then is None else total(then))

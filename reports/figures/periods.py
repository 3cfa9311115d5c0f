"""Months, as reports count them: in the unit's own calendar days."""

from dataclasses import dataclass
from datetime import date

from pokmas.words.dates import last_day


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, last_day(self.year, self.number))

    def back(self, months: int) -> "Month":
        """The month so many before this one (after, if negative)."""
        index = self.year * 12 + self.number - 1 - months
        return Month(index // 12, index % 12 + 1)

    def up_to_here(self, count: int) -> list["Month"]:
        """The last `count` months, this one included, the oldest first."""
        return [self.back(months) for months in range(count - 1, -1, -1)]

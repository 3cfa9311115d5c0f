"""Months and longer periods, as reports count them: in the unit's own calendar days."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.words import dates

NUMERALS = ("I", "II", "III", "IV")
# Whatever is reported on lies in these.
YEARS = range(2000, 3000)


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
        return date(self.year, self.number, dates.last_day(self.year, self.number))

    @property
    def months(self) -> list["Month"]:
        return [self]

    def back(self, months: int) -> "Month":
        """The month so many before this one (after, if negative)."""
        index = self.year * 12 + self.number - 1 - months
        return Month(index // 12, index % 12 + 1)

    def up_to_here(self, count: int) -> list["Month"]:
        """The last `count` months, this one included, the oldest first."""
        return [self.back(months) for months in range(count - 1, -1, -1)]


class Kind(models.TextChoices):
    """How long a time is that a report is about."""

    MONTHLY = "monthly", gettext_lazy("Bulanan")
    QUARTERLY = "quarterly", gettext_lazy("Triwulan")
    SEMESTER = "semester", gettext_lazy("Semester")
    YEARLY = "yearly", gettext_lazy("Tahunan")

    @property
    def length(self) -> int:
        """In months."""
        return LENGTHS[self]

    @property
    def recent(self) -> int:
        """How many back something may still be said of."""
        return RECENT[self]


RECENT = {Kind.MONTHLY: 12, Kind.QUARTERLY: 5, Kind.SEMESTER: 3, Kind.YEARLY: 2}
LENGTHS = {Kind.MONTHLY: 1, Kind.QUARTERLY: 3, Kind.SEMESTER: 6, Kind.YEARLY: 12}


@dataclass(frozen=True, order=True)
class Period:
    """A month, quarter, half-year or year, by its first day."""

    kind: Kind
    first: date

    @classmethod
    def of(cls, kind: str, day: date) -> "Period":
        """The one of this kind in which the day lies."""
        kind = Kind(kind)
        number = (day.month - 1) // kind.length * kind.length + 1
        return cls(kind, date(day.year, number, 1))

    @property
    def months(self) -> list[Month]:
        first = Month.of(self.first)
        return [first.back(-each) for each in range(self.kind.length)]

    @property
    def last(self) -> date:
        return self.months[-1].last

    def back(self, count: int) -> "Period":
        """The one so many before this one (after, if negative)."""
        first = Month.of(self.first).back(count * self.kind.length).first
        return Period(self.kind, first)

    def up_to_here(self, count: int) -> list["Period"]:
        """The last `count` of its kind, this one included, the oldest first."""
        return [self.back(each) for each in range(count - 1, -1, -1)]

    @property
    def name(self) -> str:
        """As people call it: Triwulan III 2026."""
        if self.kind == Kind.MONTHLY:
            return dates.month_year(self.first)
        number = NUMERALS[(self.first.month - 1) // self.kind.length]
        words = {
            Kind.QUARTERLY: _("Triwulan %(number)s %(year)s"),
            Kind.SEMESTER: _("Semester %(number)s %(year)s"),
            Kind.YEARLY: _("Tahun %(year)s"),
        }
        return words[self.kind] % {"number": number, "year": self.first.year}

    @property
    def short(self) -> str:
        """The same at the head of a column of its year."""
        if self.kind == Kind.MONTHLY:
            return dates.month_short(self.first.month)
        if self.kind == Kind.YEARLY:
            return str(self.first.year)
        return NUMERALS[(self.first.month - 1) // self.kind.length]

    @property
    def is_longer(self) -> bool:
        """Whether months with reports of their own lie in it."""
        return self.kind != Kind.MONTHLY

    @property
    def code(self) -> str:
        """As addresses and forms name it."""
        return f"{self.kind.value}:{self.first:%Y-%m-%d}"

    @classmethod
    def read(cls, code: str) -> "Period":
        """That of a code; ValueError if there is none such that is reported."""
        kind, _colon, first = code.partition(":")
        try:
            found = cls(Kind(kind), date.fromisoformat(first))
        except ValueError as wrong:
            raise ValueError(f"no period: {code}") from wrong
        if found != cls.of(kind, found.first) or found.first.year not in YEARS:
            raise ValueError(f"no period: {code}")
        return found

"""Which days are looked at together, and where one goes from there."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from pokmas.words import dates

EARLIEST, YEARS_AHEAD = 1990, 50
LISTED = timedelta(days=31)
WEEK = timedelta(days=7)
A_DAY = timedelta(days=1)


class View(StrEnum):
    MONTH = "month"
    WEEK = "week"
    LIST = "list"


@dataclass(frozen=True)
class Period:
    view: View
    # The day that was asked for: the other views show it too.
    day: date

    @property
    def first(self) -> date:
        if self.view == View.MONTH:
            return self.day.replace(day=1)
        if self.view == View.WEEK:
            return self.day - timedelta(days=self.day.weekday())
        return self.day

    @property
    def last(self) -> date:
        return self.after - A_DAY

    @property
    def after(self) -> date:
        if self.view == View.MONTH:
            return dates.months_later(self.first, 1)
        return self.first + (WEEK if self.view == View.WEEK else LISTED)

    @property
    def before(self) -> date:
        if self.view == View.MONTH:
            return dates.months_later(self.first, -1)
        return self.first - (WEEK if self.view == View.WEEK else LISTED)

    @property
    def days(self) -> list[date]:
        count = (self.after - self.first).days
        return [self.first + timedelta(days=number) for number in range(count)]

    @property
    def name(self) -> str:
        if self.view == View.MONTH:
            return dates.month_year(self.first)
        return dates.date_range(self.first, self.last)

    @property
    def is_grid(self) -> bool:
        return self.view != View.LIST

    @property
    def words(self) -> tuple[str, str]:
        """Of the ways back and on."""
        return {
            View.MONTH: (_("Bulan sebelumnya"), _("Bulan berikutnya")),
            View.WEEK: (_("Minggu sebelumnya"), _("Minggu berikutnya")),
            View.LIST: (_("Sebelumnya"), _("Berikutnya")),
        }[self.view]


def period_of(view: str, day: str, today: date) -> Period:
    """What an address asks for; the present month where it asks for nothing known."""
    view = View(view) if view in list(View) else View.MONTH
    try:
        asked = date.fromisoformat(day)
    except ValueError:
        asked = today
    is_near = EARLIEST < asked.year <= today.year + YEARS_AHEAD
    return Period(view, asked if is_near else today)

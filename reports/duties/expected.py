"""Which reports are expected: reckoned from the rules and the offices as they were."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pokmas.offices.models import Office
from reports.duties.models import ReportDuty
from reports.figures.periods import Kind, Month, Period

# How many days whoever has a report takes, where its duty does not say until when.
TURN = 5
# For how long a month counts as one that has just begun: the reports of units on the
# last one usually come by then.
FIRST_DAYS = 5


@dataclass(frozen=True)
class Expected:
    """The report of one period that one office owes, and the last day for it."""

    office: Office
    period: Period
    due_on: date

    def due_again(self, returned_on: date) -> date:
        """The last day for it after it came back: never sooner than it was."""
        return due_again(self.due_on, returned_on)


class Duties:
    """The rules, read once."""

    def __init__(self):
        self._rules = list(ReportDuty.objects.order_by("-valid_from"))

    def days(self, level: str, period: Period) -> int | None:
        """How many days after its end it is due; None if it is not asked for."""
        for rule in self._rules:
            same = (rule.kind, rule.level) == (period.kind, level)
            if same and rule.valid_from <= period.first:
                return rule.days
        return None

    def due_on(self, level: str, period: Period) -> date | None:
        """The last day for it, if it is asked for."""
        days = self.days(level, period)
        return None if days is None else period.last + timedelta(days=days)

    def of(
        self, offices: Iterable[Office], periods: Iterable[Period]
    ) -> Iterator[Expected]:
        """What is expected of these offices for these periods."""
        due = {}
        periods = list(periods)
        for office in offices:
            for period in periods:
                asked = (office.level, period)
                if asked not in due:
                    due[asked] = self.due_on(*asked)
                if due[asked] and existed(office, period):
                    yield Expected(office, period, due[asked])


def due_again(due_on: date, returned_on: date) -> date:
    return max(due_on, returned_on + timedelta(days=TURN))


def existed(office: Office, period: Period) -> bool:
    """Whether it reports on the period: one that went within it does not, nor one of
    which nobody knows when it went."""
    begun = office.valid_from is None or office.valid_from <= period.last
    if office.valid_to is None:
        return begun and office.is_active
    return begun and period.last <= office.valid_to


def month_told(today: date) -> Month:
    """Of which month a page speaks that is asked for none: of one that has just begun
    there is little to say, so in its first days it is the last one."""
    now = Month.of(today)
    return now.back(1) if today.day <= FIRST_DAYS else now


def months_of(period: Period) -> list[Period]:
    return [Period(Kind.MONTHLY, month.first) for month in period.months]

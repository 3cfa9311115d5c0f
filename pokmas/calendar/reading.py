"""The events of some days, from all sources: a query each, or two where there are too
many to name."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.utils.functional import cached_property

from pokmas.calendar.periods import Period
from pokmas.calendar.sources import SOURCES, Asked, Event, Kind, Source

# So many are named on one page; of more a grid says the numbers.
SHOWN = 300


@dataclass
class Day:
    date: date
    events: list[Event] = field(default_factory=list)
    # Of what is not named: how many of each kind.
    counts: list[tuple[Kind, int]] = field(default_factory=list)

    @property
    def number(self) -> int:
        return len(self.events) + sum(number for _kind, number in self.counts)


class Page:
    """What one page of the calendar shows."""

    def __init__(self, period: Period, user, chosen: dict):
        self.period, self.user = period, user
        self.chosen = {name: value for name, value in chosen.items() if value}
        self.kind = self.chosen.pop("kind", "")

    @cached_property
    def sources(self) -> list[Source]:
        """Those that have what is asked for."""
        more = set(self.chosen) & set(SOURCES.choices)
        return [
            source
            for source in SOURCES.of(self.user)
            if source.kinds_of(self.kind) and more <= source.answers
        ]

    def asked(self, source: Source) -> Asked:
        return Asked(
            self.user,
            self.period.first,
            self.period.last,
            SHOWN + 1,
            source.kinds_of(self.kind),
            office=self.chosen.get("office"),
            mine=bool(self.chosen.get("mine")),
            chosen={
                name: int(value)
                for name, value in self.chosen.items()
                if name in SOURCES.choices
            },
        )

    @cached_property
    def _numbers(self) -> dict[str, list[tuple[date, str, int]]]:
        """Of each day, of those that a grid counts first: whoever looks upon many units
        would read of hundreds what they are called, only to be told how many."""
        if not (self.period.is_grid and self.user.acting.office.is_wide):
            return {}
        return {each.name: [*each.counted(self.asked(each))] for each in self.sources}

    @cached_property
    def _found(self) -> dict[str, list[Event]]:
        return {
            each.name: each.found(self.asked(each))
            for each in self.sources
            if not self._has_many(each)
        }

    def _has_many(self, source: Source) -> bool:
        numbers = self._numbers.get(source.name, ())
        return sum(number for _day, _kind, number in numbers) > SHOWN

    @cached_property
    def crowded(self) -> list[Source]:
        """Those with more than can be named."""
        return [
            each
            for each in self.sources
            if self._has_many(each) or len(self._found[each.name]) > SHOWN
        ]

    @cached_property
    def until(self) -> date | None:
        """The day from which a list goes on: those before it are whole."""
        if self.period.is_grid or not self.crowded:
            return None
        first = min(self._found[each.name][-1].day for each in self.crowded)
        return max(first, self.period.first + timedelta(days=1))

    @property
    def is_cut(self) -> bool:
        """Whether not even the first day could be told whole."""
        return any(
            self._found[each.name][-1].day <= self.period.first
            for each in self.crowded
            if not self.period.is_grid
        )

    @cached_property
    def days(self) -> list[Day]:
        found = {day: Day(day) for day in self.period.days}
        for source in self.sources:
            if self.period.is_grid and source in self.crowded:
                self._count(source, found)
                continue
            for event in self._found[source.name][:SHOWN]:
                for day in event.days:
                    if day in found:
                        found[day].events.append(replace(event, shown_on=day))
        for day in found.values():
            day.events.sort(key=lambda event: event.in_order)
        return [
            day for day in found.values() if self.until is None or day.date < self.until
        ]

    def _count(self, source: Source, found: dict[date, Day]) -> None:
        kinds = {kind.name: kind for kind in source.kinds}
        numbers = self._numbers.get(source.name) or source.counted(self.asked(source))
        for day, name, number in numbers:
            found[day].counts.append((kinds[name], number))

    @cached_property
    def number(self) -> int:
        return sum(day.number for day in self.days)

    @cached_property
    def kinds(self) -> list[tuple[Kind, int]]:
        """What there is, with how many of each: the legend."""
        numbers = Counter()
        named = {each.uid: each.kind for day in self.days for each in day.events}
        numbers.update(kind.name for kind in named.values())
        kinds = {kind.name: kind for kind in named.values()}
        for day in self.days:
            for kind, number in day.counts:
                kinds[kind.name] = kind
                numbers[kind.name] += number
        return [(kind, numbers[name]) for name, kind in kinds.items()]


def fed(user, first: date, last: date, most: int) -> list[Event]:
    """What a calendar programme is told, in stretches of less than a year."""
    found = defaultdict(list)
    for source in SOURCES.of(user):
        kinds = tuple(kind for kind in source.kinds if kind.is_fed)
        asked = Asked(user, first, last, most, kinds, is_fed=True)
        start = first
        while start <= last and len(found[source.name]) < most:
            end = min(start + timedelta(days=364), last)
            left = most - len(found[source.name])
            stretch = replace(asked, first=start, last=end, most=left)
            # What goes on from the stretch before was told with that.
            found[source.name] += [
                event for event in source.found(stretch) if event.day >= start
            ]
            start = end + timedelta(days=1)
    return sorted(
        (event for each in found.values() for event in each),
        key=lambda event: event.in_order,
    )

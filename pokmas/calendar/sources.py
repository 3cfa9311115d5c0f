"""What stands in the calendar: each room says its part in its events.py.

SOURCES.add(
    Source(
        "activities",
        _("Kegiatan"),
        permission="outreach.view_activity",
        kinds=[Kind("planned", _("Direncanakan"), "info"), …],
        found=of_days,
        counted=on_each_day,
        listed=the_list,
    )
)
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from pokmas.accounts.models import User
from pokmas.offices.models import Office
from pokmas.records.steps import Words
from pokmas.words import dates


@dataclass(frozen=True)
class Kind:
    """One kind of event; its name is that of no other in the whole calendar."""

    name: str
    label: Words
    tone: str
    # Whether a calendar programme is told of it.
    is_fed: bool = True
    is_cancelled: bool = False
    # What it is called on a day of the grid, where a label is long.
    brief: Words = ""

    @property
    def short(self) -> Words:
        return self.brief or self.label


@dataclass(frozen=True)
class Event:
    """What happens on a day, or from one moment to another by its unit's clock."""

    kind: Kind
    day: date
    title: str
    url: str
    office: str
    # What it is called for ever, however often it is moved.
    uid: str
    company: str = ""
    place: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    # How often it was changed.
    revision: int = 0
    # The day on which it is shown, of one that takes several.
    shown_on: date | None = None

    @property
    def days(self) -> list[date]:
        """All on which it stands."""
        last = self.ends_at.date() if self.ends_at else self.day
        count = (last - self.day).days + 1
        return [self.day + timedelta(number) for number in range(count)]

    @property
    def clock(self) -> str:
        """When it begins; on a later day, which of its days that is."""
        if self.shown_on in (None, self.day):
            return dates.clock(self.starts_at)
        place = (self.shown_on - self.day).days + 1
        return _("hari ke-%(number)s") % {"number": place}

    @property
    def hours(self) -> str:
        """From when to when; of several days also until which."""
        if self.starts_at is None:
            return ""
        end = dates.clock(self.ends_at)
        if self.ends_at.date() != self.day:
            end = f"{dates.date_brief(self.ends_at)}, {end}"
        zone = dates.zone_name(self.starts_at.tzinfo)
        return f"{dates.clock(self.starts_at)}–{end} {zone}"

    @property
    def in_order(self) -> tuple:
        """What takes the whole day comes first."""
        clock = self.starts_at.isoformat() if self.starts_at else ""
        return (self.shown_on or self.day, clock, self.title.casefold(), self.uid)


@dataclass(frozen=True)
class Asked:
    """What somebody asks of the calendar: less than a year of days."""

    user: User
    first: date
    last: date
    most: int
    kinds: tuple[Kind, ...] = ()
    office: Office | None = None
    mine: bool = False
    # Whether a calendar programme asks.
    is_fed: bool = False
    # By the names of `Choice`.
    chosen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """The events of one kind of record.

    `found` gives the first of them in the order of their days, those included that
    began before and are not over, `counted` how many there
    are (day, name of the kind, number), `listed` the address of a list of one day's.
    What a person chose that is not in `answers` has none of its events.
    """

    name: str
    label: Words
    permission: str
    kinds: tuple[Kind, ...]
    found: Callable[[Asked], list[Event]]
    counted: Callable[[Asked], Iterable[tuple[date, str, int]]]
    listed: Callable[[date], str] | None = None
    answers: frozenset[str] = frozenset()

    def kinds_of(self, asked: str) -> tuple[Kind, ...]:
        """Those of this name: of the source, of one kind, or all for none."""
        if asked in ("", self.name):
            return self.kinds
        return tuple(kind for kind in self.kinds if kind.name == asked)


@dataclass(frozen=True)
class Choice:
    """What the calendar may be narrowed to besides; `offered` gives (key, words) for a
    person, an office and the key in the address."""

    name: str
    label: Words
    offered: Callable[[User, Office | None, int], list[tuple[int, str]]]


class Sources:
    def __init__(self):
        self.sources: dict[str, Source] = {}
        self.choices: dict[str, Choice] = {}

    def add(self, *added: Source | Choice) -> None:
        for each in added:
            kept = self.sources if isinstance(each, Source) else self.choices
            if each.name in kept:
                raise ValueError(f"The calendar has {each.name} already")
            kept[each.name] = each

    def of(self, user: User) -> Iterator[Source]:
        """Those of which this person may see anything, by name."""
        for name in sorted(self.sources):
            if user.has_perm(self.sources[name].permission):
                yield self.sources[name]


SOURCES = Sources()

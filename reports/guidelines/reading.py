"""Who has read a guideline and who has not: by region, and the rows behind."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils.http import urlencode

from partners.models import Partnership
from pokmas.accounts.models import User, display_name_of
from reports.guidelines.models import Acknowledgement, Guideline

READ, UNREAD = "read", "unread"


def units(guideline: Guideline, user: User):
    """The units that have to read it, of those that `user` looks over."""
    rows = guideline.units().visible_to(user)
    return _told(rows, Acknowledgement.objects.of_units(guideline))


def partners(guideline: Guideline, user: User):
    """The partners that have to read it, with the units they work with there."""
    among = guideline.partnerships().visible_to(user)
    where = among.filter(partner=OuterRef("pk")).order_by("office__name")
    rows = guideline.partners(among)
    rows = _told(rows, Acknowledgement.objects.of_partners(guideline))
    return rows.annotate(offices=ArraySubquery(where.values("office__name")))


def _told(rows, done):
    """With when it was read first, by whom, and whether."""
    done = done.order_by("at", "pk").annotate(name=display_name_of("by"))
    return rows.annotate(
        read_at=Subquery(done.values("at")[:1]),
        readers=ArraySubquery(done.values("name")),
        state=Case(When(Exists(done), then=Value(READ)), default=Value(UNREAD)),
    )


@dataclass(frozen=True)
class Tally:
    """How many have to read it and how many have, each with its list."""

    all: int
    read: int
    list_url: str
    region: int | None = None

    @property
    def unread(self) -> int:
        return self.all - self.read

    @property
    def url(self) -> str:
        return self._narrowed()

    @property
    def read_url(self) -> str:
        return self._narrowed(state=READ)

    @property
    def unread_url(self) -> str:
        return self._narrowed(state=UNREAD)

    def _narrowed(self, **more) -> str:
        asked = more | ({"office": self.region} if self.region else {})
        return f"{self.list_url}?{urlencode(asked)}" if asked else self.list_url


def totals(guideline: Guideline, user: User) -> dict[str, Tally]:
    """Of units and partners together, as far as it is for them."""
    found = {}
    for name, rows in _lists(guideline, user).items():
        counted = rows.aggregate(all=Count("pk"), read=Count("pk", filter=_HAS_READ))
        found[name] = Tally(**counted, list_url=_list_url(guideline, name))
    return found


def by_region(guideline: Guideline, user: User) -> list[dict]:
    """For each region its tallies; asked only by whoever looks over several."""
    found: dict[int, dict] = {}
    for name, rows, key in (
        ("units", _units(guideline, user), "pk"),
        ("partners", _partnerships(guideline, user), "partner"),
    ):
        counted = rows.order_by().values("region", place=F("region__name"))
        counted = counted.annotate(
            all=Count(key, distinct=True),
            read=Count(key, distinct=True, filter=_HAS_READ),
        )
        for row in counted:
            region = found.setdefault(row["region"], {"name": row["place"]})
            url = _list_url(guideline, name)
            region[name] = Tally(row["all"], row["read"], url, row["region"])
    return sorted(found.values(), key=lambda each: each["name"])


_HAS_READ = Q(has_read=True)


def _lists(guideline, user):
    lists = {}
    if guideline.is_for_units:
        lists["units"] = _units(guideline, user)
    if guideline.is_for_partners:
        rows = guideline.partners(guideline.partnerships().visible_to(user))
        done = Acknowledgement.objects.of_partners(guideline)
        lists["partners"] = rows.annotate(has_read=Exists(done))
    return lists


def _units(guideline, user):
    done = Acknowledgement.objects.of_units(guideline)
    return guideline.units().visible_to(user).annotate(has_read=Exists(done))


def _partnerships(guideline, user):
    done = Acknowledgement.objects.of_partners(guideline, "partner")
    rows = guideline.partnerships().visible_to(user)
    return rows.annotate(has_read=Exists(done))


def _list_url(guideline, name) -> str:
    return reverse(f"reports:guideline_{name}", args=[guideline.pk])


def in_region(rows, office, guideline: Guideline, user: User):
    """The partners that work with an office or one below it."""
    among = Partnership.objects.under(office)
    among = among.filter(pk__in=guideline.partnerships().visible_to(user).values("pk"))
    return rows.filter(Exists(among.filter(partner=OuterRef("pk"))))

"""A record's day is the day of its office, whoever reads it and wherever."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Case, DateField, Value, When
from django.utils import timezone

from pokmas.offices.models.places import Zone


def office_today(path: str = "office", *, ahead: int = 0, now: datetime | None = None):
    """Today where the office of a row stands, to compare columns of the row with.

    `ahead` is a number of days from then. For most hours it is one day in the whole
    country and costs no join; from 22.00 in Jakarta on it is tomorrow in the east. Of
    an office in hand it is `office.today`.
    """
    return day_at(path, days_of_zones(ahead=ahead, now=now))


def days_of_zones(*, ahead: int = 0, now: datetime | None = None) -> tuple[date, ...]:
    """Today in each zone, in their order."""
    now = now or timezone.now()
    return tuple(
        timezone.localdate(now, ZoneInfo(zone)) + timedelta(days=ahead) for zone in Zone
    )


def day_at(path: str, days: tuple[date, ...]):
    """The one of these days that it is where the office of a row stands."""
    if len(set(days)) == 1:
        return Value(days[0], output_field=DateField())
    return Case(
        *(
            When(**{f"{path}__zone": zone}, then=Value(day))
            for zone, day in zip(Zone, days, strict=True)
        ),
        output_field=DateField(),
    )

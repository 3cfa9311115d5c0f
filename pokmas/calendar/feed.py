"""The calendar as programmes read it (RFC 5545)."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Component
from icalendar.enums import STATUS, TRANSP

from pokmas.calendar.reading import fed
from pokmas.calendar.sources import Event
from pokmas.words import dates

BACK, MONTHS, MOST = 1, 36, 2000
ASK_AGAIN = timedelta(hours=12)


def calendar(user, today: date) -> bytes:
    """From a month back to almost three years ahead, by the clock of each unit."""
    first = dates.months_later(today.replace(day=1), -BACK)
    last = dates.months_later(first, MONTHS) - timedelta(days=1)
    made = Calendar.new(
        prodid="-//Pokmas//Kalender//ID",
        name=_("Kalender Pokmas"),
        uid=f"calendar@{_host()}",
        calscale="GREGORIAN",
        refresh_interval=ASK_AGAIN,
    )
    made["REFRESH-INTERVAL"].params["VALUE"] = "DURATION"
    now = timezone.now()
    for event in fed(user, first, last, MOST):
        made.add_component(_component(event, now))
    made.add_missing_timezones(first, dates.months_later(last, 1))
    return made.to_ical()


def _component(event: Event, now: datetime) -> Component:
    takes_hours = event.starts_at is not None
    told = [event.company, event.office, event.kind.label]
    return Component.new(
        uid=f"{event.uid}@{_host()}",
        stamp=now,
        sequence=event.revision,
        start=event.starts_at or event.day,
        end=event.ends_at or event.day + timedelta(days=1),
        summary=event.title if takes_hours else f"{event.kind.label}: {event.title}",
        description="\n".join(str(line) for line in told if line),
        location=event.place or None,
        url=f"{settings.BASE_URL}{event.url}",
        status=STATUS.CANCELLED if event.kind.is_cancelled else STATUS.CONFIRMED,
        transparency=TRANSP.OPAQUE if takes_hours else TRANSP.TRANSPARENT,
    )


def _host() -> str:
    return settings.BASE_URL.rpartition("/")[2]

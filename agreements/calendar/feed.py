"""The calendar as programmes read it (RFC 5545)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.calendar.events import (
    KINDS,
    Event,
    months_from,
    moved_by,
    of_days,
    words,
)

BACK, MONTHS, MOST = 1, 36, 2000
FOLDED_AT = 74


def calendar(rows: QuerySet, today: date) -> str:
    """From a month back to almost three years ahead."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pokmas//Kerja sama//ID",
        "CALSCALE:GREGORIAN",
        _line("X-WR-CALNAME", _("Kalender kerja sama")),
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ]
    for event in events(rows, today):
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def events(rows: QuerySet, today: date) -> list[Event]:
    """In stretches of months, of which none is longer than a year."""
    first = moved_by(today.replace(day=1), -BACK)
    fed = [kind for kind in KINDS.values() if kind.is_fed]
    found = []
    for start in months_from(first, MONTHS)[::12]:
        last = months_from(start, 13)[-1] - timedelta(days=1)
        found += of_days(rows, start, last, kinds=fed, most=MOST - len(found))
    return found


def _event(event: Event) -> list[str]:
    host = settings.BASE_URL.rpartition("/")[2]
    moment = timezone.now().strftime("%Y%m%dT%H%M%SZ")
    after = event.day + timedelta(days=1)
    return [
        "BEGIN:VEVENT",
        f"UID:{event.kind.name}-{event.pk}-{event.day:%Y%m%d}@{host}",
        f"DTSTAMP:{moment}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        _line("SUMMARY", words(event)),
        _line("DESCRIPTION", f"{event.partner}\n{event.office}"),
        f"URL:{settings.BASE_URL}{event.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _line(name: str, text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return f"{name}:{escaped}".replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """No line is longer than 75 octets, and no letter is cut."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > FOLDED_AT:
            yield piece
            piece = " "
        piece += letter
    yield piece

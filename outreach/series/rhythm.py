"""On which days a series is held: from its first day, for a year at most."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import count, islice, takewhile

from django.db import models
from django.utils.translation import gettext_lazy as _

from pokmas.words import dates

MOST = 104


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("Setiap minggu")
    FORTNIGHTLY = "fortnightly", _("Setiap dua minggu")
    MONTHLY = "monthly", _("Setiap bulan, pada tanggal yang sama")
    WEEKDAY = "weekday", _("Setiap bulan, pada hari yang sama (misalnya Selasa kedua)")
    LISTED = "listed", _("Pada tanggal-tanggal yang saya tulis")


def last_day_for(first: date) -> date:
    """A series lasts a year at most."""
    return dates.months_later(first, 12)


def days_of(
    rhythm: str,
    first: date,
    *,
    until: date | None = None,
    times: int | None = None,
    listed: Iterable[date] = (),
) -> list[date]:
    """Its days in order; a month too short for the day is held on its last one."""
    last = min(filter(None, [until, last_day_for(first)]))
    every = sorted({first, *listed}) if rhythm == Rhythm.LISTED else _on(rhythm, first)
    fitting = takewhile(lambda day: day <= last, every)
    return list(islice(fitting, min(times or MOST, MOST)))


def is_moved_up(rhythm: str, first: date, day: date) -> bool:
    """Whether the month of `day` has no such day, so that its last one stands in."""
    if rhythm == Rhythm.MONTHLY:
        return day.day != first.day
    return rhythm == Rhythm.WEEKDAY and _week(day) != _week(first)


def _on(rhythm: str, first: date) -> Iterator[date]:
    for step in count():
        match rhythm:
            case Rhythm.WEEKLY:
                yield first + timedelta(weeks=step)
            case Rhythm.FORTNIGHTLY:
                yield first + timedelta(weeks=2 * step)
            case Rhythm.MONTHLY:
                yield dates.months_later(first, step)
            case _:
                yield _weekday_in(dates.months_later(first.replace(day=1), step), first)


def _weekday_in(month: date, first: date) -> date:
    """The weekday of `first`, as many weeks into the month, or its last one."""
    days = (first.weekday() - month.weekday()) % 7
    day = month + timedelta(days=days, weeks=_week(first))
    return day if day.month == month.month else day - timedelta(weeks=1)


def _week(day: date) -> int:
    return (day.day - 1) // 7

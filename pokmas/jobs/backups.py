"""What is known of backups: who makes one says so, PostgreSQL tells of its archive."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from pokmas.jobs.models import Heartbeat

GOOD, FAILED = "backup", "backup_failed"
# Copies of the documents beside it, and since when databases are kept.
DOCUMENTS, OLDEST = "backup_documents", "backup_oldest"
# A day, and time enough for a large one.
LATE = timedelta(hours=36)
# What is away for less than that is made up for by itself.
STUCK = timedelta(minutes=15)
BEHIND = timedelta(hours=1)


def note(part: str) -> None:
    Heartbeat.objects.update_or_create(part=part, defaults={"at": timezone.now()})


def noted() -> dict[str, datetime]:
    """When each part last gave a sign of life; backups among them."""
    return dict(Heartbeat.objects.values_list("part", "at"))


def has_failed(at: dict[str, datetime]) -> bool:
    """The newest one did."""
    return FAILED in at and (GOOD not in at or at[FAILED] > at[GOOD])


def is_behind(at: dict[str, datetime], now: datetime) -> bool:
    """The documents are copied, and it did not come about for a while."""
    return DOCUMENTS in at and now - at[DOCUMENTS] > BEHIND


@dataclass(frozen=True)
class Known:
    """Whether PostgreSQL archives, until when, and fails now; and what is noted."""

    archives: bool
    until: datetime | None
    fails: bool
    at: dict[str, datetime]


def known() -> Known:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('archive_mode') <> 'off', last_archived_time, "
            "coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), "
            "false), ARRAY(SELECT part FROM jobs_heartbeat ORDER BY part), "
            "ARRAY(SELECT at FROM jobs_heartbeat ORDER BY part) FROM pg_stat_archiver"
        )
        archives, until, fails, parts, moments = cursor.fetchone()
    return Known(archives, until, fails, dict(zip(parts, moments, strict=True)))


def is_stuck(until: datetime | None, fails: bool, now: datetime) -> bool:
    return fails and (until is None or now - until > STUCK)


def trouble(now: datetime) -> str:
    """A key that stays the same while something is wrong; "" if nothing is.

    A first look has nothing to lose.
    """
    found = known()
    at, good = found.at, found.at.get(GOOD)
    if is_stuck(found.until, found.fails, now):
        return f"archive:{found.until}"
    if has_failed(at):
        return f"failed:{good}"
    if is_behind(at, now):
        return f"documents:{at[DOCUMENTS]}"
    if good is None:
        return "" if settings.FIRST_LOOK else "never"
    return f"late:{good}" if now - good > LATE else ""

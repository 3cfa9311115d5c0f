"""The clock. Any number of beats may run: each entry is sent once a turn."""

import logging
from datetime import UTC, datetime

from celery.beat import Scheduler
from celery.schedules import crontab
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from pokmas.jobs.models import Heartbeat, ScheduledRun

logger = logging.getLogger(__name__)

LOCK = 0x706F6B6D  # one number for all beats of a database
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class SharedScheduler(Scheduler):
    """A scheduler that keeps its memory in the database, behind an advisory lock.

    Each tick reads when every entry was last sent, sends those that are due and notes
    it, all under the lock. So a second beat finds nothing left to send, takes over
    when the first one dies, and a turn missed while none ran is made up for.
    """

    max_interval = 5

    def install_default_entries(self, data):
        """None: there are no stored results to clean up."""

    def tick(self, *args, **kwargs) -> float:
        """Send what is due; returns how long to wait until the next tick."""
        try:
            with transaction.atomic():
                return self._turn() if _locked() else 1
        except (OperationalError, InterfaceError) as error:
            logger.warning("The database is away, the clock waits: %s", error)
            connection.close()
            return self.max_interval

    def _turn(self) -> float:
        Heartbeat.objects.update_or_create(part="beat", defaults={"at": timezone.now()})
        ran = dict(ScheduledRun.objects.values_list("name", "ran_at"))
        wait = self.max_interval
        for name, entry in self.schedule.items():
            entry.last_run_at = ran.get(name) or self._first(entry)
            due, seconds = entry.is_due()
            if due and not self._send(entry):
                break  # the broker is away; nothing is noted, so nothing is missed
            if due or name not in ran:
                ScheduledRun.objects.update_or_create(
                    name=name, defaults={"ran_at": timezone.now()}
                )
            wait = min(wait, seconds)
        return max(wait, 0.1)

    def _first(self, entry):
        """A new entry: at once if it runs all the time, else at its hour."""
        daily = isinstance(entry.schedule, crontab)
        return timezone.now() if daily else NEVER

    def _send(self, entry) -> bool:
        try:
            self.app.tasks[entry.task].apply_async(
                entry.args, entry.kwargs, **entry.options
            )
        except (BrokerError, RedisError, OSError) as error:
            logger.warning("The broker is away, %s waits: %s", entry.name, error)
            return False
        return True


def _locked() -> bool:
    """Take the lock until the transaction ends, unless another beat has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]

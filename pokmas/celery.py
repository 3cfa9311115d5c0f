"""The Celery application: `celery -A pokmas.celery`, its tasks' base and timetable."""

import functools
import os

from celery import Celery
from celery.contrib.django.task import DjangoTask
from celery.schedules import crontab
from django.conf import settings
from django.db import transaction
from kombu import Queue

from pokmas.server.outage import DATABASE_LOST

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pokmas.settings")


class PatientTask(DjangoTask):
    """What every task is: it outlives a database restart instead of being lost in it.

    With acks_late a task that fails is acknowledged all the same, so without these
    retries one restart would empty the queue.
    """

    autoretry_for = DATABASE_LOST
    max_retries = None
    retry_backoff = True
    retry_backoff_max = 30
    retry_jitter = True

    def delay_on_commit(self, *args, **kwargs) -> None:
        """Send it after the commit; without a broker the clock must see to it."""
        send = functools.partial(self.delay, *args, **kwargs)
        transaction.on_commit(send, robust=True)


app = Celery("pokmas", set_as_current=True, task_cls=PatientTask)
app.config_from_object(settings.CELERY)
# A worker that is not told its queues serves all of them.
app.conf.task_queues = [Queue(name) for name in ("default", "pdf", "notify")]
app.conf.task_routes = {"pokmas.notices.tasks.send_*": {"queue": "notify"}}
app.conf.beat_scheduler = "pokmas.jobs.beat:SharedScheduler"


MINUTE, HOUR = 60, 3600


def _every(task: str, *, seconds: int) -> dict:
    """Run `task` so often; what a worker did not take in time is not piled up."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


def _hourly(task: str, *, minute: int) -> dict:
    at = crontab(minute=minute)
    return {"task": task, "schedule": at, "options": {"expires": HOUR}}


def _daily(task: str, *, hour: int, minute: int = 0) -> dict:
    """Run `task` once a day at an hour of Jakarta (UTC+7 the whole year)."""
    at = crontab(hour=(hour - 7) % 24, minute=minute)
    return {"task": task, "schedule": at, "options": {"expires": 12 * 60 * 60}}


TIMETABLE = [
    _every("pokmas.jobs.tasks.sweep_jobs", seconds=30),
    _every("pokmas.jobs.tasks.worker_alive", seconds=30),
    _every("pokmas.notices.tasks.send_due_notices", seconds=MINUTE),
    _every("pokmas.notices.tasks.send_due_digests", seconds=10 * MINUTE),
    _every("pokmas.audit.tasks.seal_trail", seconds=10 * MINUTE),
    _daily("pokmas.audit.tasks.check_nightly", hour=2),
    _every("pokmas.audit.tasks.send_head", seconds=10 * MINUTE),
    # Soon after midnight in each of the three zones, and again if that was missed.
    _hourly("pokmas.offices.tasks.apply_due_changes", minute=5),
    _hourly("agreements.warnings.tasks.warn_of_ends", minute=10),
    _every("agreements.archive.tasks.read_scans", seconds=10 * MINUTE),
    _hourly("agreements.calendar.tasks.remind_of_months", minute=15),
    _every("outreach.told.tasks.tell_of_moves", seconds=MINUTE),
    _every("reports.guidelines.tasks.tell_readers", seconds=MINUTE),
    _hourly("reports.monthly.tasks.open_owed", minute=20),
    _every("reports.tallies.tasks.fold", seconds=MINUTE),
    _daily("reports.tallies.tasks.check", hour=1),
    _daily("reports.obligations.tasks.tell_of_due", hour=6, minute=50),
    _daily("reports.home.tasks.tell_weekly", hour=7, minute=10),
    _every("pokmas.documents.tasks.rescan", seconds=5 * MINUTE),
    _hourly("pokmas.documents.tasks.sweep", minute=35),
    _every("pokmas.notices.tasks.watch_the_trail", seconds=HOUR),
    _every("pokmas.notices.tasks.watch_the_backups", seconds=HOUR),
    _every("pokmas.notices.tasks.tell_of_infected_files", seconds=5 * MINUTE),
    _every("pokmas.notices.tasks.tell_of_office_changes", seconds=5 * MINUTE),
    _daily("pokmas.notices.tasks.tell_of_late_turns", hour=6),
    _daily("partners.renewal.tasks.tell_of_ends", hour=6, minute=10),
    _daily("partners.terms.tasks.tell_of_ends", hour=6, minute=20),
    _daily("agreements.parties.tasks.tell_of_gaps", hour=6, minute=30),
    _daily("agreements.parties.tasks.tell_of_gone_heads", hour=6, minute=35),
    _daily("partners.registry.tasks.tell_of_lapsing_papers", hour=7),
    _daily("pokmas.accounts.tasks.clear_sessions", hour=3),
    _daily("partners.volunteers.tasks.purge_niks", hour=3, minute=30),
    _daily("outreach.ambassadors.tasks.tell_of_days", hour=6, minute=40),
    _daily("outreach.ambassadors.tasks.forget_phones", hour=3, minute=40),
    _daily("pokmas.imports.tasks.sweep", hour=4),
    _daily("pokmas.jobs.tasks.purge_jobs", hour=4),
    _hourly("pokmas.coordination.tasks.follow_tasks", minute=35),
]
app.conf.beat_schedule = {entry["task"]: entry for entry in TIMETABLE}

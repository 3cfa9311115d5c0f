"""Enqueue, claim, advance, finish: each job runs once, whatever dies meanwhile."""

import logging
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pghistory
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection, models, transaction
from django.db.models import Exists, Max, Min, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.jobs.models import Job, JobQuerySet
from pokmas.server import replica
from pokmas.server.outage import DATABASE_LOST, why_no_room, why_no_store

logger = logging.getLogger(__name__)

# A job is rung at its birth; the sweeper gives that bell a moment.
PATIENCE = timedelta(seconds=20)
# How long a job waits that could keep no file; the sweeper rings for it then.
UNTIL_ROOM = timedelta(minutes=1)
# How long the row of a finished job is kept; a failed one stays.
KEPT_FOR = timedelta(days=365)
PURGED_AT_ONCE = 5000
OPEN = [Job.State.QUEUED, Job.State.RUNNING]
STOPPED = _("Dibatalkan oleh %(who)s.")


@dataclass(frozen=True)
class Handler:
    """What a job of one kind does, in which queue, and how people call it."""

    function: Callable
    queue: str
    label: str | Promise


# kind → handler; filled by the @job decorator in each app's tasks.py.
HANDLERS: dict[str, Handler] = {}


class JobFailed(Exception):
    """Raised by a handler when trying again would not help; its text is shown."""


class StoreAway(Exception):
    """Files cannot be kept, as its text says; the job goes on by itself afterwards."""


class LeaseLost(Exception):
    """Another worker took the job over; this one stops without a trace."""


def job(kind: str, *, label: str | Promise = "", queue: str = "default"):
    """Register a function `(Claim) -> None` as what a job of `kind` does."""

    def register(function):
        HANDLERS[kind] = Handler(function, queue, label or kind)
        return function

    return register


def label_of(kind: str) -> str:
    """What people read instead of `reports.monthly`."""
    return str(HANDLERS[kind].label) if kind in HANDLERS else kind


def kinds() -> dict[str, str]:
    """The kinds of work there are, and what people call them."""
    return {kind: handler.label for kind, handler in sorted(HANDLERS.items())}


@transaction.atomic
def enqueue(
    kind: str,
    *,
    key: str,
    payload: dict | None = None,
    by: User | None = None,
    due_at=None,
    url: str = "",
) -> Job:
    """The job with this key: made now, or the one that was already asked for.

    A failed one is taken up again. Rings the bell once the transaction is committed.
    `url` is the page where the result is seen.
    """
    row, created = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "queue": HANDLERS[kind].queue,
            "payload": payload or {},
            "requested_by": by,
            "assignment": by.acting if by is not None else None,
            "due_at": due_at or timezone.now(),
            "turn": partial(_turn, HANDLERS[kind].queue, by),
            "url": url,
        },
    )
    if not created and row.can_be_retried:
        return retry(row, by=by)
    if row.is_open and row.due_at <= timezone.now():
        transaction.on_commit(lambda: ring(row))
    return row


def _turn(queue: str, by: User | None) -> int:
    """That of whoever is served now, or behind the last job of the same office."""
    office = by.acting.office_id if by is not None and by.acting else None
    own = Q(assignment__office=office) if office else Q(assignment=None)
    waiting = Job.objects.filter(queue=queue, state__in=OPEN)
    turns = waiting.aggregate(now=Min("turn"), last=Max("turn", filter=own))
    now = turns["now"] or 0
    return now if turns["last"] is None else max(now, turns["last"] + 1)


@transaction.atomic
def stop(row: Job, *, by: User) -> None:
    """Whoever asked for it does not want it any more; a worker that holds it stores
    nothing."""
    row = Job.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.requested_by_id != by.pk:
        raise ValidationError(_("Hanya yang memintanya yang dapat membatalkan."))
    if not row.can_be_stopped:
        raise ValidationError(_("Pekerjaan ini tidak dapat dibatalkan lagi."))
    Entry.record(by, "job.stopped", row, kind=row.kind)
    row.state, row.reason = Job.State.STOPPED, str(STOPPED % {"who": by})
    row.lease = row.leased_until = None
    row.step, row.finished_at = "", timezone.now()
    row.save()


@transaction.atomic
def retry(row: Job, *, by: User | None) -> Job:
    """Take a failed job up again."""
    row = Job.objects.select_for_update().get(pk=row.pk)
    if not row.can_be_retried:
        raise ValidationError(_("Pekerjaan ini tidak sedang gagal."))
    Entry.record(by, "job.retried", row, kind=row.kind, reason=row.reason)
    row.state, row.attempt, row.percent = Job.State.QUEUED, 0, 0
    row.reason = row.step = ""
    row.due_at, row.finished_at = timezone.now(), None
    row.save()
    transaction.on_commit(lambda: ring(row))
    return row


def ring(row: Job, *, countdown: float | None = None) -> bool:
    """Tell a worker. If the broker does not answer, the sweeper rings later."""
    from pokmas.jobs.tasks import run_job  # tasks call services

    try:
        run_job.apply_async([row.pk], queue=row.queue, countdown=countdown)
    except (BrokerError, RedisError, OSError) as error:
        logger.warning("The broker cannot be reached, job %s waits: %s", row.pk, error)
        return False
    return True


def sweep() -> int:
    """Ring again for every job that waits or was left behind; returns how many."""
    now = timezone.now()
    just_rung = Q(state=Job.State.QUEUED, due_at__gt=now - PATIENCE)
    late = Job.objects.claimable(now).exclude(just_rung)
    rung = 0
    for row in late.order_by("due_at")[:500]:
        if not ring(row):
            break
        rung += 1
    return rung


def purge() -> int:
    """Remove the rows of jobs done long ago that no record points at; how many."""
    old = Job.objects.filter(
        state=Job.State.DONE, finished_at__lt=timezone.now() - KEPT_FOR
    )
    for field in _fields_that_hold_jobs():
        rows = field.model._base_manager.filter(**{field.name: OuterRef("pk")})
        old = old.exclude(Exists(rows))
    ids = list(old.order_by("pk").values_list("pk", flat=True)[:PURGED_AT_ONCE])
    return Job.objects.filter(pk__in=ids).delete()[0]


def _fields_that_hold_jobs() -> list[models.ForeignKey]:
    """Histories name jobs too, but only as a number."""
    return [
        relation.field
        for relation in Job._meta.get_fields(include_hidden=True)
        if relation.one_to_many and relation.field.db_constraint
    ]


class Claim:
    """A job held by this worker. The lease is renewed while the work goes on."""

    def __init__(self, row: Job):
        self.row = row
        self.payload = row.payload

    @property
    def requested_by(self) -> User | None:
        """Who asked, acting as he did when he asked."""
        user = self.row.requested_by
        if user is not None:
            user.acting = self.row.assignment
        return user

    def advance(self, percent: int, step: str | Promise = "") -> None:
        """Say how far the work is; raises LeaseLost if another worker has it.

        Call it outside of transactions, or nobody sees it before the commit.
        """
        held = Job.objects.filter(pk=self.row.pk, lease=self.row.lease).update(
            percent=min(percent, 99), step=str(step)[:120], leased_until=_lease_end()
        )
        if not held:
            raise LeaseLost

    def hold(self) -> None:
        """Lock the job until the transaction ends.

        Call it first in the transaction that stores the result: a worker that lost
        its lease then stores nothing.
        """
        held = (
            Job.objects.select_for_update()
            .filter(pk=self.row.pk, lease=self.row.lease, state=Job.State.RUNNING)
            .first()
        )
        if held is None:
            raise LeaseLost

    def finish(self, *, url: str = "") -> None:
        """Mark the job done; inside the transaction that stores the result."""
        self.hold()
        Job.objects.filter(pk=self.row.pk).update(
            state=Job.State.DONE,
            percent=100,
            step="",
            reason="",
            lease=None,
            leased_until=None,
            finished_at=timezone.now(),
            url=url or self.row.url,
        )


def run(job_id: int) -> None:
    """Claim the job and do it. Running it twice, or twice at once, is harmless."""
    if row := _claim(Job.objects.filter(pk=job_id)):
        _run(row)


def answer(job_id: int) -> None:
    """A bell was rung for that job: whoever is first in its queue is served."""
    queue = Job.objects.filter(pk=job_id).values("queue")
    if row := _claim(Job.objects.filter(queue__in=queue).in_turn()):
        _run(row)


def _run(row: Job) -> None:
    claim = Claim(row)
    stop = _keep_lease(row)
    try:
        with pghistory.context(user=row.requested_by_id, job=row.pk):
            _do(claim)
    except StoreAway as why:
        logger.exception("Job %s (%s) waits for the store of files", row.pk, row.kind)
        _put_off(row, str(why))
    except LeaseLost:
        logger.info("Job %s was taken over by another worker", row.pk)
    except JobFailed as error:
        _fail(row, str(error), final=True)
    except ValidationError as error:
        _fail(row, " ".join(error.messages), final=True)
    except SoftTimeLimitExceeded:
        logger.exception("Job %s (%s) took too long", row.pk, row.kind)
        _fail(row, _("Pekerjaan melampaui batas waktu."))
    except DATABASE_LOST:
        # Given back if the database answers again; else the lease runs out by itself.
        logger.exception("Job %s (%s) lost the database", row.pk, row.kind)
        close_old_connections()
        _fail(row, _("Basis data sempat tidak menjawab."))
    except Exception as error:
        logger.exception("Job %s (%s) failed", row.pk, row.kind)
        _fail(
            row,
            _(
                "Terjadi galat di sistem (%(error)s). Rinciannya ada di catatan "
                "sistem, pekerjaan nomor %(number)s."
            )
            % {"error": type(error).__name__, "number": row.pk},
        )
    finally:
        stop.set()
    replica.remember(row.requested_by_id)


def _do(claim: Claim) -> None:
    """Run the handler; finish the job unless the handler did so itself."""
    try:
        HANDLERS[claim.row.kind].function(claim)
    except (JobFailed, LeaseLost):
        raise
    except Exception as error:
        if why := why_no_store(error) or why_no_room():
            raise StoreAway(why) from error
        raise
    with transaction.atomic():
        if Job.objects.filter(pk=claim.row.pk, lease=claim.row.lease).exists():
            claim.finish()


def _lease_end():
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


@transaction.atomic
def _claim(rows: JobQuerySet) -> Job | None:
    """The first of them that is to be done."""
    now = timezone.now()
    row = rows.claimable(now).select_for_update(skip_locked=True).first()
    if row is None:
        return None
    if row.attempt >= row.attempts_allowed:
        _fail(
            row,
            _("Pekerjaan terhenti %(count)d kali tanpa selesai.")
            % {"count": row.attempt},
            final=True,
        )
        return None
    row.state, row.lease = Job.State.RUNNING, uuid.uuid4()
    row.leased_until, row.started_at = _lease_end(), now
    row.attempt += 1
    row.percent, row.step = 0, ""
    row.save(
        update_fields=[
            *("state", "lease", "leased_until", "started_at"),
            *("attempt", "percent", "step"),
        ]
    )
    return row


def _keep_lease(row: Job) -> threading.Event:
    """Renew the lease from a thread of its own while the handler works."""
    stop = threading.Event()

    def renew():
        try:
            while not stop.wait(settings.JOB_LEASE_SECONDS / 4):
                try:
                    Job.objects.filter(pk=row.pk, lease=row.lease).update(
                        leased_until=_lease_end()
                    )
                except DATABASE_LOST:
                    connection.close()
        finally:
            connection.close()

    threading.Thread(target=renew, daemon=True).start()
    return stop


def _put_off(row: Job, why: str) -> None:
    """Give the job back to be tried a little later; that was no attempt."""
    Job.objects.filter(pk=row.pk, lease=row.lease).update(
        state=Job.State.QUEUED,
        attempt=row.attempt - 1,
        reason=_("%(why)s Dilanjutkan sendiri sesudahnya.") % {"why": why},
        lease=None,
        leased_until=None,
        due_at=timezone.now() + UNTIL_ROOM,
    )


def _fail(row: Job, reason: str | Promise, *, final: bool = False) -> None:
    """Try again a little later, or give up and say why."""
    again = not final and row.attempt < row.attempts_allowed
    pause = 2**row.attempt if again else 0
    Job.objects.filter(pk=row.pk, lease=row.lease).update(
        state=Job.State.QUEUED if again else Job.State.FAILED,
        reason=str(reason)[:2000],
        lease=None,
        leased_until=None,
        due_at=timezone.now() + timedelta(seconds=pause),
        finished_at=None if again else timezone.now(),
    )
    if again:
        transaction.on_commit(lambda: ring(row, countdown=pause + 1))

"""Has the trail checked against its seals: the whole of it, or a part every night.

A check is a row that goes from seal to seal: each portion is a short transaction with a
time limit of its own, and says how far it came. So a check of any size is done by tasks
that are short, and what a killed worker leaves behind the next one takes up.
"""

import logging
import time
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet, Sum, Window
from django.utils import timezone

from pokmas.accounts.models import User
from pokmas.audit import checking, tasks, witnesses
from pokmas.audit.models import Entry, Inspection, Seal

logger = logging.getLogger(__name__)

# A round of the nights is to take so many, unless the whole is little enough for one.
NIGHTS = 30
LITTLE = 100_000
# What it costs to read a seal, in rows.
SEAL_WEIGHT = 50
# Seconds for a portion, and for all portions of one task: workers are cut off at 240.
PORTION_SECONDS, TASK_SECONDS = 30, 100
# After which somebody must hear that the nights do not come round.
NIGHT_OVERDUE, ROUND_OVERDUE = timedelta(days=2), timedelta(days=45)


@transaction.atomic
def ask_for_inspection(*, by: User) -> Inspection:
    """Have the whole trail checked in the background; one that still waits will do."""
    waiting = Inspection.objects.filter(finished_at=None).first()
    if waiting is not None:
        return waiting
    last = _newest_seal()
    inspection = Inspection.objects.create(
        requested_by=by, slice_until=last, newest_after=last, until=last
    )
    Entry.record(by, "trail.inspected")
    tasks.check_when_asked.delay_on_commit()
    return inspection


@transaction.atomic
def begin_night() -> Inspection:
    """Have the next slice checked, and what was sealed since the last night."""
    waiting = Inspection.objects.filter(finished_at=None).first()
    if waiting is not None:
        return waiting
    last = Inspection.objects.newest() or Inspection()
    begins = last.ends_round
    until = _newest_seal()
    first_after = 0 if begins else last.slice_until
    slice_until = _end_of_slice(first_after, until)
    return Inspection.objects.create(
        first_after=first_after,
        slice_until=slice_until,
        newest_after=max(last.until, slice_until),
        until=until,
        position=first_after,
        round_began_at=timezone.now() if begins else last.round_began_at,
    )


def check_now(heads: list[str]) -> tuple[checking.Result, list[str]]:
    """Check the whole at once; and which heads from outside are not in the chain.

    It counts as what the portal knows of its trail, unless only such a head is missing,
    which may also be one that was typed wrong.
    """
    last = _newest_seal()
    result, missing = checking.check(), witnesses.missing(heads)
    if missing and result.is_intact:
        return result, missing
    Inspection.objects.create(
        finished_at=timezone.now(),
        slice_until=last,
        newest_after=last,
        until=last,
        position=last,
        seals=result.seals,
        rows=result.rows,
        unsealed=result.unsealed,
        faults=[asdict(fault) for fault in result.faults],
        head=_head(last),
    )
    return result, missing


def inspect_what_waits() -> None:
    """Do the checks asked for, as far as one task may; what is left is for the next."""
    until = time.monotonic() + TASK_SECONDS
    while _check_portion():
        if time.monotonic() > until:
            tasks.check_when_asked.delay_on_commit()
            return


def overdue(last: Inspection | None, now: datetime) -> str:
    """What is late, as a key that stays the same while it is; empty if nothing is.

    Late is a night that did not come to its end, or a round that goes on for too long.
    """
    if last is None:
        late = Seal.objects.filter(sealed_at__lt=now - NIGHT_OVERDUE).exists()
        return "first" if late else ""
    if now - last.finished_at > NIGHT_OVERDUE:
        return f"night:{last.pk}"
    if not last.ends_round and now - last.round_began_at > ROUND_OVERDUE:
        return f"round:{last.round_began_at:%Y-%m-%d}"
    return ""


def _newest_seal() -> int:
    return Seal.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _end_of_slice(after: int, until: int) -> int:
    """The seal that fills one night's share of all there is to check."""
    weight = F("count") + SEAL_WEIGHT
    seals = Seal.objects.filter(pk__lte=until)
    whole = seals.aggregate(weight=Sum(weight))["weight"] or 0
    summed = seals.filter(pk__gt=after).annotate(
        weight=Window(Sum(weight), order_by="pk")
    )
    full = summed.filter(weight__gte=max(whole / NIGHTS, LITTLE)).order_by("pk")
    return full.values_list("pk", flat=True).first() or until


@transaction.atomic
def _check_portion() -> bool:
    """Check the next seals of what waits; two workers never do the same ones."""
    waiting = Inspection.objects.select_for_update(skip_locked=True)
    inspection = waiting.filter(finished_at=None).order_by("pk").first()
    if inspection is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{PORTION_SECONDS}s'")
    result = checking.Result(
        seals=inspection.seals,
        rows=inspection.rows,
        faults=[checking.Fault(**fault) for fault in inspection.faults],
    )
    if seals := list(_next_seals(inspection)[: checking.PORTION]):
        checking.compare(seals, result)
        inspection.position = seals[-1].pk
    else:
        _finish(inspection, result)
    inspection.seals, inspection.rows = result.seals, result.rows
    inspection.faults = [asdict(fault) for fault in result.faults]
    inspection.save()
    return True


def _next_seals(inspection: Inspection) -> QuerySet[Seal]:
    """Those that follow the last one checked: of the slice, then of the newest."""
    after, until = inspection.position, inspection.slice_until
    if after >= until:
        after, until = max(after, inspection.newest_after), inspection.until
    return Seal.objects.filter(pk__gt=after, pk__lte=until).order_by("pk")


def _head(until: int) -> str:
    head = Seal.objects.filter(pk__lte=until).order_by("-pk").first()
    return bytes(head.digest).hex() if head else ""


def _finish(inspection: Inspection, result: checking.Result) -> None:
    result.note(checking.faults_of_heads())
    inspection.unsealed = checking.count_unsealed()
    inspection.head = _head(inspection.until)
    inspection.finished_at = timezone.now()
    if result.is_intact:
        logger.info("The audit trail is intact; its head is %s", inspection.head)
    else:
        logger.critical("The audit trail was tampered with: %s", result.faults)

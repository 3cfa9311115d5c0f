"""Note who read what and who was refused, tell a record's history, check the trail."""

import hashlib
import logging

from django.core.cache import cache
from django.db import models, transaction
from django.utils import timezone

from pokmas.accounts.models import User
from pokmas.audit import chain, tasks
from pokmas.audit.models import Entry, Inspection
from pokmas.audit.moments import timeline

__all__ = [
    "ask_for_inspection",
    "head",
    "inspect_what_waits",
    "note_denial",
    "note_reading",
    "timeline",
]

logger = logging.getLogger(__name__)

# Seconds after which the same reading is noted once more.
READING_COUNTS_AGAIN = 600
DENIALS_AN_HOUR = 30


def note_reading(by: User, record: models.Model, *fields: str) -> None:
    """Note that `by` saw protected data of the record; once in ten minutes."""
    seen = f"viewed:{by.pk}:{record._meta.label_lower}:{record.pk}"
    if cache.add(seen, 1, READING_COUNTS_AGAIN):
        action = f"{record._meta.model_name}.viewed"
        Entry.record(by, action, record, fields=list(fields))


def note_denial(by: User, *, method: str, path: str) -> None:
    """Note a refused page: each once in ten minutes, and not without end."""
    page = hashlib.sha256(f"{method} {path}".encode()).hexdigest()
    if not cache.add(f"denied:{by.pk}:{page}", 1, 600):
        return
    hour = f"denials:{by.pk}:{timezone.now():%Y%m%d%H}"
    count = cache.get(hour, 0) + 1
    cache.set(hour, count, 3600)
    if count <= DENIALS_AN_HOUR:
        Entry.record(by, "access.denied", method=method, path=path[:200])


@transaction.atomic
def ask_for_inspection(*, by: User | None) -> Inspection:
    """Have the trail checked in the background; one that still waits will do."""
    waiting = Inspection.objects.filter(finished_at=None).first()
    if waiting is not None:
        return waiting
    inspection = Inspection.objects.create(requested_by=by)
    if by is not None:
        Entry.record(by, "trail.inspected")
    tasks.check_when_asked.delay_on_commit()
    return inspection


def inspect_what_waits() -> int:
    """Do the inspections asked for; two workers never do the same one."""
    done = 0
    while _inspect_next():
        done += 1
    return done


@transaction.atomic
def _inspect_next() -> bool:
    inspection = (
        Inspection.objects.select_for_update(skip_locked=True)
        .filter(finished_at=None)
        .order_by("pk")
        .first()
    )
    if inspection is None:
        return False
    result = chain.check()
    inspection.seals, inspection.rows = result.seals, result.rows
    inspection.unsealed = result.unsealed
    inspection.faults = chain.as_json(result.faults)
    inspection.head = result.head.hex() if result.seals else ""
    inspection.finished_at = timezone.now()
    inspection.save()
    if result.is_intact:
        logger.info("The audit trail is intact; its head is %s", inspection.head)
    else:
        logger.critical("The audit trail was tampered with: %s", inspection.faults)
    return True


def head() -> str:
    """The digest of the newest seal, to be printed on papers as a witness."""
    seal = chain.newest()
    return bytes(seal.digest).hex() if seal else ""

"""Note who read what and who was refused, tell a record's history, check the trail."""

import hashlib

from django.core.cache import cache
from django.db import models
from django.utils import timezone

from pokmas.accounts.models import User
from pokmas.audit import chain
from pokmas.audit.inspections import (
    ask_for_inspection,
    begin_night,
    inspect_what_waits,
    overdue,
)
from pokmas.audit.models import Entry
from pokmas.audit.moments import timeline

__all__ = [
    "ask_for_inspection",
    "begin_night",
    "head",
    "inspect_what_waits",
    "note_denial",
    "note_reading",
    "overdue",
    "timeline",
]

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


def head() -> str:
    """The digest of the newest seal, to be printed on papers as a witness."""
    seal = chain.newest()
    return bytes(seal.digest).hex() if seal else ""

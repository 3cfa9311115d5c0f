"""The list of activity types, kept by headquarters."""

from django.db import transaction
from django.utils.text import slugify

from outreach.models import ActivityType
from pokmas.accounts.models import User
from pokmas.audit.models import Entry


@transaction.atomic
def create(kind: ActivityType, *, by: User) -> ActivityType:
    kind.code = _free_code(kind.name)
    kind.validate_constraints()
    made = kind.save_new(by)
    if made is kind:
        Entry.record(by, "activitytype.created", kind)
    return made


@transaction.atomic
def change(kind: ActivityType, *, revision: int, by: User) -> None:
    kind.validate_constraints()
    kind.save_edit(revision, ["name", "is_internal"])
    Entry.record(by, "activitytype.changed", kind)


@transaction.atomic
def archive(kind: ActivityType, *, by: User) -> None:
    """Offer the type no longer; activities recorded with it keep it."""
    _use(kind, False, "archived", by)


@transaction.atomic
def restore(kind: ActivityType, *, by: User) -> None:
    _use(kind, True, "restored", by)


def _use(kind, is_active, verb, by):
    kind.refresh_from_db(from_queryset=ActivityType.objects.select_for_update())
    if kind.is_active == is_active:
        return
    kind.is_active = is_active
    kind.save(update_fields=["is_active"])
    Entry.record(by, f"activitytype.{verb}", kind)


def _free_code(name: str) -> str:
    """A code made of the name, with the next free number if it is taken."""
    stem = slugify(name).replace("-", "_")[:36] or "type"
    taken = ActivityType.objects.filter(code__startswith=stem)
    taken = set(taken.values_list("code", flat=True))
    numbered = (f"{stem}_{number}" for number in range(2, 1000))
    return next(code for code in (stem, *numbered) if code not in taken)

"""What headquarters does with a row of a list."""

from django.db import transaction

from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.records.guarded import Record
from pokmas.reference.models import Reference


@transaction.atomic
def create(row: Record, *, by: User) -> Record:
    """Add a row; the same form sent twice gives the same row."""
    row.full_clean(exclude=["submission_key"])
    made = row.save_new(by)
    if made is row:
        _note(by, "created", row)
    return made


@transaction.atomic
def change(row: Reference, *, revision: int, fields: list[str], by: User) -> None:
    row.full_clean()
    row.refuse_change(type(row).objects.select_for_update().get(pk=row.pk))
    row.save_edit(revision, fields)
    _note(by, "changed", row)


@transaction.atomic
def archive(row: Reference, *, by: User) -> None:
    """Offer it no longer; the records that name it keep it."""
    _use(row, False, by)


@transaction.atomic
def restore(row: Reference, *, by: User) -> None:
    _use(row, True, by)


def _use(row, is_active, by):
    row.refresh_from_db(from_queryset=type(row).objects.select_for_update())
    if row.is_active == is_active:
        return
    if not is_active:
        row.refuse_archiving()
    row.is_active = is_active
    row.save(update_fields=["is_active"])
    _note(by, "restored" if is_active else "archived", row)


def _note(by, verb, row):
    Entry.record(by, f"{row._meta.model_name}.{verb}", row, name=str(row))

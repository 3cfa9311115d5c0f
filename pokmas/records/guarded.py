"""What every record that people edit has: who made it, and two guards on its forms."""

import uuid
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.records.constraints import Constrained
from pokmas.words import dates
from pokmas.words.identity import spaced_nip


class StaleRecord(ValidationError):
    """Somebody else changed the record after the form was opened."""


class Guarded(Constrained):
    """A row with a revision against stale forms and a key against double submits."""

    revision = models.PositiveIntegerField(default=0, editable=False)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True

    def save_edit(self, revision, fields):
        """Save `fields` if the row is still at `revision`; else refuse.

        Call it inside the transaction. Raises StaleRecord when somebody was faster.
        """
        values = {name: getattr(self, name) for name in fields}
        saved = (
            type(self)
            ._base_manager.filter(pk=self.pk, revision=revision)
            .update(revision=models.F("revision") + 1, **values)
        )
        if not saved:
            raise StaleRecord(
                _(
                    "Data ini sudah diubah orang lain sejak Anda membukanya. "
                    "Isian Anda masih ada di bawah; bandingkan dengan data terbaru, "
                    "lalu simpan lagi."
                ),
                code="stale",
            )
        self.revision = revision + 1

    def touch(self):
        """Count a change of what belongs to this row, though its columns stay."""
        self.revision += 1
        self.save(update_fields=["revision"])


class Record(Guarded):
    """A guarded row that says when it was made, and by whom."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )

    class Meta:
        abstract = True

    def save_new(self, by):
        """Save this new record, or return the one its form has already made.

        A form that was sent twice carries the same submission key; the caller goes on
        (audit entry, notices) only if what comes back is this very object.
        """
        self.created_by = by
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            made = type(self)._base_manager.filter(
                submission_key=self.submission_key, created_by=by
            )
            if (record := made.first()) is None:
                raise
            return record
        return self


def value_text(record, name: str) -> str:
    """The value of a field in words, a dash for none: for lists of values."""
    return said(record, name) or "–"


def said(record, name: str) -> str:
    """The value of a field in words, empty for none."""
    if display := getattr(record, f"get_{name}_display", None):
        return str(display() or "")
    field = record._meta.get_field(name)
    if field.many_to_many:
        return ", ".join(map(str, getattr(record, name).all()))
    value = getattr(record, name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(_("Ya") if value else _("Tidak"))
    if isinstance(value, datetime):
        return dates.date_time(value)
    if isinstance(field, models.DateField):
        return dates.date_long(value)
    if isinstance(field, models.DecimalField | models.IntegerField):
        return dates.number(value)
    return spaced_nip(value) if name.endswith("_nip") else str(value)

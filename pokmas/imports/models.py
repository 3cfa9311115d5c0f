"""A list that came in: its rows, what became of them, and what headings mean."""

from datetime import timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pokmas.accounts.roles import LEVELS
from pokmas.imports.kinds import KINDS
from pokmas.jobs.models import Job
from pokmas.offices.models import Office, OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField
from pokmas.words import dates

# How long everything that came in may be taken back.
UNDO_FOR = timedelta(days=7)
# How long rows are kept that nobody took in, or that were taken in long ago.
KEPT_FOR = timedelta(days=30)


class ImportQuerySet(LifecycleQuerySet, OfficeScopedQuerySet):
    def visible_to(self, user):
        """Headquarters and a Kanwil have their own; units keep theirs to themselves."""
        rows = super().visible_to(user)
        acting = getattr(user, "acting", None)
        if acting and acting.office.is_wide:
            return rows.filter(office=acting.office_id)
        return rows

    def for_list(self):
        return self.select_related("office", "created_by")

    def for_page(self):
        """Of the kinds that some room reads."""
        rows = self.filter(kind__in=list(KINDS))
        return rows.select_related("office__parent", "created_by", "decided_by", "job")

    def unfinished(self):
        """Those that still lead somewhere: a merged unit's successor goes on."""
        return self.filter(status__in=Import.OPEN)


@pghistory.track(exclude=["headings", "passed", "counts"])
class Import(OfficeScoped, Lifecycle, Record):
    """One list of an office, from the file to what stands in the portal."""

    class Status(models.TextChoices):
        READING = "reading", _("Dibaca")
        MAPPING = "mapping", _("Kolom belum dikenal")
        REHEARSED = "rehearsed", _("Siap dimasukkan")
        SUBMITTED = "submitted", _("Menunggu pengesahan")
        WRITING = "writing", _("Sedang dimasukkan")
        WRITTEN = "written", pgettext_lazy("of a list", "Masuk")
        UNDOING = "undoing", _("Sedang dibatalkan")
        UNDONE = "undone", _("Dibatalkan")
        UNREAD = "unread", _("Tidak terbaca")
        DROPPED = "dropped", _("Dibuang")

    URLS = "imports:"
    NAMED_BY = "name"
    TONES = {
        Status.READING: "info",
        Status.MAPPING: "warn",
        Status.REHEARSED: "info",
        Status.SUBMITTED: "info",
        Status.WRITING: "info",
        Status.WRITTEN: "good",
        Status.UNDOING: "warn",
        Status.UNREAD: "bad",
    }
    OPEN = (
        *(Status.READING, Status.MAPPING, Status.REHEARSED),
        *(Status.SUBMITTED, Status.WRITING),
    )
    # Rows are shown from here on.
    READ = (
        *(Status.REHEARSED, Status.SUBMITTED, Status.WRITING),
        *(Status.WRITTEN, Status.UNDOING, Status.UNDONE),
    )
    WAY = (Status.READING, Status.REHEARSED, Status.WRITING, Status.WRITTEN)
    TRANSITIONS = {
        Status.READING: {
            *(Status.MAPPING, Status.REHEARSED, Status.UNREAD, Status.DROPPED),
        },
        Status.MAPPING: {Status.READING, Status.DROPPED},
        Status.REHEARSED: {
            *(Status.READING, Status.SUBMITTED, Status.WRITING, Status.DROPPED),
        },
        Status.SUBMITTED: {Status.REHEARSED, Status.WRITING, Status.DROPPED},
        Status.WRITING: {Status.WRITTEN, Status.REHEARSED},
        Status.WRITTEN: {Status.UNDOING},
        Status.UNDOING: {Status.UNDONE},
    }

    # Which list it is (`pokmas.imports.kinds`), as what its rows come in, and the
    # record that they belong to, where there is one.
    kind = LineField(_("jenis daftar"), max_length=40, editable=False)
    way = LineField(_("masuk sebagai"), max_length=20, blank=True)
    about_id = models.BigIntegerField(null=True, editable=False)
    name = LineField(_("nama berkas"), max_length=120, editable=False)
    sha256 = LineField(max_length=64, editable=False)
    # The file itself is gone after a day, as any that was never attached.
    document_id = models.BigIntegerField(editable=False)
    sheet = LineField(_("lembar"), max_length=60, blank=True, editable=False)
    # Of each column of the sheet: its place, heading, first cells, and what it is.
    headings = models.JSONField(default=list, editable=False)
    # Rows that are no part of the list, as titles, totals and signatures.
    passed = models.JSONField(default=list, editable=False)
    counts = models.JSONField(default=dict, editable=False)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.READING,
        editable=False,
    )
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, related_name="+", editable=False
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    written_at = models.DateTimeField(_("dimasukkan"), null=True, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-pk"]
        verbose_name = _("daftar lama")
        indexes = [
            models.Index(fields=["region", "-created_at", "-id"]),
            models.Index(fields=["office", "-created_at", "-id"]),
            models.Index(fields=["-created_at", "-id"]),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("imports:detail", args=[self.pk])

    def own_people(self):
        return [self.created_by]

    def exercised_by(self, permission, roles):
        return [role for role in roles if LEVELS[role] & self.office.seats]

    @property
    def has_rows(self) -> bool:
        return self.status in self.READ

    @property
    def undo_until(self):
        return self.written_at and self.written_at + UNDO_FOR

    def count(self, result: str) -> int:
        return self.counts.get(result, 0)

    def left_out(self) -> str:
        """How many rows do not come in, by what they are."""
        named = [
            f"{result.label} ({dates.number(self.count(result))})"
            for result in ImportRow.LEFT_OUT
            if self.count(result)
        ]
        return " · ".join(named) or str(_("tidak ada"))

    def guessed(self, names) -> dict[str, int]:
        """Of how many new rows each of these columns was guessed."""
        new = self.rows.filter(result=ImportRow.Result.NEW).order_by()
        return new.aggregate(
            **{name: Count("pk", filter=Q(remarks__has_key=name)) for name in names}
        )


class ImportRow(models.Model):
    """One row of a list: what stood in its cells, how it was read, what became of it.

    No history is kept of it: what it makes has one.
    """

    class Result(models.TextChoices):
        NEW = "new", _("Baru")
        SAME = "same", _("Sudah ada")
        CONFLICT = "conflict", _("Bentrok")
        WRONG = "wrong", _("Salah")
        IN = "in", pgettext_lazy("of a list", "Masuk")
        KEPT = "kept", _("Dipertahankan")
        GONE = "gone", _("Dihapus kembali")

    TONES = {
        Result.NEW: "info",
        Result.CONFLICT: "warn",
        Result.WRONG: "bad",
        Result.IN: "good",
        Result.KEPT: "warn",
    }

    # Somebody may put these right and hand them in again.
    MENDED = (Result.WRONG, Result.CONFLICT)
    LEFT_OUT = (Result.SAME, Result.CONFLICT, Result.WRONG)

    of = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("baris"))
    # By the name of our column: the words of the cell, the value read from it, why none
    # could be read, and what stands against it in the portal.
    cells = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    problems = models.JSONField(default=dict)
    remarks = models.JSONField(default=dict)
    result = models.CharField(_("hasil"), max_length=8, choices=Result)
    reason = models.TextField(_("alasan"), blank=True)
    # The record of the portal that it is, or is in conflict with.
    found_id = models.BigIntegerField(null=True)
    # What it made, by the name of the table.
    made = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        verbose_name = _("baris daftar")
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="import_row_once"),
        ]
        indexes = [
            models.Index(fields=["of", "result", "number"], name="import_results"),
        ]

    def __str__(self):
        return str(_("Baris %(number)s") % {"number": self.number})

    @property
    def tone(self) -> str:
        return self.TONES.get(self.result, "neutral")

    @property
    def status_label(self) -> str:
        return self.get_result_display()

    @property
    def may_be_let_in(self) -> bool:
        """Whether it clashes with nothing but what may be so."""
        return self.result == self.Result.CONFLICT and bool(
            self.answers.get("as", {}).get("clash")
        )


class KnownHeading(models.Model):
    """What a heading means in the lists of an office; empty: the column is left out."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    kind = LineField(max_length=40)
    heading = LineField(_("judul kolom"), max_length=200)
    column = LineField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "heading"], name="known_heading_once"
            ),
            models.CheckConstraint(
                condition=~Q(heading=""), name="known_heading_has_words"
            ),
        ]

    def __str__(self):
        return self.heading

"""Who did which verb to which record, and when; never changed afterwards."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from pokmas.audit.history import never_truncated
from pokmas.offices.models import OfficeScopedQuerySet
from pokmas.records.lines import LineField


def _label(obj) -> str:
    """What the record is called, in the language of the trail whoever acts."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(obj)[:200]


def append_only() -> list[pgtrigger.Trigger]:
    """What the database refuses for tables whose rows are never changed afterwards."""
    return [
        pgtrigger.Protect(
            name="append_only", operation=pgtrigger.Update | pgtrigger.Delete
        ),
        never_truncated(),
    ]


READING = r"\.(viewed|downloaded|exported|printed)$"


class EntryQuerySet(OfficeScopedQuerySet):
    def about(self, obj):
        return self.filter(
            about_type=ContentType.objects.get_for_model(obj), about_id=obj.pk
        )

    def moves(self, obj):
        """What brought `obj` from one status to another, oldest first."""
        return self.about(obj).filter(details__has_key="was").order_by("pk")

    def for_list(self):
        return self.select_related("actor", "about_type", "office")

    def readings(self):
        """Who looked, downloaded, exported: nothing was changed."""
        return self.filter(action__regex=READING)

    def deeds(self):
        return self.exclude(action__regex=READING)


class Entry(models.Model):
    """One verb done by one person. `details` holds what the verb itself says.

    The fields that changed are in the history tables of the record, tied by `context`.
    """

    at = models.DateTimeField(_("waktu"), db_default=Now())
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("oleh"),
    )
    # Role and office in which he acted, in the words of that day.
    capacity = LineField(_("sebagai"), max_length=160, blank=True)
    action = LineField(_("tindakan"), max_length=80)
    about_type = models.ForeignKey(ContentType, models.PROTECT, null=True)
    about_id = models.BigIntegerField(null=True)
    about = GenericForeignKey("about_type", "about_id")
    label = LineField(_("tentang"), max_length=200, blank=True)
    office = models.ForeignKey(
        "offices.Office", models.PROTECT, null=True, related_name="+"
    )
    region = models.ForeignKey(
        "offices.Office", models.PROTECT, null=True, related_name="+"
    )
    details = models.JSONField(_("rincian"), default=dict, encoder=DjangoJSONEncoder)
    context = models.UUIDField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("jejak")
        indexes = [
            models.Index(fields=["about_type", "about_id", "-at"]),
            models.Index(fields=["-at", "-id"]),
            models.Index(fields=["region", "-at", "-id"]),
            models.Index(fields=["office", "-at", "-id"]),
            models.Index(fields=["actor", "-at", "-id"]),
        ]
        triggers = append_only()

    def __str__(self):
        return f"{self.action}: {self.label}"

    @property
    def record_url(self) -> str | None:
        """The page with everything that happened to the record, if it has one."""
        model = self.about_type and self.about_type.model_class()
        if model is None or not hasattr(model._default_manager, "visible_to"):
            return None
        return reverse("audit:record", args=[model._meta.label_lower, self.about_id])

    @classmethod
    def record(cls, by, action, obj=None, **details):
        """Write an entry about `obj`, done by the user `by` (None: the portal)."""
        return cls.record_all(by, action, [(obj, details)])[0]

    @classmethod
    def record_all(cls, by, action, deeds):
        """Write an entry about each of `deeds`: an object, and what the verb says."""
        with pghistory.context() as context:
            return cls.objects.bulk_create(
                cls._entry(by, action, obj, details, context.id)
                for obj, details in deeds
            )

    @classmethod
    def _entry(cls, by, action, obj, details, context):
        acting = by.acting if by is not None else None
        office = getattr(obj, "office", None) or (acting and acting.office)
        return cls(
            actor=by,
            capacity=str(acting)[:160] if acting else "",
            action=action,
            about_type=obj and ContentType.objects.get_for_model(obj),
            about_id=obj and obj.pk,
            label=_label(obj) if obj is not None else "",
            office=office or None,
            region_id=office.region_id if office else None,
            details={key: value for key, value in details.items() if value},
            context=context,
        )


class Seal(models.Model):
    """A digest of rows `first_id`–`last_id` of a table, chained to the seal before.

    Whoever changes, adds or takes away a sealed row, or a seal, breaks the chain. The
    digests of single rows are kept so that a check can name the row.
    """

    table = LineField(_("tabel"), max_length=80)
    # The columns of that day: one added later does not break the seal.
    columns = ArrayField(models.TextField())
    first_id = models.BigIntegerField(_("dari nomor"))
    last_id = models.BigIntegerField(_("sampai nomor"))
    count = models.PositiveIntegerField(_("jumlah baris"))
    ids = ArrayField(models.BigIntegerField())
    digests = models.BinaryField()
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32, unique=True)
    sealed_at = models.DateTimeField(_("disegel"))
    # The name of the key in the settings.
    key = LineField(max_length=40)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("segel")
        indexes = [models.Index(fields=["table", "-id"])]
        constraints = [
            models.UniqueConstraint(fields=["previous"], name="one_seal_after_another")
        ]
        triggers = append_only()

    def __str__(self):
        return f"{self.table} {self.first_id}–{self.last_id}"


class InspectionQuerySet(models.QuerySet):
    def finished(self):
        return self.exclude(finished_at=None)

    def whole(self):
        return self.filter(first_after=0, slice_until__gte=F("newest_after"))

    def unsettled(self):
        """Those that found something, unless a whole check was intact since then."""
        sound = Inspection.objects.finished().whole().filter(faults=[])
        since = Exists(sound.filter(pk__gt=OuterRef("pk")))
        return self.finished().exclude(faults=[]).exclude(since)

    def newest(self):
        """The newest that came to its end, and whether any of them is unsettled."""
        unsettled = Exists(Inspection.objects.unsettled())
        return self.finished().annotate(any_unsettled=unsettled).first()


class Inspection(models.Model):
    """One check of the trail against its seals: of all, or one night's part.

    A night takes a slice of the old seals, after those that the nights before it took,
    and whatever was sealed since the night before. The nights from the first slice to
    the last are a round.
    """

    class Fault(models.TextChoices):
        CHANGED = "changed", _("Baris diubah")
        REMOVED = "removed", _("Baris dihapus")
        ADDED = "added", _("Baris ditambah setelah disegel")
        SEAL = "seal", _("Segel diubah")
        GAP = "gap", _("Segel sebelumnya hilang atau diganti")
        HEAD = "head", _("Segel yang pernah diperiksa hilang")
        KEY = "key", _("Kunci segel tidak ada di setelan")
        SHAPE = "shape", _("Bentuk tabel berubah, isinya tidak dapat dibandingkan")

    requested_at = models.DateTimeField(_("diminta"), default=timezone.now)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("diminta oleh"),
    )
    finished_at = models.DateTimeField(_("selesai"), null=True)
    # Numbers of seals: the slice, the newest, and the last one that was checked.
    first_after = models.BigIntegerField(default=0)
    slice_until = models.BigIntegerField(default=0)
    newest_after = models.BigIntegerField(default=0)
    until = models.BigIntegerField(default=0)
    position = models.BigIntegerField(default=0)
    round_began_at = models.DateTimeField(_("putaran dimulai"), default=timezone.now)
    seals = models.PositiveIntegerField(_("segel"), default=0)
    rows = models.PositiveBigIntegerField(_("baris tersegel"), default=0)
    unsealed = models.PositiveIntegerField(_("baris belum disegel"), default=0)
    # [{"table", "id", "fault"}, …]
    faults = models.JSONField(_("temuan"), default=list)
    head = LineField(_("kepala rantai"), max_length=64, blank=True)
    # When the head was sent to those who keep it elsewhere.
    witnessed_at = models.DateTimeField(null=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("pemeriksaan jejak")

    def __str__(self):
        return f"{self.requested_at:%Y-%m-%d %H:%M}"

    @property
    def ends_round(self) -> bool:
        """Whether every seal is checked with this one, be it by the nights before."""
        return self.slice_until >= self.newest_after

    @property
    def is_whole(self) -> bool:
        return self.first_after == 0 and self.ends_round

    @property
    def share(self) -> int:
        """How much of the round is done, in percent of the seals."""
        return 100 if self.ends_round else 100 * self.slice_until // self.until

    @property
    def is_intact(self) -> bool:
        return self.finished_at is not None and not self.faults

    @property
    def named_faults(self) -> list[dict]:
        return [
            {**fault, "text": self.Fault(fault["fault"]).label} for fault in self.faults
        ]

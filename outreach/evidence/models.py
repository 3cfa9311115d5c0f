"""Photos and papers that show an activity."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from partners.volunteers.models import acts_as_volunteer
from pokmas.audit.history import looked_up_by
from pokmas.documents.models import Document
from pokmas.records.lines import LineField
from pokmas.reference.models import Reference


@pghistory.track()
class PhotoRefusal(Reference):
    """Why a photo is refused as evidence."""

    name = LineField(_("alasan"), max_length=120)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("alasan penolakan foto")
        constraints = [
            models.UniqueConstraint(
                Upper("name"),
                name="photo_refusal_once",
                violation_error_message=_("Alasan ini sudah ada dalam daftar."),
            )
        ]


BANDS, WIDTH = 5, 13
PART = f"((%(expressions)s >> {{}}) & {(1 << WIDTH) - 1}) + {{}}"


def bands_of(look: int) -> list[int]:
    """The parts of a look, numbered so that each is told from the others: looks that
    differ in fewer bits than there are parts have one of them in common."""
    mask = (1 << WIDTH) - 1
    return [
        ((look >> number * WIDTH) & mask) + (number << WIDTH) for number in range(BANDS)
    ]


class Bands(models.Func):
    """The same of a column."""

    parts = [PART.format(number * WIDTH, number << WIDTH) for number in range(BANDS)]
    template = f"ARRAY[{', '.join(parts)}]"
    output_field = ArrayField(models.BigIntegerField())


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of visible activities; a volunteer sees only what was marked as public."""
        return self.present()._of_visible(user)

    def told_to(self, user):
        """The same, and what was refused, of which only the reason is left."""
        return self.filter(removed_at=None)._of_visible(user)

    def _of_visible(self, user):
        rows = self.filter(activity__in=Activity.objects.visible_to(user))
        return rows.public() if acts_as_volunteer(user) else rows

    def present(self):
        return self.filter(removed_at=None, refused_at=None)

    def refused(self):
        return self.filter(removed_at=None, refused_at__isnull=False)

    def looking_like(self, look: int):
        """Photos that may be the same picture: only of these bits are compared."""
        rows = self.filter(look__isnull=False).alias(bands=Bands("look"))
        return rows.filter(bands__overlap=bands_of(look))

    def public(self):
        """What may be shown outside: papers and whoever only helps see nothing else."""
        return self.present().filter(visibility=Evidence.Visibility.PUBLIC)


@pghistory.track(meta=looked_up_by("activity"))
class Evidence(models.Model):
    """A photo or paper that shows the activity; internal until it was reviewed."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Foto")
        ATTENDANCE = "attendance", _("Daftar hadir")

    class Visibility(models.TextChoices):
        INTERNAL = "internal", _("Internal")
        PUBLIC = "public", _("Boleh dipublikasikan")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="evidence")
    kind = models.CharField(_("jenis bukti"), max_length=10, choices=Kind)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    caption = LineField(_("keterangan"), max_length=200, blank=True)
    # What a photo looks like in 64 bits (look.py); None where that tells nothing.
    look = models.BigIntegerField(null=True, editable=False)
    visibility = models.CharField(
        _("penggunaan"),
        max_length=8,
        choices=Visibility,
        default=Visibility.INTERNAL,
        editable=False,
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, editable=False)
    # Who last blurred or cut it; the photo as it was is kept nowhere.
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    edited_at = models.DateTimeField(null=True, editable=False)
    refusal = models.ForeignKey(
        PhotoRefusal,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("alasan penolakan"),
    )
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    refused_at = models.DateTimeField(null=True, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("bukti kegiatan")
        indexes = [
            GinIndex(
                Bands("look"),
                condition=Q(look__isnull=False),
                name="evidence_looks",
                fastupdate=False,
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "document"], name="document_is_evidence_once"
            ),
            models.CheckConstraint(
                condition=Q(visibility="internal")
                | Q(kind="photo", reviewed_by__isnull=False),
                name="public_evidence_is_reviewed_photo",
                violation_error_message=_(
                    "Hanya foto yang sudah dinilai petugas boleh dipublikasikan."
                ),
            ),
            models.CheckConstraint(
                condition=Q(refusal=None, refused_by=None, refused_at=None)
                | Q(
                    kind="photo",
                    visibility="internal",
                    refusal__isnull=False,
                    refused_by__isnull=False,
                    refused_at__isnull=False,
                ),
                name="refused_photo_has_reason",
                violation_error_message=_("Pilih alasan penolakannya."),
            ),
        ]

    def __str__(self):
        return self.caption or self.document.name

    @property
    def is_present(self) -> bool:
        return self.removed_at is None and not self.is_refused

    @property
    def is_refused(self) -> bool:
        return self.refused_at is not None

    @property
    def papers(self):
        """Whoever reads its file goes on to those of the same activity."""
        present = self.activity.evidence.present()
        return Document.objects.filter(pk__in=present.values("document"))

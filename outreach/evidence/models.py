"""Photos and papers that show an activity."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from partners.volunteers.models import acts_as_volunteer
from pokmas.audit.history import looked_up_by
from pokmas.documents.models import Document
from pokmas.records.lines import LineField


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of visible activities; a volunteer sees only what was marked as public."""
        rows = self.present().filter(activity__in=Activity.objects.visible_to(user))
        if acts_as_volunteer(user):
            return rows.filter(visibility=Evidence.Visibility.PUBLIC)
        return rows

    def present(self):
        return self.filter(removed_at=None)


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

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("bukti kegiatan")
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
        ]

    def __str__(self):
        return self.caption or self.document.name

    @property
    def is_present(self) -> bool:
        return self.removed_at is None

    @property
    def papers(self):
        """Whoever reads its file goes on to those of the same activity."""
        present = self.activity.evidence.present()
        return Document.objects.filter(pk__in=present.values("document"))

"""What came from devices that had no network: a receipt each, so that nothing that is
sent again is done again."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from pokmas.documents.models import Document
from pokmas.records.lines import LineField


class OfflineEntry(models.Model):
    """That a report which waited on a device arrived: `key` is the device's own."""

    key = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="+", verbose_name=_("kegiatan")
    )
    # What was sent, in short: another content under the same key is another report.
    digest = LineField(max_length=64)
    received_at = models.DateTimeField(_("diterima"), default=timezone.now)

    class Meta:
        verbose_name = _("laporan dari perangkat")

    def __str__(self):
        return str(self.activity)


class OfflinePhoto(models.Model):
    """A photo of a report that is still on its way; gone with a file that is swept."""

    key = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # SHA-256 of what the device sent: the portal draws each photo anew.
    fingerprint = LineField(
        max_length=64, validators=[RegexValidator(r"\A[0-9a-f]{64}\Z")]
    )
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("foto dari perangkat")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key", "fingerprint"], name="offline_photo_once"
            )
        ]

    def __str__(self):
        return str(self.document)

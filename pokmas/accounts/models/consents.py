"""What people agreed to, and when they took it back."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models.people import User
from pokmas.records.lines import LineField


class ConsentTextQuerySet(models.QuerySet):
    def newest(self, purpose, today=None):
        """The version of `purpose` that is asked for now."""
        today = today or timezone.localdate()
        return self.filter(purpose=purpose, valid_from__lte=today).latest("version")


class ConsentText(models.Model):
    """One version of a text people agree to; what was agreed to is never reworded."""

    ACCOUNT = "account"

    purpose = models.SlugField(_("tujuan"), max_length=40)
    version = models.PositiveSmallIntegerField(_("versi"))
    title = LineField(_("judul"), max_length=120)
    text = models.TextField(_("naskah"))
    valid_from = models.DateField(_("berlaku sejak"))

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        ordering = ["purpose", "-version"]
        verbose_name = _("naskah persetujuan")
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "version"], name="consent_text_version_once"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="never_reworded", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.title} ({_('versi')} {self.version})"


@pghistory.track()
class Consent(models.Model):
    """That a person agreed to a text, when and how (UU 27/2022, articles 20 and 22)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    given_at = models.DateTimeField(_("diberikan"), default=timezone.now)
    channel = LineField(_("lewat"), max_length=20, default="portal")
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, blank=True)

    class Meta:
        ordering = ["-given_at"]
        verbose_name = _("persetujuan pemrosesan data")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "text"],
                condition=Q(withdrawn_at=None),
                name="one_consent_per_text",
                violation_error_message=_("Naskah ini sudah Anda setujui."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.text}"

"""What a reviewer found."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.texts.models import TextVersion


class ReviewQuerySet(models.QuerySet):
    def for_page(self):
        rows = self.select_related("reviewed_by", "text_version")
        return rows.defer("text_version__text")


@pghistory.track()
class Review(models.Model):
    """A reviewer's verdict on a draft, kept with its notes."""

    class Verdict(models.TextChoices):
        READY = "ready", _("Siap ditandatangani")
        REVISE = "revise", _("Perlu perbaikan")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="reviews")
    verdict = models.CharField(_("hasil telaah"), max_length=6, choices=Verdict)
    # What was read then; none if the text stood in no file yet.
    text_version = models.ForeignKey(
        TextVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("versi naskah"),
    )
    notes = models.TextField(_("catatan"), max_length=4000, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("ditelaah"), default=timezone.now)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-reviewed_at", "-pk"]
        verbose_name = _("telaah")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="ready") | ~Q(notes=""),
                name="revision_has_notes",
                violation_error_message=_("Jelaskan apa yang perlu diperbaiki."),
            )
        ]

    def __str__(self):
        return f"{self.get_verdict_display()}: {self.agreement}"

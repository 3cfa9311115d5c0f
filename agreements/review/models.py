"""What reviewers found, and by how many of them a text is reviewed."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.texts.models import TextVersion
from pokmas.rules.of_offices import OfficeRule, OfficeRuleQuerySet


class ReviewQuerySet(models.QuerySet):
    def for_page(self):
        rows = self.select_related("reviewed_by", "text_version")
        return rows.defer("text_version__text")


@pghistory.track()
class Review(models.Model):
    """A reviewer's verdict on a draft, or on an aspect of it, kept with its notes."""

    class Verdict(models.TextChoices):
        READY = "ready", _("Siap ditandatangani")
        REVISE = "revise", _("Perlu perbaikan")

    class Aspect(models.TextChoices):
        WHOLE = "whole", _("Isi, naskah, dan administrasi")
        SUBSTANCE = "substance", _("Isi")
        FORMALITY = "formality", _("Naskah dan administrasi")

    # What is judged, each by another person, where two are asked for.
    HALVES = (Aspect.SUBSTANCE, Aspect.FORMALITY)

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="reviews")
    verdict = models.CharField(_("hasil telaah"), max_length=6, choices=Verdict)
    aspect = models.CharField(
        _("yang ditelaah"), max_length=9, choices=Aspect, default=Aspect.WHOLE
    )
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

    @property
    def is_half(self) -> bool:
        return self.aspect in self.HALVES


class ReviewRuleQuerySet(OfficeRuleQuerySet):
    def asks_two(self, office, day) -> bool:
        """Whether two people review a text of `office` that was submitted that day."""
        rule = self.at(office, day)
        return rule is not None and rule.is_by_two


@pghistory.track()
class ReviewRule(OfficeRule):
    """From which day on two people review a text, or one alone, and where."""

    is_by_two = models.BooleanField(_("ditelaah dua orang"), default=True)

    objects = ReviewRuleQuerySet.as_manager()

    class Meta(OfficeRule.Meta):
        verbose_name = _("ketentuan telaah naskah")
        constraints = [
            models.UniqueConstraint(
                Coalesce("office", Value(0)),
                "valid_from",
                name="review_rule_changes_once_a_day",
                violation_error_message=_(
                    "Ketentuan untuk kantor ini sudah ada sejak tanggal itu."
                ),
            )
        ]

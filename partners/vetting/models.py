"""The checklist of the vetting, and what was found about a partner."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.questions.models import Question
from partners.registry.models import Partnership
from pokmas.records.lines import LineField


@pghistory.track()
class Criterion(Question):
    """A question of the checklist."""

    ANSWERS = "findings"
    ASKED = (*Question.ASKED, "is_required")

    is_required = models.BooleanField(_("wajib terpenuhi"), default=True)

    class Meta(Question.Meta):
        verbose_name = _("kriteria")


class FindingQuerySet(models.QuerySet):
    def newest(self):
        """The answer that counts, one for each criterion, in the list's order."""
        newest = self.order_by("criterion_id", "-found_at", "-pk")
        return (
            self.model.objects.filter(pk__in=newest.distinct("criterion_id"))
            .select_related("criterion", "found_by")
            .order_by("criterion__order", "criterion_id")
        )

    def unmet(self, asked):
        """Of the criteria `asked` the required ones that are not met by now."""
        newest = self.newest().filter(is_met=False)
        return newest.filter(criterion__in=asked, criterion__is_required=True)


@pghistory.track()
class Finding(models.Model):
    """One dated answer to a criterion; the newest decides."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="findings"
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="findings")
    is_met = models.BooleanField(_("terpenuhi"))
    comment = LineField(_("catatan"), max_length=300, blank=True)
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    found_at = models.DateTimeField(_("diperiksa"), default=timezone.now)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["criterion__order", "criterion_id", "-found_at"]
        verbose_name = _("hasil pemeriksaan")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_met=True) | ~Q(comment=""),
                name="unmet_finding_has_comment",
                violation_error_message=_("Jelaskan mengapa kriteria belum terpenuhi."),
            )
        ]

    def __str__(self):
        return f"{self.criterion}: {self.is_met}"

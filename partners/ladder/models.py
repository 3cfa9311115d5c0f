"""How a volunteer came from stage to stage, and what showed that he was ready."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.volunteers.models import Volunteer
from pokmas.audit.history import looked_up_by
from pokmas.documents.models import Document


class PromotionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(volunteer__in=Volunteer.objects.visible_to(user))


@pghistory.track(meta=looked_up_by("volunteer"))
class Promotion(models.Model):
    """That a volunteer reached a stage, from a day on; its files belong to it."""

    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="promotions", editable=False
    )
    stage = models.CharField(_("tahap"), max_length=21, choices=Volunteer.Stage)
    promoted_on = models.DateField(_("naik tahap pada"))
    evidence = models.TextField(_("bukti"), max_length=2000)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PromotionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("kenaikan tahap")
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "stage"],
                name="stage_reached_once",
                violation_error_message=_("Tahap ini sudah pernah dicapai."),
            ),
            models.CheckConstraint(
                condition=~Q(evidence=""),
                name="promotion_has_evidence",
                violation_error_message=_("Tulis buktinya."),
            ),
        ]

    def __str__(self):
        return f"{self.volunteer}: {self.get_stage_display()}"

    @property
    def papers(self):
        return Document.objects.of(self)

"""Which item of a work plan an activity carries out."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models import PlanItem
from outreach.activities.models import Activity
from pokmas.audit.history import looked_up_by


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    meta=looked_up_by("activity"),
)
class PlannedActivity(models.Model):
    activity = models.OneToOneField(Activity, models.PROTECT, related_name="planned_as")
    item = models.ForeignKey(PlanItem, models.PROTECT, related_name="activities")

    class Meta:
        verbose_name = _("kegiatan dari rencana kerja")

    def __str__(self):
        return f"{self.activity}: {self.item}"

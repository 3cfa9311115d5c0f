"""Activities that were planned together, and when each of them was due."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.series.rhythm import Rhythm
from pokmas.offices.models import OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField


@pghistory.track()
class Series(OfficeScoped, Record):
    """Activities planned in one form; each stands for itself from then on."""

    HISTORY_RIGHT = "outreach.view_activity"

    title = LineField(_("nama kegiatan"), max_length=200, editable=False)
    rhythm = models.CharField(_("irama"), max_length=11, choices=Rhythm, editable=False)

    objects = OfficeScopedQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        verbose_name = _("rangkaian kegiatan")

    def __str__(self):
        return self.title


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
)
class Session(models.Model):
    """One activity of a series; its times are those that the series foresees."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="sessions")
    activity = models.OneToOneField(Activity, models.PROTECT, related_name="session")
    number = models.PositiveSmallIntegerField(_("sesi"))
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))

    # Of an activity that was moved by hand, away from what its series foresees.
    MOVED = ~Q(starts_at=F("session__starts_at"), ends_at=F("session__ends_at"))

    class Meta:
        verbose_name = _("sesi rangkaian")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"], name="session_number_once"
            )
        ]

    def __str__(self):
        return f"{self.series} · {self.number}"

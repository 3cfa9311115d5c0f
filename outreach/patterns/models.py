"""What an office holds again and again, to begin a plan with."""

import pghistory
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from outreach.activities.desks import held_by
from outreach.activities.models import Activity
from outreach.types.models import ActivityType
from partners.models import CommunityGroup, Partner
from pokmas.offices.models import OfficeScoped, OfficeScopedQuerySet, Regency
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField


class PatternQuerySet(OfficeScopedQuerySet):
    def in_use(self):
        return self.filter(is_active=True)

    def kept_by(self, user):
        """Those that this person puts in order and begins a plan with."""
        return self.visible_to(user).filter(held_by(user))


@pghistory.track()
class Pattern(OfficeScoped, Record):
    """The plan of an activity without its day, under a name of the office."""

    HISTORY_RIGHT = "outreach.view_activity"
    # What it takes from an activity, and gives to the form of a new one.
    KEPT = (
        *("type", "title", "mode", "place", "regency", "group", "agreement"),
        *("approach", "funding"),
    )

    name = LineField(_("nama pola"), max_length=80)
    type = models.ForeignKey(ActivityType, models.PROTECT, related_name="+")
    title = LineField(_("nama kegiatan"), max_length=200)
    minutes = models.PositiveIntegerField(_("lama (menit)"))
    mode = models.CharField(_("cara"), max_length=8, choices=Activity.Mode)
    place = LineField(_("tempat"), max_length=200)
    regency = models.ForeignKey(Regency, models.PROTECT, related_name="+")
    partners = models.ManyToManyField(Partner, related_name="+")
    group = models.ForeignKey(
        CommunityGroup, models.PROTECT, null=True, related_name="+"
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, related_name="+"
    )
    approach = models.CharField(
        _("pendekatan"), max_length=14, choices=Activity.Approach, blank=True
    )
    funding = models.CharField(
        _("sumber biaya"), max_length=8, choices=Activity.Funding
    )
    is_active = models.BooleanField(_("ditawarkan"), default=True)

    objects = PatternQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["name"]
        verbose_name = _("pola kegiatan")
        constraints = [
            models.UniqueConstraint(
                "office",
                Upper("name"),
                name="pattern_once",
                violation_error_message=_("Unit ini sudah punya pola bernama sama."),
            )
        ]

    def __str__(self):
        return self.name

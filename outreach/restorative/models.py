"""Who met for restorative justice, in counts, and what they agreed on; never names."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from outreach.activities.counts import final_when_locked
from outreach.activities.models import Activity
from partners.volunteers.models import acts_as_volunteer
from pokmas.audit.history import looked_up_by
from pokmas.records.lines import LineField
from pokmas.reference.models import Reference


@pghistory.track()
class RestorativeOutcome(Reference):
    """What a meeting may end with."""

    name = LineField(_("hasil pertemuan"), max_length=80)
    # Asks what was agreed on, or when they meet again.
    is_agreement = models.BooleanField(_("ada kesepakatan"), default=False)
    is_open = models.BooleanField(_("dilanjutkan pada hari lain"), default=False)
    order = models.PositiveSmallIntegerField(_("urutan"), default=100)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("hasil keadilan restoratif")
        constraints = [
            models.UniqueConstraint(
                Upper("name"),
                name="restorative_outcome_once",
                violation_error_message=_("Sudah ada hasil bernama sama."),
            )
        ]


@pghistory.track()
class Restitution(Reference):
    """A way to make good what was done."""

    name = LineField(_("bentuk pemulihan"), max_length=80)

    class Meta:
        ordering = ["name"]
        verbose_name = _("bentuk pemulihan")
        constraints = [
            models.UniqueConstraint(
                Upper("name"),
                name="restitution_once",
                violation_error_message=_("Sudah ada bentuk pemulihan bernama sama."),
            )
        ]


class RestorativeMeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of visible activities; so few people meet that a volunteer sees no counts."""
        if acts_as_volunteer(user):
            return self.none()
        return self.filter(activity__in=Activity.objects.visible_to(user))

    def reported(self):
        """Of what was held; what a correction replaced is not told twice."""
        rows = Activity.objects.exclude(status__in=Activity.WITHOUT_RESULT)
        return self.filter(activity__in=rows.filter(superseded_on=None))

    def under(self, office):
        return self.filter(activity__in=Activity.objects.under(office))

    def search(self, text):
        """By the words of its activity."""
        return self.filter(activity__in=Activity.objects.search(text))


@pghistory.track(meta=looked_up_by("activity"))
class RestorativeMeeting(models.Model):
    """How many came for each side, by sex, and what came of it."""

    class Side(models.TextChoices):
        VICTIM = "victim", _("Pihak korban")
        OFFENDER = "offender", _("Pihak pelaku")
        COMMUNITY = "community", _("Masyarakat")

    SEXES: ClassVar[dict] = {"male": _("Laki-laki"), "female": _("Perempuan")}
    FIGURES = (
        *("victim_male", "victim_female", "offender_male", "offender_female"),
        *("community_male", "community_female"),
    )

    activity = models.OneToOneField(
        Activity, models.PROTECT, related_name="restorative", editable=False
    )
    victim_male = models.PositiveSmallIntegerField(
        _("pihak korban, laki-laki"), default=0
    )
    victim_female = models.PositiveSmallIntegerField(
        _("pihak korban, perempuan"), default=0
    )
    offender_male = models.PositiveSmallIntegerField(
        _("pihak pelaku, laki-laki"), default=0
    )
    offender_female = models.PositiveSmallIntegerField(
        _("pihak pelaku, perempuan"), default=0
    )
    community_male = models.PositiveSmallIntegerField(
        _("masyarakat, laki-laki"), default=0
    )
    community_female = models.PositiveSmallIntegerField(
        _("masyarakat, perempuan"), default=0
    )
    outcome = models.ForeignKey(
        RestorativeOutcome,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("hasil pertemuan"),
    )
    restitution = models.ManyToManyField(
        Restitution, blank=True, related_name="+", verbose_name=_("bentuk pemulihan")
    )
    agreed = LineField(_("tindak lanjut pertemuan"), max_length=300, blank=True)
    agreed_on = models.DateField(_("hari tindak lanjut"), null=True, blank=True)

    objects = RestorativeMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["activity"]
        verbose_name = _("pertemuan keadilan restoratif")
        triggers = [final_when_locked()]

    def __str__(self):
        return f"{self.activity}: {self.outcome or '–'}"

    def number(self, side: str, sex: str) -> int:
        return getattr(self, f"{side}_{sex}")

    def on(self, side: str) -> int:
        """How many came for that side."""
        return sum(self.number(side, sex) for sex in self.SEXES)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.DeleteEvent(),
    obj_field=None,
    meta=looked_up_by("restorativemeeting"),
)
class AgreedRestitution(RestorativeMeeting.restitution.through):
    """That a meeting agreed on a way: here for its history alone."""

    class Meta:
        proxy = True
        verbose_name = _("pemulihan yang disepakati")

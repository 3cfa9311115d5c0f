"""How far ahead people are warned that an agreement ends, and which were warned."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField


class WarningLadderQuerySet(models.QuerySet):
    def holding(self, today) -> list[int]:
        """The days of the ladder of `today`, the nearest to the end first."""
        newest = self.filter(valid_from__lte=today).order_by("-valid_from").first()
        return sorted(newest.days) if newest else []


@pghistory.track()
class WarningLadder(Record):
    """So many days before the end, from a date on; what held before stays readable."""

    days = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("hari"))
    valid_from = models.DateField(_("berlaku sejak"))
    source = LineField(_("dasar"), max_length=200)

    objects = WarningLadderQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = _("tangga peringatan")
        constraints = [
            models.UniqueConstraint(
                fields=["valid_from"],
                name="warning_ladder_changes_once_a_day",
                violation_error_message=_(
                    "Sudah ada tangga peringatan yang berlaku sejak tanggal itu."
                ),
            ),
            models.CheckConstraint(
                condition=Q(days__len__gt=0), name="warning_ladder_has_rungs"
            ),
        ]

    def __str__(self):
        return ", ".join(map(str, self.days))


@pghistory.track()
class EndWarning(models.Model):
    """That one rung before one end was reached: people were warned, or a nearer rung
    was reached too and they were warned of that one instead. An end that is moved
    begins a new ladder."""

    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        related_name="end_warnings",
        verbose_name=_("kerja sama"),
    )
    ends_on = models.DateField(_("berakhir"))
    days = models.PositiveSmallIntegerField(_("hari sebelumnya"))
    is_sent = models.BooleanField(_("dikirim"))
    noted_at = models.DateTimeField(_("dicatat"), default=timezone.now)

    class Meta:
        ordering = ["-ends_on", "days"]
        verbose_name = _("peringatan akhir kerja sama")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "ends_on", "days"],
                name="end_warned_once_a_rung",
                violation_error_message=_("Peringatan ini sudah dicatat."),
            )
        ]

    def __str__(self):
        return f"{self.agreement}: {self.days}"

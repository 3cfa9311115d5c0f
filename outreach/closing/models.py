"""The months whose report was accepted."""

from datetime import date
from zoneinfo import ZoneInfo

import pghistory
from django.db import models
from django.db.models import Exists, Func, OuterRef, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.offices.models import Office, Zone


def is_over(day: date) -> bool:
    """Whether the month of `day` is over somewhere, which is first in the east."""
    return day < timezone.localdate(timezone=ZoneInfo(Zone.WIT)).replace(day=1)


class ClosedMonthQuerySet(models.QuerySet):
    def cover(self, office_id: int, day: date) -> bool:
        """Whether the month of `day` is closed there; no query for one still running.

        Only a month that is over is ever closed.
        """
        if not is_over(day):
            return False
        return self.filter(office=office_id, month=day.replace(day=1)).exists()


@pghistory.track()
class ClosedMonth(models.Model):
    """A month of one office that takes corrections, and no changes any more."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    month = models.DateField(_("bulan"))
    closed_at = models.DateTimeField(default=timezone.now)

    objects = ClosedMonthQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulan yang ditutup")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month"], name="month_closed_once"
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="closed_month_is_first_day"
            ),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m} · {self.office}"


def is_closed(**more) -> Exists:
    """Whether the month of a row that has `office` and `held_on` is closed there.

    `more` narrows down when.
    """
    month = Func(
        Value("month"),
        OuterRef("held_on"),
        function="date_trunc",
        output_field=models.DateField(),
    )
    rows = ClosedMonth.objects.filter(office=OuterRef("office"), month=month, **more)
    return Exists(rows)

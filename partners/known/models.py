"""That two partners which look alike are two."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partner


class DistinctionQuerySet(models.QuerySet):
    def of(self, partner: Partner):
        return self.filter(Q(first=partner) | Q(second=partner))


@pghistory.track()
class Distinction(models.Model):
    """An officer looked at both and says they are not the same; holds both ways."""

    first = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    second = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField(_("dinyatakan"), default=timezone.now)

    objects = DistinctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pernyataan bukan mitra yang sama")
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="one_distinction_per_pair",
                violation_error_message=_("Kedua mitra ini sudah dinyatakan berbeda."),
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="distinction_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.first} ≠ {self.second}"

    def other_than(self, partner: Partner) -> int:
        return self.second_id if self.first_id == partner.pk else self.first_id

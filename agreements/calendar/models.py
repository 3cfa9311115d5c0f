"""The monthly page of a region."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pokmas.offices.models import OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.words import dates


class RegionMonthQuerySet(OfficeScopedQuerySet):
    def unfinished(self):
        """None: a page speaks of its region as it was."""
        return self.none()


@pghistory.track()
class RegionMonth(OfficeScoped, Record):
    """A month of a region's agreements, of which its head is given one page."""

    month = models.DateField(_("bulan"))
    # Whether who oversees the region was told of it.
    is_told = models.BooleanField(default=False, editable=False)

    objects = RegionMonthQuerySet.as_manager()

    # What `tell` asks of a record that has no statuses.
    reason = ""

    class Meta(OfficeScoped.Meta):
        ordering = ["-month", "-pk"]
        verbose_name = _("halaman bulanan wilayah")
        indexes = [
            models.Index(fields=["region", "-month", "-id"]),
            models.Index(fields=["-month", "-id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month"],
                name="one_page_of_region_a_month",
                violation_error_message=_("Halaman bulan ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="region_month_is_first_day",
                violation_error_message=_("Bulan dicatat sebagai hari pertamanya."),
            ),
        ]

    def __str__(self):
        return f"{dates.month_year(self.month)} · {self.office}"

    def get_absolute_url(self):
        return reverse("agreements:region_month", args=[self.pk])

    def lock(self):
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update())

    @property
    def is_now(self) -> bool:
        return self.month == self.office.today.replace(day=1)

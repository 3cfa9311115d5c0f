"""The calendar outside of the portal, and the monthly page of a region."""

import hashlib
import secrets

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import Assignment
from pokmas.offices.models import OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField
from pokmas.words import dates


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class CalendarFeedQuerySet(models.QuerySet):
    def opened_by(self, token: str) -> "CalendarFeed | None":
        """The feed of this address, as long as its owner may still act as he did."""
        feeds = self.filter(token_hash=hashed(token), user__is_active=True)
        held = Assignment.objects.current()
        return (
            feeds.filter(assignment__in=held)
            .select_related("user", "assignment__office__region")
            .first()
        )


@pghistory.track(exclude=["token_hash"])
class CalendarFeed(models.Model):
    """A secret address from which one person's calendar programme reads, with what he
    sees in one of his posts. The address itself is kept nowhere."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed"
    )
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="+")
    token_hash = LineField(max_length=64, unique=True)
    renewed_at = models.DateTimeField(_("alamat dibuat"), default=timezone.now)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("alamat kalender")

    def __str__(self):
        return str(self.user)

    def renew(self) -> str:
        """Set another token and return it, the one time that anybody knows it."""
        token = secrets.token_urlsafe(32)
        self.token_hash, self.renewed_at = hashed(token), timezone.now()
        return token


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

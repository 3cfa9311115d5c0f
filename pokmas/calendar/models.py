"""The calendar outside of the portal: a secret address for each person."""

import hashlib
import secrets

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import Assignment
from pokmas.records.lines import LineField


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


# The tables keep the names under which their history is sealed.
@pghistory.track(
    exclude=["token_hash"], meta={"db_table": "agreements_calendarfeedevent"}
)
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
        db_table = "agreements_calendarfeed"
        verbose_name = _("alamat kalender")

    def __str__(self):
        return str(self.user)

    def renew(self) -> str:
        """Set another token and return it, the one time that anybody knows it."""
        token = secrets.token_urlsafe(32)
        self.token_hash, self.renewed_at = hashed(token), timezone.now()
        return token

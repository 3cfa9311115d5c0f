"""A slip of paper with a code, for whoever came to the counter without an e-mail."""

from datetime import date

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partnership
from partners.volunteers.models import Volunteer
from pokmas.accounts import sealed
from pokmas.records.lines import LineField

OPEN = Q(taken_at=None, revoked_at=None)


class SlipQuerySet(models.QuerySet):
    def open(self):
        """Neither used nor revoked; its days may be over."""
        return self.filter(OPEN)

    def with_code(self, code: str):
        return self.filter(digest__in=sealed.digests(code))

    def newest(self):
        """What the owner's page tells: of all slips the last one."""
        return self.select_related("taken_by").order_by("-pk").first()


@pghistory.track(exclude=["digest"])
class Slip(models.Model):
    """That a code was printed with which the account is taken over, once.

    The code itself stands on the paper alone; what is kept is its keyed hash.
    """

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, related_name="slips"
    )
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, null=True, related_name="slips"
    )
    digest = LineField(max_length=64, unique=True)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    printed_at = models.DateTimeField(_("dicetak"), default=timezone.now)
    ends_on = models.DateField(_("berlaku sampai"))
    revoked_at = models.DateTimeField(_("dibatalkan"), null=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(_("diambil alih"), null=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = _("slip kode akun")
        constraints = [
            models.CheckConstraint(
                condition=Q(partnership=None) ^ Q(volunteer=None),
                name="slip_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None) | Q(revoked_at=None),
                name="slip_ends_once",
            ),
            models.UniqueConstraint(
                fields=["partnership"], condition=OPEN, name="one_open_slip_of_partner"
            ),
            models.UniqueConstraint(
                fields=["volunteer"], condition=OPEN, name="one_open_slip_of_volunteer"
            ),
        ]

    def __str__(self):
        return str(self.owner)

    @property
    def owner(self) -> Partnership | Volunteer:
        return self.partnership or self.volunteer

    @property
    def is_open(self) -> bool:
        return self.taken_at is None and self.revoked_at is None

    def holds_on(self, day: date) -> bool:
        return self.is_open and day <= self.ends_on

"""Who was asked to come and act for a partner, too, and as what."""

from datetime import timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.registry.models import REPRESENTS, Partnership, Representative
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from pokmas.accounts.services.people import has_proved_address
from pokmas.words import dates

OPEN = Q(accepted_at=None, withdrawn_at=None)


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(partnership__in=Partnership.objects.belonging_to(user))

    def open(self):
        """Neither accepted nor withdrawn; the days of its link may be over."""
        return self.filter(OPEN)

    def of(self, partner_id: int):
        return self.filter(partnership__partner=partner_id)


@pghistory.track(exclude=["email"])
class Invitation(models.Model):
    """That a link was sent by which a colleague comes to act for a partner."""

    VALID_FOR = timedelta(days=7)

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="invitations"
    )
    email = models.EmailField(gettext_lazy("alamat surel"))
    role = models.CharField(gettext_lazy("peran"), max_length=20, choices=REPRESENTS)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(gettext_lazy("dikirim"), default=timezone.now)
    accepted_at = models.DateTimeField(gettext_lazy("diterima"), null=True)
    withdrawn_at = models.DateTimeField(gettext_lazy("ditarik"), null=True)

    # Of what an older link of it asks for.
    is_sent_again = False

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = gettext_lazy("undangan rekan")
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="colleague_invitation_ends_once",
            ),
            models.UniqueConstraint(
                fields=["partnership", "email"],
                condition=OPEN,
                name="one_open_invitation_of_a_colleague",
            ),
        ]

    def __str__(self):
        return self.email

    @property
    def owner(self) -> User | None:
        """Who has an account with this address, proved or not."""
        return User.objects.filter(email=self.email).first()

    @property
    def has_account(self) -> bool:
        """Whether somebody proved that the address is his; else the link proves it."""
        owner = self.owner
        return owner is not None and has_proved_address(owner)

    @property
    def ends_at(self):
        return self.sent_at + self.VALID_FOR

    @property
    def age(self) -> str:
        return dates.distance(timezone.localdate(self.sent_at), timezone.localdate())

    @property
    def refusal(self) -> str:
        """Why its link does not hold, in words; empty if it does."""
        if self.accepted_at:
            return _("Undangan ini sudah dipakai. Masuklah dengan akun Anda.")
        if self.withdrawn_at:
            return _("Undangan ini sudah ditarik oleh yang mengundang.")
        if self.is_sent_again:
            return _("Undangan ini sudah dikirim ulang. Pakai tautan di surel terbaru.")
        if timezone.now() > self.ends_at:
            return _("Undangan ini dikirim %(day)s dan berlaku tujuh hari.") % {
                "day": dates.date_long(timezone.localdate(self.sent_at))
            }
        if not self._sender_answers():
            return _("Pengirim undangan ini bukan lagi penanggung jawab mitra itu.")
        return ""

    def _sender_answers(self) -> bool:
        acts = Representative.objects.current().filter(
            partner=self.partnership.partner_id,
            user=self.invited_by_id,
            user__is_active=True,
            role=Role.PARTNER,
        )
        return acts.exists()

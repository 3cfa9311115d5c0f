"""A day on which several agreements are signed at one place."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.offices.models import OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField
from pokmas.words import dates


class SigningDayQuerySet(OfficeScopedQuerySet):
    def for_page(self):
        return self.select_related("office__region", "office__parent")


@pghistory.track()
class SigningDay(OfficeScoped, Record):
    """One ceremony: its agreements have day and place in common."""

    held_on = models.DateField(_("tanggal"))
    place = LineField(_("tempat"), max_length=120)
    agreements = models.ManyToManyField(
        Agreement, related_name="signing_days", verbose_name=_("naskah")
    )

    called_off_at = models.DateTimeField(_("dibatalkan"), null=True, editable=False)
    reason = models.TextField(
        _("alasan pembatalan"), max_length=1000, blank=True, editable=False
    )

    objects = SigningDayQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-held_on", "-pk"]
        verbose_name = _("hari penandatanganan")

    def __str__(self):
        return f"{self.place}, {dates.date_long(self.held_on)}"

    def get_absolute_url(self):
        return reverse("agreements:signing_day", args=[self.pk])

    def lock(self):
        """Reread this row and hold it until the transaction ends."""
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update())

    @property
    def is_called_off(self) -> bool:
        return self.called_off_at is not None

    @property
    def is_settled(self) -> bool:
        """Whether it stays as it is: called off, or something of it is signed."""
        signed = self.agreements.filter(signed_on__isnull=False)
        return self.is_called_off or signed.exists()

    @property
    def naskah(self):
        """Its agreements in the order in which they are signed: the nota first."""
        order = models.Case(models.When(kind=Agreement.Kind.PKS, then=1), default=0)
        rows = self.agreements.select_related("office__region", "partner", "scan")
        return rows.order_by(order, "our_number", "title", "pk")

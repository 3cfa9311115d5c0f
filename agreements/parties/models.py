"""Who else signs an agreement, and whom both sides call about it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.register.models import Agreement
from partners.models import Partner
from pokmas.offices.models import office_today
from pokmas.records.lines import LineField

# The first two are the unit and the partner, in the columns of the agreement.
FIRST_FURTHER, LAST = 3, 6
ORDINALS = {
    1: _("Pihak Kesatu"),
    2: _("Pihak Kedua"),
    3: _("Pihak Ketiga"),
    4: _("Pihak Keempat"),
    5: _("Pihak Kelima"),
    6: _("Pihak Keenam"),
}


@pghistory.track()
class Party(models.Model):
    """A party beyond the unit and the partner."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="further_parties"
    )
    order = models.PositiveSmallIntegerField(_("urutan"))
    # Where it is on record here, whoever acts for it reads the agreement, too.
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="further_agreements",
        verbose_name=_("mitra"),
    )
    name = LineField(_("nama instansi atau lembaga"), max_length=150)
    representative = LineField(_("yang menandatangani"), max_length=120)
    position = LineField(_("jabatan"), max_length=120)
    capacity = LineField(_("bertindak untuk dan atas nama"), max_length=200, blank=True)
    authority = LineField(_("dasar kewenangan"), max_length=200, blank=True)
    address = LineField(_("alamat"), max_length=250, blank=True)

    class Meta:
        ordering = ["agreement", "order"]
        verbose_name = _("pihak")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "order"], name="party_once_in_order"
            ),
            models.CheckConstraint(
                condition=Q(order__range=(FIRST_FURTHER, LAST)),
                name="party_order_in_range",
                violation_error_message=_("Paling banyak enam pihak."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def label(self):
        return ORDINALS[self.order]


class ContactQuerySet(models.QuerySet):
    def current(self):
        """Who is to be called today."""
        return self.filter(
            Q(until=None) | Q(until__gte=office_today("agreement__office"))
        )


@pghistory.track()
class Contact(models.Model):
    """Whom to call about an agreement; whoever leaves stays on record with his days."""

    class Side(models.TextChoices):
        OURS = "ours", pgettext_lazy("of an agreement", "Unit")
        THEIRS = "theirs", pgettext_lazy("of an agreement", "Mitra")

    class Place(models.TextChoices):
        MAIN = "main", _("Utama")
        DEPUTY = "deputy", _("Pengganti")

    HISTORY_PRIVATE = dict.fromkeys(("name", "phone", "email"), "partners.view_contact")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="contacts")
    side = models.CharField(_("pihak"), max_length=6, choices=Side)
    place = models.CharField(_("kedudukan"), max_length=6, choices=Place)
    name = LineField(_("nama"), max_length=120)
    position = LineField(_("jabatan"), max_length=120, blank=True)
    phone = LineField(_("nomor telepon"), max_length=20)
    email = models.EmailField(_("alamat surel"), blank=True)
    since = models.DateField(_("sejak"))
    until = models.DateField(_("sampai"), null=True, blank=True)
    # When somebody of that side last said that this is right.
    confirmed_on = models.DateField(_("dipastikan pada"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["agreement", "side", "place", "since", "pk"]
        verbose_name = _("narahubung")
        indexes = [models.Index(fields=["until"], name="contact_by_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "side", "place"],
                condition=Q(until=None),
                name="one_contact_in_a_place",
                violation_error_message=_("Narahubung ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="contact_days_in_order",
                violation_error_message=_("Tanggal akhir sebelum tanggal mulai."),
            ),
        ]

    def __str__(self):
        return self.name

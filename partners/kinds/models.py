"""The kinds of partner, and what is asked of each: its number, its papers."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from pokmas.documents.models import new_code
from pokmas.records.lines import LineField
from pokmas.reference.models import Reference


@pghistory.track()
class PartnerKind(Reference):
    """What a partner is: an organisation of some legal form, or a person.

    Partners name it by its code, which never changes.
    """

    code = LineField(max_length=20, unique=True, default=new_code, editable=False)
    name = LineField(_("nama jenis"), max_length=80)
    is_person = models.BooleanField(_("perorangan, bukan lembaga"), default=False)
    number_name = LineField(
        _("nama nomor badan hukum atau izinnya"), max_length=80, blank=True
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("jenis mitra")
        constraints = [
            models.UniqueConstraint(
                Upper("name"),
                name="partner_kind_once",
                violation_error_message=_("Jenis ini sudah ada dalam daftar."),
            ),
            models.CheckConstraint(
                condition=Q(is_person=False) | Q(number_name=""),
                name="person_has_no_legal_number",
                violation_error_message=_(
                    "Perorangan tidak ditanya nomor badan hukum; kosongkan isian itu."
                ),
            ),
        ]

    def refuse_change(self, before):
        """A person is asked for less: what others have answered would be hidden."""
        if before.is_person != self.is_person and before.partners.exists():
            raise ValidationError(
                {
                    "is_person": _(
                        "Sudah ada mitra berjenis ini. Arsipkan, lalu tambahkan jenis "
                        "baru."
                    )
                }
            )


class Level(models.TextChoices):
    """How far a partner gets without a paper; what comes later needs those before."""

    SEEN = "seen", _("Mengajukan pendaftaran")
    VETTED = "vetted", _("Disetujui sebagai mitra")
    SIGNED = "signed", _("Menandatangani kerja sama")

    @property
    def until(self) -> list["Level"]:
        """This one and those that come before it."""
        order = list(Level)
        return order[: order.index(self) + 1]


@pghistory.track()
class RequiredPaper(Reference):
    """A paper that partners of a kind hand in, and what is not done without it."""

    kind = models.ForeignKey(
        PartnerKind,
        models.PROTECT,
        related_name="required_papers",
        verbose_name=_("jenis mitra"),
    )
    name = LineField(_("nama surat"), max_length=80)
    needed_for = models.CharField(
        _("diperlukan untuk"), max_length=6, choices=Level, default=Level.SIGNED
    )
    expires = models.BooleanField(_("punya masa berlaku"), default=False)
    carries_number = models.BooleanField(
        _("nomornya sama dengan nomor badan hukum atau izin mitra"), default=False
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        ordering = ["kind__order", "kind_id", "order", "pk"]
        verbose_name = _("surat yang diminta")
        constraints = [
            models.UniqueConstraint(
                "kind",
                Upper("name"),
                name="required_paper_once",
                violation_error_message=_("Surat ini sudah diminta dari jenis itu."),
            )
        ]

    def refuse_change(self, before):
        """What was handed in must not come to stand for another paper."""
        asked_of = (before.name, before.kind_id) != (self.name, self.kind_id)
        if asked_of and before.papers.exists():
            raise ValidationError(
                _(
                    "Surat ini sudah diserahkan mitra. Arsipkan, lalu tambahkan surat "
                    "baru."
                )
            )

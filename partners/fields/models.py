"""The fields of work of partners and groups."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from pokmas.records.lines import LineField
from pokmas.reference.models import Reference


@pghistory.track()
class Field(Reference):
    """A field of work (bidang): two are mandatory for every Bapas.

    Keputusan Dirjen Pemasyarakatan PAS-06.OT.02.02 Tahun 2020.
    """

    name = LineField(_("nama bidang"), max_length=80)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("bagian dari bidang"),
    )
    is_mandatory = models.BooleanField(_("wajib ada di setiap Bapas"), default=False)

    class Meta:
        ordering = ["-is_mandatory", "name"]
        verbose_name = _("bidang")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_mandatory=False) | models.Q(is_active=True),
                name="mandatory_field_is_in_use",
                violation_error_message=_("Bidang yang diarsipkan tidak dapat wajib."),
            ),
            models.UniqueConstraint(
                Upper("name"),
                name="field_once",
                violation_error_message=_("Bidang ini sudah ada dalam daftar."),
            ),
        ]

    def refuse_archiving(self):
        if self.is_mandatory:
            raise ValidationError(
                _("Bidang wajib tidak dapat diarsipkan; hapus dahulu tanda wajibnya.")
            )

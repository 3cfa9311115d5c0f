"""Numbers of the guidebook: they change by date, without a release."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.records.guarded import Record
from pokmas.records.lines import LineField


class RuleQuerySet(models.QuerySet):
    def holding(self, today) -> dict[str, int]:
        """The value of each rule on `today`."""
        newest = (
            self.filter(valid_from__lte=today)
            .order_by("code", "-valid_from")
            .distinct("code")
        )
        return dict(newest.values_list("code", "value"))


@pghistory.track()
class Rule(Record):
    """A number and the day from which it holds; what held before stays readable."""

    class Code(models.TextChoices):
        MIN_GROUPS = "min_groups", _("Jumlah kelompok paling sedikit per Bapas")
        MIN_PARTNERS = "min_partners", _("Jumlah mitra paling sedikit per kelompok")
        APPROVAL_YEARS = "approval_years", _("Lama persetujuan mitra (tahun)")
        NIK_DAYS = "nik_days", _("Hari NIK disimpan sesudah keputusan")
        VOLUNTEER_AGE = "volunteer_age", _("Umur Sahabat paling sedikit (tahun)")
        VOLUNTEER_MONTHS = (
            "volunteer_months",
            _("Masa tugas Sahabat (bulan; 0 = tanpa batas)"),
        )

    # What followed from the numbers of past days stays as it was.
    AHEAD = {Code.VOLUNTEER_MONTHS}

    code = models.CharField(_("ketentuan"), max_length=20, choices=Code)
    value = models.PositiveSmallIntegerField(_("angka"))
    valid_from = models.DateField(_("berlaku sejak"))
    source = LineField(_("dasar"), max_length=200)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-valid_from"]
        verbose_name = _("ketentuan")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="rule_changes_once_a_day",
                violation_error_message=_(
                    "Ketentuan ini sudah punya angka yang berlaku sejak tanggal itu."
                ),
            )
        ]

    def __str__(self):
        return f"{self.get_code_display()}: {self.value}"

    def clean(self):
        is_past = self.valid_from and self.valid_from <= timezone.localdate()
        if self._state.adding and self.code in self.AHEAD and is_past:
            raise ValidationError(
                {"valid_from": _("Ketentuan ini berlaku paling cepat besok.")}
            )

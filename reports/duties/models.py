"""Which reports are asked of whom, and until when, by date."""

from datetime import date

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from pokmas.offices.models import Office
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField
from reports.figures.periods import Kind, Period


@pghistory.track()
class ReportDuty(Record):
    """A report of each period that begins on its day or later, until another holds."""

    class Level(models.TextChoices):
        UNIT = Office.Level.UNIT.value, Office.Level.UNIT.label
        REGIONAL = Office.Level.REGIONAL.value, Office.Level.REGIONAL.label

    kind = models.CharField(_("jenis laporan"), max_length=9, choices=Kind)
    level = models.CharField(_("dari"), max_length=12, choices=Level)
    # None: it is no longer asked for.
    days = models.PositiveSmallIntegerField(
        _("hari sesudah periode berakhir"), null=True, blank=True
    )
    valid_from = models.DateField(_("berlaku sejak"))
    source = LineField(_("dasar"), max_length=200)

    class Meta:
        ordering = ["kind", "level", "-valid_from"]
        verbose_name = _("kewajiban laporan")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "level", "valid_from"],
                name="report_duty_changes_once_a_day",
                violation_error_message=_(
                    "Kewajiban ini sudah punya ketentuan yang berlaku sejak tanggal "
                    "itu."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(days=None) | models.Q(days__range=(1, 366)),
                name="report_duty_within_a_year",
                violation_error_message=_("Isi antara 1 dan 366 hari."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.get_level_display()}"

    def clean(self):
        first: date | None = self.valid_from
        if self.kind and first and Period.of(self.kind, first).first != first:
            raise ValidationError(
                {"valid_from": _("Pilih hari pertama suatu periode jenis ini.")}
            )

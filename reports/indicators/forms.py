from django import forms
from django.utils.translation import gettext_lazy as _

from pokmas.forms.base import RecordForm
from pokmas.forms.fields import FROM_TOMORROW
from reports.indicators.counted import Breakdown
from reports.indicators.models import Indicator


class IndicatorForm(RecordForm):
    """A new version: what held before stays for the days of before."""

    breakdowns = forms.MultipleChoiceField(
        label=_("Rincian"),
        choices=Breakdown,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    LAYOUT = [
        (_("Indikator"), (("code", "valid_from"), "name", "goal", "legal_note")),
        (_("Rumus"), ("numerator", "denominator", ("unit", "direction"))),
        (
            _("Sumber dan gabungan"),
            (("source", "rhythm"), ("over_offices", "over_time"), "breakdowns"),
        ),
    ]

    class Meta:
        model = Indicator
        fields = [
            *("code", "valid_from", "name", "goal", "legal_note"),
            *("numerator", "denominator"),
            *("unit", "direction", "source", "rhythm", "over_offices", "over_time"),
            *("breakdowns", "of_bapas", "is_used"),
        ]
        help_texts = {
            "code": _(
                "Kode yang sudah ada mendapat versi baru; kode lain indikator baru."
            ),
            "valid_from": FROM_TOMORROW,
            "denominator": _("Kosongkan bila indikatornya jumlah, bukan bagian."),
            "unit": _("Misalnya orang, kegiatan, atau % untuk persentase."),
            "goal": _("Sasaran dalam perjanjian kinerja yang diukurnya."),
            "legal_note": _("Nomor keputusan atau pedoman yang menjadi dasar."),
        }

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.warnings.models import WarningLadder
from pokmas.forms.base import RecordForm

MOST_RUNGS, FURTHEST = 8, 365


class RungsField(forms.CharField):
    """Numbers of days as people write a list: 90, 60, 30 dan 7."""

    def __init__(self, **kwargs):
        super().__init__(max_length=80, **kwargs)

    def prepare_value(self, value):
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value):
        words = re.split(r"[\s,;/]+|\bdan\b", super().clean(value))
        words = [word for word in words if word]
        if not all(word.isascii() and word.isdigit() for word in words):
            raise ValidationError(_("Tulis angka hari saja, misalnya: 90, 60, 30, 7."))
        days = sorted({int(word) for word in words}, reverse=True)
        if not days or len(days) > MOST_RUNGS:
            raise ValidationError(
                _("Tulis satu sampai %(most)d jarak."), params={"most": MOST_RUNGS}
            )
        if days[0] > FURTHEST or days[-1] < 1:
            raise ValidationError(
                _("Tiap jarak antara 1 dan %(most)d hari."), params={"most": FURTHEST}
            )
        return days


class WarningLadderForm(RecordForm):
    days = RungsField(
        label=_("Hari sebelum berakhir"), help_text=_("Misalnya: 90, 60, 30, 7.")
    )

    class Meta:
        model = WarningLadder
        fields = ["days", "valid_from", "source"]
        help_texts = {
            "source": _("Nomor keputusan atau pedoman yang menjadi dasar."),
            "valid_from": _("Yang lama tetap berlaku sampai hari sebelumnya."),
        }

from copy import copy

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.signing import services
from pokmas.documents.models import Document
from pokmas.forms.base import StepForm
from pokmas.forms.fields import DateField
from pokmas.forms.kept_files import KeptFileField
from pokmas.records.lines import LineFormField

TYPED = ("our_number", "partner_number", "signed_on", "signed_at_place")


class SignForm(StepForm):
    """What is known after the signing."""

    LAYOUT = [
        (_("Nomor naskah"), (("our_number", "partner_number"),)),
        (
            _("Penandatanganan"),
            (("signed_on", "signed_at_place"), "is_earlier", "scan"),
        ),
    ]

    our_number = LineFormField(
        label=_("Nomor unit"),
        max_length=100,
        help_text=_("Tulis lengkap, misalnya WP.22.PAS.2-HK.01.05-22 TAHUN 2026."),
    )
    partner_number = LineFormField(
        label=_("Nomor mitra"), max_length=100, required=False
    )
    signed_on = DateField(label=_("Ditandatangani pada"))
    signed_at_place = LineFormField(label=_("Tempat"), max_length=120)
    is_earlier = forms.BooleanField(
        label=_("Tanggal itu benar: naskahnya ditandatangani sebelum dicatat di sini"),
        required=False,
    )
    scan = KeptFileField(
        label=_("Pindaian naskah bertanda tangan"), kinds=[Document.Kind.PDF]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        day = self._day()
        if day is None or not services.is_before_draft(self.record, day):
            del self.fields["is_earlier"]

    def _day(self):
        """The day typed so far, if it is one."""
        try:
            return self.fields["signed_on"].clean(self["signed_on"].value())
        except ValidationError:
            return None

    def clean(self):
        """All that stands against it at once, whatever else is missing yet."""
        cleaned = super().clean()
        record = copy(self.record)
        for name in TYPED:
            setattr(record, name, cleaned.get(name) or getattr(self.record, name))
        if day := cleaned.get("signed_on"):
            record.number_year = day.year
            confirmed = cleaned.get("is_earlier", False)
            self.refuse(
                ValidationError(services.wrong_day(self.record, day, confirmed))
            )
        try:
            record.validate_constraints()
        except ValidationError as refusal:
            self.refuse(refusal)
        return cleaned

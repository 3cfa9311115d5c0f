from django.utils.translation import gettext_lazy as _

from pokmas.documents.models import Document
from pokmas.forms.base import StepForm
from pokmas.forms.fields import DateField
from pokmas.forms.kept_files import KeptFileField
from pokmas.records.lines import LineFormField


class SignForm(StepForm):
    """What is known after the signing."""

    LAYOUT = [
        (_("Nomor naskah"), (("our_number", "partner_number"),)),
        (_("Penandatanganan"), (("signed_on", "signed_at_place"), "scan")),
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
    scan = KeptFileField(
        label=_("Pindaian naskah bertanda tangan"), kinds=[Document.Kind.PDF]
    )

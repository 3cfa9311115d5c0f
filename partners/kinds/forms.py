from django.utils.translation import gettext_lazy as _

from partners.kinds.models import PartnerKind, RequiredPaper
from pokmas.forms.base import RecordForm


class PartnerKindForm(RecordForm):
    class Meta:
        model = PartnerKind
        fields = ["name", "is_person", "number_name", "order"]
        help_texts = {
            "is_person": _("Perorangan tidak ditanya pimpinan dan badan hukumnya."),
            "number_name": _(
                "Misalnya Nomor SK AHU atau NIB. Kosongkan bila nomor tidak ditanya."
            ),
            "order": _("Angka kecil tampil lebih dahulu."),
        }


class RequiredPaperForm(RecordForm):
    class Meta:
        model = RequiredPaper
        fields = ["kind", "name", "needed_for", "expires", "carries_number", "order"]
        help_texts = {
            "name": _("Misalnya Akta pendirian. KTP tidak diminta."),
            "needed_for": _("Tanpa surat ini langkah itu belum dapat dilakukan."),
            "expires": _("Mitra dan unit diingatkan 30 hari sebelum habis."),
            "carries_number": _("Nomornya tidak ditanya dua kali."),
            "order": _("Angka kecil tampil lebih dahulu."),
        }

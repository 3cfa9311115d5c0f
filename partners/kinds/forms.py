from django.utils.translation import gettext_lazy as _

from partners.kinds.models import PartnerKind
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

"""A clause, whose fields must be such as the papers can fill."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partners.decrees.fields import OF_GROUP
from partners.decrees.models import Clause
from pokmas.forms.base import RecordForm
from pokmas.papers import merging


class ClauseForm(RecordForm):
    class Meta:
        model = Clause
        fields = ["paper", "part", "order", "text", "valid_from", "valid_until"]
        help_texts = {
            "order": _("Yang angkanya lebih kecil berdiri lebih dahulu."),
            "text": _(
                "Boleh memuat isian seperti {{ nama_kelompok }}, {{ bidang }}, "
                "{{ nama_unit }}, {{ jumlah_anggota }}, {{ nomor_sk }}, atau "
                "{{ tanggal_sk }}."
            ),
            "valid_until": _("Kosongkan bila masih berlaku."),
        }

    def clean_text(self):
        text = self.cleaned_data["text"]
        if found := merging.faults(text, {field.name for field in OF_GROUP}):
            raise ValidationError(found)
        return text

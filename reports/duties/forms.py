from django.utils.translation import gettext_lazy as _

from pokmas.forms.base import RecordForm
from reports.duties.models import ReportDuty


class ReportDutyForm(RecordForm):
    class Meta:
        model = ReportDuty
        fields = ["kind", "level", "days", "valid_from", "source"]
        help_texts = {
            "days": _(
                "Batas pengajuan, dihitung dari hari terakhir periode. Kosong: laporan "
                "ini tidak diminta lagi."
            ),
            "valid_from": _(
                "Hari pertama periode pertama yang diminta. Yang lama tetap berlaku "
                "sampai hari sebelumnya."
            ),
            "source": _("Nomor keputusan atau pedoman yang menjadi dasar."),
        }

from django.utils.translation import gettext_lazy as _

from outreach.patterns.models import Pattern
from pokmas.forms.base import RecordForm, StepForm
from pokmas.records.lines import LineFormField


class KeepForm(StepForm):
    """The name under which an office finds it again."""

    name = LineFormField(
        label=_("Nama pola"),
        max_length=80,
        help_text=_(
            "Disimpan: jenis, nama, tempat, lama, mitra, kelompok, kerja sama, "
            "pendekatan, dan sumber biaya. Jangan menulis nama warga binaan, klien, "
            "atau anak."
        ),
    )

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.fields["name"].initial = record and record.title[:80]


class PatternForm(RecordForm):
    class Meta:
        model = Pattern
        fields = ["name", "is_active"]
        labels = {"is_active": _("Ditawarkan saat mencatat kegiatan")}
        help_texts = {"is_active": _("Tanpa centang, pola ini diarsipkan.")}

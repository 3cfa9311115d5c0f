"""What is asked when a volunteer rises."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.ladder import services
from pokmas.forms.base import StepForm
from pokmas.forms.fields import DateField
from pokmas.forms.kept_files import KeptFilesField


class PromoteForm(StepForm):
    promoted_on = DateField(label=_("Naik tahap pada"))
    evidence = forms.CharField(
        label=_("Bukti"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Apa yang sudah ia lakukan: kegiatan yang diikuti, program yang dipimpin. "
            "Ia membaca catatan ini. Jangan menulis nama warga binaan atau klien."
        ),
    )
    papers = KeptFilesField(
        label=_("Berkas bukti"),
        help_text=_("Foto atau PDF, misalnya daftar hadir petugas atau surat tugas."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["promoted_on"]
        field.initial = self.record.office.today
        if (stage := services.next_stage(self.record)) is not None:
            field.help_text = _("Dari %(now)s ke %(next)s.") % {
                "now": self.record.get_stage_display(),
                "next": stage.label,
            }

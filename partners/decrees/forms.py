"""A clause, and an office's Word file: their fields must be such as papers can fill."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partners.decrees.fields import OF_GROUP, names_of
from partners.decrees.models import Clause
from pokmas.documents.models import Document
from pokmas.forms.base import RecordForm, UserForm
from pokmas.forms.kept_files import KeptFileField
from pokmas.papers import merging, templates

# Of a file that is no template at all there may be thousands.
SHOWN = 30


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
        if found := merging.faults(text, names_of(OF_GROUP)):
            raise ValidationError(found)
        return text


class TemplateForm(UserForm, forms.Form):
    file = KeptFileField(
        label=_("Berkas Word"),
        kinds=[Document.Kind.DOCX],
        help_text=_("DOCX, paling besar 2 MB, tanpa makro."),
    )

    def __init__(self, *args, paper, **kwargs):
        super().__init__(*args, **kwargs)
        self.paper = paper

    def clean_file(self):
        document = self.cleaned_data["file"]
        with document.file.open() as file:
            content = file.read(templates.MOST_BYTES + 1)
        names, of_rows = self.paper.names
        found = templates.findings(content, names, of_rows)
        found += templates.lacking(content, self.paper.needed)
        if found:
            said = [str(each) for each in found[:SHOWN]]
            if len(found) > SHOWN:
                said.append(_("Masih ada temuan lain; perbaiki yang ini dahulu."))
            raise ValidationError(said)
        return document

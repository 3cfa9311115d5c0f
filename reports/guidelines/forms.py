from django import forms
from django.utils.translation import gettext_lazy as _

from pokmas.documents.models import Document
from pokmas.forms.base import RecordForm
from pokmas.forms.kept_files import KeptFileField
from reports.guidelines.models import Guideline


class GuidelineForm(RecordForm):
    """What the guideline says of itself, and its file."""

    file = KeptFileField(label=_("Naskah (PDF)"), kinds=[Document.Kind.PDF])
    word = KeptFileField(
        label=_("Naskah (Word)"), kinds=[Document.Kind.DOCX], required=False
    )

    LAYOUT = [
        (_("Isi"), ("title", "about", "audience", "changes")),
        (_("Surat"), (("letter_number", "letter_on"), "in_force_from")),
        (_("Berkas"), ("file", "word")),
    ]

    class Meta:
        model = Guideline
        fields = [
            *("title", "about", "audience", "changes"),
            *("letter_number", "letter_on", "in_force_from"),
        ]
        widgets = {
            "about": forms.Textarea(attrs={"rows": 4}),
            "changes": forms.Textarea(attrs={"rows": 4}),
            "audience": forms.RadioSelect,
        }
        labels = {"letter_number": _("Nomor surat yang memerintahkannya")}
        help_texts = {
            "about": _("Apa yang diatur, dalam beberapa kalimat."),
            "changes": _("Pembaca versi sebelumnya membaca ini lebih dahulu."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.previous_id is None:
            del self.fields["changes"]
        else:
            self.fields["changes"].required = True
        if not self.instance._state.adding:
            self.fields["file"].required = False
            for name in ("file", "word"):
                self.fields[name].help_text = _("Kosongkan bila berkasnya tetap sama.")

    @property
    def handed_in(self):
        """What was uploaded, as the services take it."""
        return {name: self.cleaned_data.get(name) for name in ("file", "word")}

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.proofs.card import open_lines
from agreements.proofs.models import ProofElement, State
from pokmas.forms.base import RecordForm, StepForm
from pokmas.forms.choosing import numbers
from pokmas.forms.kept_files import KINDS, KeptFileField
from pokmas.records.lines import LineFormField


class ProveForm(StepForm):
    """What an officer shows of one element that the records do not answer."""

    element = forms.ModelChoiceField(
        ProofElement.objects.none(),
        label=_("Unsur"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    state = forms.ChoiceField(
        label=_("Keadaan"), choices=State, widget=forms.RadioSelect
    )
    note = LineFormField(
        label=_("Keterangan"),
        max_length=300,
        help_text=_("Apa buktinya dan dari kapan, tanpa nama warga binaan atau anak."),
    )
    link = forms.URLField(
        label=_("Tautan"), max_length=500, required=False, assume_scheme="https"
    )
    file = KeptFileField(
        label=_("Berkas"),
        kinds=KINDS,
        required=False,
        help_text=_("Berkas atau tautan wajib ada, kecuali bila keadaannya “Belum”."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        lines = open_lines(self.record)
        self.answers = {line.element.pk: line.answer for line in lines if line.answer}
        field = self.fields["element"]
        field.queryset = ProofElement.objects.filter(
            pk__in=[line.element.pk for line in lines]
        )
        field.choices = [
            (line.element.pk, f"{line.element} – {line.element.said_least}")
            for line in lines
        ]
        asked = numbers([getattr(self.record, "asked_element", None)])
        self.initial["element"] = next(iter(asked), None)

    def clean(self):
        cleaned = super().clean()
        element = cleaned.get("element")
        before = self.answers.get(element.pk) if element else None
        is_shown = (
            cleaned.get("link") or cleaned.get("file") or (before and before.file)
        )
        is_claimed = cleaned.get("state") in (State.MET, State.PARTLY)
        if is_claimed and not is_shown and not {"link", "file"} & set(self.errors):
            self.add_error("file", _("Unggah berkas atau tulis tautannya."))
        return cleaned


class ElementForm(RecordForm):
    class Meta:
        model = ProofElement
        fields = ["name", "least", "source", "is_typed", "order"]
        help_texts = {
            "least": _("Yang paling sedikit harus ada agar unsur ini terpenuhi."),
            "source": _("Dari catatan atau berkas mana buktinya diambil."),
        }

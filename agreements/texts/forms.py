"""A clause, and a text that comes back from Word."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.texts import reading, services
from agreements.texts.compare import latest_text
from agreements.texts.fields import NAMES
from agreements.texts.models import Clause
from pokmas.documents.models import Document
from pokmas.forms.base import RecordForm, StepForm
from pokmas.forms.kept_files import KeptFileField
from pokmas.papers import merging
from pokmas.records.lines import LineFormField


class ClauseForm(RecordForm):
    class Meta:
        model = Clause
        fields = [
            *("serves", "part", "order", "heading", "condition", "text"),
            *("valid_from", "valid_until"),
        ]
        help_texts = {
            "order": _("Yang angkanya lebih kecil berdiri lebih dahulu."),
            "heading": _(
                "Klausul Pasal yang judulnya sama menjadi satu Pasal. Judul butir "
                "Menimbang dan Mengingat tidak dicetak."
            ),
            "text": _(
                "Satu baris satu ayat; nomornya diberi portal. Baris yang diawali "
                "tanda hubung menjadi huruf di bawah ayat itu. Boleh memuat isian "
                "seperti "
                "{{ jenis }}, {{ nama_unit }}, {{ nama_mitra }}, {{ pokok }}, "
                "{{ mulai }}, {{ berakhir }}, atau {{ jangka_waktu }}."
            ),
            "valid_until": _("Kosongkan bila masih berlaku."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def clean_text(self):
        text = self.cleaned_data["text"]
        if found := merging.faults(text, NAMES):
            raise ValidationError(found)
        return text


class VersionChoice(forms.ModelChoiceField):
    def label_from_instance(self, version):
        return _("Versi %(number)s, %(origin)s oleh %(by)s") % {
            "number": version.number,
            "origin": version.get_origin_display().lower(),
            "by": version.created_by,
        }


class UploadForm(StepForm):
    """A Word file as the next version. What should be known of it first is said, and
    asked about once; `told` says what was."""

    file = KeptFileField(
        label=_("Berkas Word"),
        kinds=[Document.Kind.DOCX],
        help_text=_("DOCX tanpa makro. Berkasnya disimpan seperti yang Anda unggah."),
    )
    base = VersionChoice(
        label=_("Disunting dari"),
        queryset=None,
        required=False,
        empty_label=_("Bukan dari versi di portal"),
        help_text=_("Versi yang Anda unduh sebelum menyunting."),
    )
    note = forms.CharField(
        label=_("Catatan"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya siapa yang meminta perubahan. Boleh dikosongkan."),
    )
    is_confirmed = forms.BooleanField(
        label=_("Saya sudah memeriksanya; simpan sebagai versi berikutnya"),
        required=False,
    )
    told = LineFormField(widget=forms.HiddenInput, required=False)
    # Of a file in which nothing was changed.
    said_of_same = _("Bunyi berkas ini sama dengan naskah versi %(number)s.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What others handed in meanwhile is told of in its own words.
        self.fields.pop("revision", None)
        self.fields["base"].queryset = self.record.texts.for_list()
        if not self.is_bound:
            self.initial["base"] = services.likely_base(self.record, self.user)
        self.confirming = self.fields["is_confirmed"]
        if not self.data.get(self.add_prefix("told")):
            del self.fields["is_confirmed"]

    def clean(self):
        cleaned = super().clean()
        confirmed, told = cleaned.pop("is_confirmed", False), cleaned.pop("told", "")
        file, base = cleaned.get("file"), cleaned.get("base")
        latest = latest_text(self.record)
        cleaned["seen"] = latest.number if latest else 0
        if file is None or self.errors:
            return cleaned
        if latest and services.is_same(latest, file):
            self.add_error("file", services.same_as(latest))
            return cleaned
        try:
            found = reading.read(file)
        except ValidationError as refusal:
            self.add_error("file", refusal)
            return cleaned
        cleaned["reading"] = services.restored_from(base or latest, found)
        cautions = services.cautions(self.record, base, cleaned["reading"])
        if services.reads_same(latest, cleaned["reading"]):
            cautions.append(self.said_of_same % {"number": latest.number})
        if cautions and not (confirmed and told == _digest(cautions)):
            self._ask(cautions)
        return cleaned

    def _ask(self, cautions: list[str]) -> None:
        self.fields["is_confirmed"] = self.confirming
        self.data = self.data.copy()
        self.data[self.add_prefix("told")] = _digest(cautions)
        self.data.pop(self.add_prefix("is_confirmed"), None)
        self.add_error("is_confirmed", ValidationError(cautions))


def _digest(cautions: list[str]) -> str:
    return hashlib.sha256("\n".join(cautions).encode()).hexdigest()[:16]

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pokmas.documents.checking import code_in
from pokmas.documents.inspection import refusal, what_is
from pokmas.documents.uploads import MAX_FILE_BYTES
from pokmas.records.lines import LineFormField
from pokmas.words import dates


class CodeForm(forms.Form):
    only_asks = True

    code = LineFormField(
        label=_("Kode verifikasi"),
        help_text=_("12 huruf dan angka di dekat kode QR, misalnya 7KQM-2XVD-9TRB."),
        max_length=200,
        strip=True,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Ketik kodenya dahulu.")},
    )

    def clean_code(self):
        code = code_in(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(
                _(
                    "Kode terdiri atas 12 huruf dan angka, tanpa huruf hidup dan tanpa "
                    "angka 0 dan 1. Periksa lagi kode itu."
                ),
                code="code",
            )
        return code


class FileForm(forms.Form):
    only_asks = True

    file = forms.FileField(
        label=_("Berkas PDF"),
        help_text=_("Paling besar 25 MB. Berkas dibandingkan saja, tidak disimpan."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": _("Pilih berkas PDF dahulu."),
            "empty": _("Berkas ini kosong (0 bita). Pilih berkas lain."),
        },
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > MAX_FILE_BYTES:
            raise refusal(
                "too_large_to_compare",
                upload.name,
                size=dates.file_size(upload.size),
                limit=dates.file_size(MAX_FILE_BYTES),
            )
        if what_is(upload) != "pdf":
            raise refusal("kind", upload.name, kinds="PDF", advice="")
        return upload

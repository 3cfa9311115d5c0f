"""The declarations as an applicant answers them, and as headquarters words them."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.declarations.models import Declaration
from pokmas.forms.base import RecordForm, StepForm


class DeclareForm(StepForm):
    """A tick of its own for each; a wording that came meanwhile is asked again."""

    def __init__(self, *args, declarations: Iterable[Declaration], **kwargs):
        super().__init__(*args, **kwargs)
        self.declarations = {f"declares_{each.pk}": each for each in declarations}
        for name, declaration in self.declarations.items():
            self.fields[name] = self._tick(declaration)

    def _tick(self, declaration):
        words = _("Setuju: %(title)s")
        if self.user.acting.is_staff:
            words = _("Mitra setuju di hadapan saya: %(title)s")
        return forms.BooleanField(
            label=words % {"title": declaration},
            error_messages={"required": _("Belum dinyatakan.")},
        )

    @property
    def asked(self) -> list[tuple]:
        """Each declaration with its tick."""
        return [(each, self[name]) for name, each in self.declarations.items()]

    @property
    def said(self) -> list[Declaration]:
        return [
            each
            for name, each in self.declarations.items()
            if self.cleaned_data.get(name)
        ]


class DeclarationForm(RecordForm):
    LAYOUT = [("", ("title", "text", ("valid_from", "valid_until"), "order"))]

    class Meta:
        model = Declaration
        fields = ["title", "text", "valid_from", "valid_until", "order"]
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}
        help_texts = {
            "title": _(
                "Naskah baru dengan judul yang sama menggantikan yang lama sejak "
                "tanggalnya."
            ),
            "valid_until": _("Kosongkan bila tanpa batas."),
            "order": _("Angka kecil tampil lebih dahulu."),
        }

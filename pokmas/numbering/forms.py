from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pokmas.forms.base import RecordForm, UserForm
from pokmas.forms.fields import IntegerField
from pokmas.numbering import services
from pokmas.numbering.models import (
    Classification,
    Kind,
    Number,
    NumberTemplate,
    Source,
    keeper_of,
)
from pokmas.offices.letters import NUMBER_PARTS
from pokmas.records.lines import LineFormField

PARTS = ", ".join(f"{{{part}}}" for part in NUMBER_PARTS if part != "nomor")


class ClassificationForm(RecordForm):
    class Meta:
        model = Classification
        fields = ["code", "name"]


class NumberForm(RecordForm):
    """A paper that the portal does not know otherwise: the next number, or one that
    was given elsewhere."""

    LAYOUT = [
        (_("Naskah"), ("kind", ("dated", "classification"), "addressed_to", "gist")),
        (_("Nomor"), ("other_number",)),
    ]

    other_number = LineFormField(
        label=_("Nomor lain"),
        max_length=100,
        required=False,
        help_text=_(
            "Kosongkan untuk mengambil nomor berikutnya. Isi lengkap bila nomornya "
            "sudah diberikan di luar portal."
        ),
    )

    class Meta:
        model = Number
        fields = ["kind", "dated", "classification", "addressed_to", "gist"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.instance.office = keeper_of(user.acting.office)
        self.fields["dated"].initial = self.instance.office.today
        self.fields["kind"].initial = Kind.LETTER
        rows = Classification.objects.in_use()
        self.fields["classification"].queryset = rows


class CancelForm(UserForm, forms.Form):
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tetap tertulis di buku nomor."),
    )


class ContinueForm(UserForm, forms.Form):
    last = IntegerField(
        label=_("Nomor urut terakhir yang sudah dipakai"),
        min_value=1,
        max_value=999_999,
        help_text=_(
            "Bila tahun ini sudah ada nomor yang diberikan di luar portal: nomor "
            "berikutnya mengikuti angka ini."
        ),
    )


class CodeForm(UserForm, forms.Form):
    code = LineFormField(
        label=_("Kode kantor di dalam nomor"),
        max_length=20,
        help_text=_("Misalnya 22 untuk Kanwil, 3 untuk unit."),
    )


class TemplateForm(RecordForm):
    class Meta:
        model = NumberTemplate
        fields = [
            *("source", "pattern", "classification", "has_own_series"),
            "valid_from",
        ]
        help_texts = {
            "source": _("Dengan SRIKANDI portal tidak memberi nomor untuk jenis ini."),
            "pattern": format_lazy(
                _("Bagian yang diisi sendiri: {parts}. Yang lain dicetak apa adanya."),
                parts=PARTS,
            ),
            "valid_from": _("Yang lama tetap berlaku sampai hari sebelumnya."),
        }
        widgets = {"source": forms.RadioSelect}

    def __init__(self, *args, user, kind, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        office = keeper_of(user.acting.office)
        self.instance.office, self.instance.kind = office, kind
        now = services.writing_of(office, kind, office.today).rule
        self.initial = {
            "source": now.source,
            "pattern": now.pattern,
            "classification": now.classification,
            "has_own_series": now.has_own_series,
            "valid_from": office.today,
        } | self.initial
        self.fields["source"].choices = [
            each for each in Source.choices if each[0] != Source.OUTSIDE
        ]
        rows = Classification.objects.in_use()
        self.fields["classification"].queryset = rows

    def clean(self):
        """What was said from a day on that is not over may be put right."""
        cleaned = super().clean()
        office, day = self.instance.office, cleaned.get("valid_from")
        if day and day >= office.today:
            said = NumberTemplate.objects.filter(office=office, valid_from=day)
            same = said.filter(kind=self.instance.kind).first()
            self.instance = same or self.instance
        return cleaned

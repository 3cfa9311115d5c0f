"""What is asked about a visit, and where one is needed."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from partners.questions.forms import QuestionForm
from partners.visits.models import FieldVisit, VisitQuestion, VisitRule
from pokmas.forms.base import StepForm
from pokmas.forms.fields import DateField
from pokmas.forms.kept_files import PHOTOS, KeptFilesField
from pokmas.records.lines import LineFormField
from pokmas.rules.forms import OfficeRuleForm

POINT = re.compile(r"(-?\d{1,2}\.\d{1,12})\s*[,;\s]\s*(-?\d{1,3}\.\d{1,12})")
# The script that asks a phone where it is.
PLACE = lazy(static, str)("js/place.js")
SIXTH = Decimal("0.000001")


class PointField(LineFormField):
    """Latitude and longitude in one line, as maps write them."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = POINT.fullmatch(text)
        if not found:
            raise ValidationError(
                _("Tulis lintang dan bujur dengan titik, misalnya -10.1772, 123.6070.")
            )
        return tuple(Decimal(part).quantize(SIXTH) for part in found.groups())


class VisitForm(StepForm):
    visited_on = DateField(label=_("Tanggal kunjungan"))
    visitors = LineFormField(
        label=_("Petugas yang datang"),
        max_length=300,
        help_text=_("Nama petugas, dipisahkan dengan koma."),
    )
    point = PointField(
        label=_("Titik lokasi"),
        required=False,
        max_length=60,
        help_text=_(
            "Lintang dan bujur, misalnya -10.1772, 123.6070. Boleh kosong. Hanya "
            "dilihat petugas."
        ),
        widget=forms.TextInput(attrs={"data-locate": "", "data-part": PLACE}),
    )
    photos = KeptFilesField(
        label=_("Foto kunjungan"),
        kinds=PHOTOS,
        required=False,
        at_most=6,
        help_text=_(
            "Lokasi dan data kamera dihapus; hanya dilihat petugas. Jangan memotret "
            "warga binaan, klien, atau anak."
        ),
    )
    result = forms.ChoiceField(
        label=_("Hasil"), choices=FieldVisit.Result, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Catatan lain"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["visited_on"].initial = self.record.office.today
        self.fields["visitors"].initial = self.user.full_name
        self.questions = list(VisitQuestion.objects.asked_of(self.record))
        for question in self.questions:
            self.fields[_name(question)] = LineFormField(
                label=str(question), max_length=300
            )

    @property
    def LAYOUT(self):
        seen = tuple(map(_name, self.questions))
        return [
            (_("Kapan dan siapa"), (("visited_on", "visitors"), "point")),
            (_("Yang terlihat"), (*seen, "photos")),
            (_("Kesimpulan"), ("result", "note")),
        ]

    def clean(self):
        """The answers together, as the service takes them."""
        cleaned = super().clean()
        cleaned["seen"] = {
            question: cleaned.pop(_name(question))
            for question in self.questions
            if _name(question) in cleaned
        }
        return cleaned


def _name(question) -> str:
    return f"seen_{question.pk}"


class VisitQuestionForm(QuestionForm):
    class Meta(QuestionForm.Meta):
        model = VisitQuestion


class VisitRuleForm(OfficeRuleForm):
    class Meta(OfficeRuleForm.Meta):
        model = VisitRule
        fields = ["office", "kind", "is_required", "valid_from", "source"]
        help_texts = {
            **OfficeRuleForm.Meta.help_texts,
            "kind": _("Tanpa pilihan: semua jenis mitra."),
            "is_required": _("Tanpa tanda: kunjungan tidak wajib lagi."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].empty_label = _("Semua jenis mitra")

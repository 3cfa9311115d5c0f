"""What an examiner and a head answer."""

from dataclasses import dataclass

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partners.questions.forms import QuestionForm
from partners.registry.models import Partnership
from partners.vetting.handling import colleagues
from partners.vetting.models import Criterion, Finding
from pokmas.accounts.models import User
from pokmas.forms.base import StepForm, VerdictForm
from pokmas.forms.choosing import Choosing
from pokmas.records.lines import LineFormField


@dataclass(frozen=True)
class Point:
    """One point of the checklist, as the page shows it."""

    criterion: Criterion
    met: forms.BoundField
    comment: forms.BoundField


class VerifyForm(VerdictForm):
    """The whole checklist, a comment for each point, and the verdict.

    Who finds all in order says so once; what is not answered then counts as met.
    """

    rest_is_met = forms.BooleanField(
        label=_("Semua terpenuhi, kecuali yang saya tandai"), required=False
    )

    verdicts = [
        (Partnership.Status.VERIFYING, _("Teruskan kepada kepala untuk diputuskan")),
        (
            Partnership.Status.RETURNED,
            _("Kembalikan kepada pendaftar untuk diperbaiki"),
        ),
    ]
    asks_verdict = True
    ANSWERS = [("yes", _("Terpenuhi")), ("no", _("Belum terpenuhi"))]
    field_order = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = list(Criterion.objects.asked_of(self.record))
        newest = self.record.findings.newest() if self.record.is_examined else ()
        before = {row.criterion_id: row for row in newest}
        for number, criterion in enumerate(self.criteria, start=1):
            found = before.get(criterion.pk)
            self.fields[f"met_{criterion.pk}"] = forms.ChoiceField(
                label=f"{number}. {criterion}",
                choices=self.ANSWERS,
                widget=forms.RadioSelect,
                initial=("yes" if found.is_met else "no") if found else None,
                help_text="" if criterion.is_required else _("Tidak mutlak."),
            )
            self.fields[f"comment_{criterion.pk}"] = LineFormField(
                label=format_lazy(_("Catatan untuk nomor {number}"), number=number),
                max_length=300,
                error_messages={
                    "required": format_lazy(
                        _("Jelaskan mengapa “{criterion}” belum terpenuhi."),
                        criterion=criterion,
                    )
                },
                initial=found.comment if found and not found.is_met else "",
            )
        verdict, reason = self.fields.pop("verdict"), self.fields.pop("reason")
        self.fields |= {"verdict": verdict, "reason": reason}
        if "rest_is_met" in self.data:
            self._fill()

    def _fill(self):
        self.data = self.data.copy()
        for criterion in self.criteria:
            self.data.setdefault(f"met_{criterion.pk}", "yes")

    @property
    def points(self) -> list[Point]:
        return [
            Point(row, self[f"met_{row.pk}"], self[f"comment_{row.pk}"])
            for row in self.criteria
        ]

    def clean(self):
        cleaned = super().clean()
        for criterion in self.criteria:
            if cleaned.get(f"met_{criterion.pk}") != "no":
                # Hidden then, and no part of the answer.
                note = f"comment_{criterion.pk}"
                self.errors.pop(note, None)
                cleaned[note] = ""
        return cleaned

    @property
    def findings(self) -> list[Finding]:
        return [
            Finding(
                criterion=criterion,
                is_met=self.cleaned_data[f"met_{criterion.pk}"] == "yes",
                comment=self.cleaned_data[f"comment_{criterion.pk}"],
            )
            for criterion in self.criteria
        ]


class HandOverForm(Choosing, StepForm):
    """To whom an examination is given."""

    colleague = forms.ModelChoiceField(
        label=_("Rekan"), queryset=User.objects.none(), empty_label=_("Pilih rekan")
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.offer(
            "colleague",
            colleagues(record),
            lacking=_("Tidak ada rekan lain yang memeriksa pendaftaran di unit ini."),
        )


class DecideForm(VerdictForm):
    """The head's decision."""

    verdicts = [
        (Partnership.Status.APPROVED, _("Setujui sebagai mitra")),
        (Partnership.Status.SUBMITTED, _("Kembalikan ke pemeriksa")),
        (
            Partnership.Status.RETURNED,
            _("Kembalikan kepada pendaftar untuk diperbaiki"),
        ),
        (Partnership.Status.DECLINED, _("Tolak")),
    ]


class CriterionForm(QuestionForm):
    class Meta(QuestionForm.Meta):
        model = Criterion
        fields = ["text", "is_required", *QuestionForm.Meta.fields[1:]]

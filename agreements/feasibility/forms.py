from dataclasses import dataclass
from itertools import groupby

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agreements.feasibility.models import (
    Feasibility,
    FeasibilityAnswer,
    FeasibilityCriterion,
    FeasibilityRule,
    FeasibilityTrigger,
)
from agreements.register.models import Agreement
from partners.models import Partner, Partnership
from partners.questions.forms import QuestionForm
from pokmas.documents.models import Document
from pokmas.forms.base import RecordForm, StepForm, VerdictForm
from pokmas.forms.choosing import Choosing, numbers
from pokmas.forms.kept_files import KeptFilesField
from pokmas.records.lines import LineFormField
from pokmas.rules.forms import OfficeRuleForm

# Of a sheet and of the draft that it becomes.
TITLE = _(
    "Pokoknya saja, tanpa “PKS” atau “Perjanjian Kerja Sama” di depan: naskah sudah "
    "menyebut jenisnya."
)


class PlanForm(Choosing, RecordForm):
    """What a plan of cooperation says at least (Permenkumham 65/2016)."""

    LAYOUT = [
        (_("Dengan siapa"), ("partner", "kind")),
        (
            _("Rencana kerja sama"),
            ("title", "urgency", "form", "subject", ("starts_on", "ends_on")),
        ),
    ]

    class Meta:
        model = Feasibility
        fields = [
            *("partner", "kind", "title", "urgency", "form", "subject"),
            *("starts_on", "ends_on"),
        ]
        widgets = {
            "urgency": forms.Textarea(attrs={"rows": 3}),
            "form": forms.Textarea(attrs={"rows": 3}),
            "subject": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            "title": TITLE,
            "urgency": _("Mengapa kerja sama ini perlu? (Permenkumham 65/2016)"),
            "form": _("Misalnya pelatihan, penyuluhan, atau penyediaan tempat."),
            "subject": _(
                "Apa yang dilakukan, oleh siapa, dan untuk siapa. Jangan menulis nama "
                "warga binaan, klien, atau anak."
            ),
        }

    def __init__(self, *args, user, partnership=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        # An addendum is begun at the agreement that it changes.
        self.fields["kind"].choices = [
            choice
            for choice in self.fields["kind"].choices
            if choice[0] != Agreement.Kind.ADDENDUM
        ]
        partners = Partner.objects.working_for(user)
        self.fields["partner"].empty_label = _("Pilih mitra")
        if not self.instance._state.adding:
            self.fields["partner"].queryset = Partner.objects.filter(
                pk=self.instance.partner_id
            )
            self.fields["partner"].disabled = True
            return
        self.instance.office = user.acting.office
        working = Partnership.objects.visible_to(user).working()
        for found in working.filter(pk__in=numbers([partnership])):
            self.initial["partner"] = found.partner_id
        self.offer(
            "partner",
            partners.select_related("regency"),
            label=lambda partner: f"{partner.name} ({partner.regency})",
            lacking=_(
                "Belum ada mitra yang disetujui. Catat mitranya dahulu di menu "
                "Mitra, lalu kepala menyetujuinya."
            ),
        )


@dataclass(frozen=True)
class Point:
    """One question as the page shows it: the answer, and what stands beside it."""

    answer: forms.BoundField
    note: forms.BoundField


class AnswerForm(StepForm):
    """All criteria and triggers; what is left open may follow until it is handed in."""

    papers = KeptFilesField(
        label=_("Berkas bukti"),
        kinds=[Document.Kind.PDF, Document.Kind.JPEG, Document.Kind.PNG],
        required=False,
        at_most=10,
        help_text=_("Surat, foto, atau hasil pertemuan yang disebut di atas."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sheet = self.record
        for number, criterion in enumerate(sheet.criteria, start=1):
            row = sheet.answered.get(criterion.pk)
            self.fields[f"score_{criterion.pk}"] = forms.TypedChoiceField(
                label=f"{number}. {criterion}",
                choices=[("", _("Belum dijawab")), *FeasibilityAnswer.SCORES],
                coerce=int,
                empty_value=None,
                required=False,
                initial=row.score if row else None,
            )
            self.fields[f"evidence_{criterion.pk}"] = LineFormField(
                label=format_lazy(_("Bukti nomor {number}"), number=number),
                max_length=300,
                required=False,
                initial=row.evidence if row else "",
            )
        for trigger in sheet.triggers:
            row = sheet.found.get(trigger.pk)
            self.fields[f"there_{trigger.pk}"] = forms.BooleanField(
                label=str(trigger),
                required=False,
                initial=row.is_there if row else False,
            )
            self.fields[f"why_{trigger.pk}"] = LineFormField(
                label=_("Penjelasan"),
                max_length=300,
                required=False,
                initial=row.explanation if row else "",
            )
        for field in self.fields.values():
            field.optional_words = ""  # all of it may follow
        papers = self.fields.pop("papers")
        self.fields["papers"] = papers

    @property
    def groups(self) -> list[tuple]:
        """The criteria under their five headings."""
        rows = groupby(self.record.criteria, key=lambda each: each.group)
        return [
            (
                FeasibilityCriterion.Group(group).label,
                [
                    Point(self[f"score_{each.pk}"], self[f"evidence_{each.pk}"])
                    for each in criteria
                ],
            )
            for group, criteria in rows
        ]

    @property
    def points(self) -> list[Point]:
        return [
            Point(self[f"there_{each.pk}"], self[f"why_{each.pk}"])
            for each in self.record.triggers
        ]

    def clean(self):
        """The answers together, as the service takes them."""
        typed = super().clean()
        answers, found = {}, {}
        for each in self.record.criteria:
            score = typed.get(f"score_{each.pk}")
            evidence = typed.get(f"evidence_{each.pk}", "")
            if self[f"score_{each.pk}"].data is None and not evidence:
                continue
            if score is None and evidence:
                words = _("Pilih jawabannya, atau kosongkan buktinya.")
                self.add_error(f"score_{each.pk}", words)
            if score and not evidence and f"evidence_{each.pk}" not in self.errors:
                words = _("Tulis apa yang menunjukkannya.")
                self.add_error(f"evidence_{each.pk}", words)
            answers[each] = (score, evidence)
        for each in self.record.triggers:
            is_there = typed.get(f"there_{each.pk}", False)
            why = typed.get(f"why_{each.pk}", "")
            if why and not is_there:
                words = _("Beri tanda bila ini ada, atau kosongkan penjelasannya.")
                self.add_error(f"there_{each.pk}", words)
            found[each] = (is_there, why)
        return {
            "answers": answers,
            "found": found,
            "papers": typed.get("papers", ()),
            "revision": typed.get("revision"),
        }


class DecideForm(VerdictForm):
    """The head's decision."""

    verdicts = [
        (Feasibility.Status.APPROVED, _("Layak: naskahnya boleh disusun")),
        (Feasibility.Status.RETURNED, _("Kembalikan untuk diperbaiki")),
        (Feasibility.Status.DECLINED, _("Tidak dilanjutkan")),
    ]


class FeasibilityCriterionForm(QuestionForm):
    LAYOUT = [("", ("text", "group", "kinds", ("valid_from", "valid_until")))]

    class Meta(QuestionForm.Meta):
        model = FeasibilityCriterion
        fields = ["text", "group", *QuestionForm.Meta.fields[1:]]


class FeasibilityTriggerForm(QuestionForm):
    class Meta(QuestionForm.Meta):
        model = FeasibilityTrigger


class FeasibilityRuleForm(OfficeRuleForm):
    class Meta(OfficeRuleForm.Meta):
        model = FeasibilityRule
        fields = ["office", "is_required", "valid_from", "source"]
        help_texts = {
            **OfficeRuleForm.Meta.help_texts,
            "is_required": _(
                "Tanpa tanda: lembar tidak wajib, tetapi tetap dapat dibuat."
            ),
        }

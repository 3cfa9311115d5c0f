from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.evaluations import due
from agreements.evaluations.models import Evaluation, Outcome
from agreements.plans.progress import progress_of
from agreements.plans.rows import RowsForm
from pokmas.forms.base import StepForm, VerdictForm
from pokmas.records.lines import LineFormField

Kind, Status = Evaluation.Kind, Evaluation.Status
SAID = ("comment", "benefit", "problems", "advice")


class Said(forms.Form):
    """What is said of an agreement beside its figures."""

    comment = forms.CharField(
        label=_("Penjelasan pelaksanaan"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    benefit = forms.CharField(
        label=_("Manfaat bagi unit"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Apa yang berubah bagi unit, warga binaan, klien, atau anak?"),
    )
    problems = forms.CharField(
        label=_("Kendala"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    advice = forms.ChoiceField(
        label=_("Rekomendasi"),
        choices=Evaluation.Advice,
        widget=forms.RadioSelect,
    )

    def begin_with(self, row: Evaluation | None) -> None:
        """What was returned stands there as it was written."""
        for name in SAID if row else ():
            self.fields[name].initial = getattr(row, name)

    def state_facts(self, kind: str, day) -> None:
        row = Evaluation(agreement=self.record, kind=kind, due_on=day)
        progress = progress_of(self.record).begun_by(day)
        row.times, row.fulfilled = progress.times, progress.fulfilled
        row.target, row.served = progress.target, progress.sums.served
        words = _("Menurut catatan portal: %(fact)s") % {"fact": row.implementation}
        self.fields["comment"].help_text = words


def _returned(agreement, kind) -> Evaluation | None:
    rows = (each for each in due.judged(agreement) if each.kind == kind)
    return next((each for each in rows if each.status == Status.RETURNED), None)


class EvaluationForm(Said, StepForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        day = due.day_of(self.record)
        row = _returned(self.record, Kind.YEARLY)
        self.begin_with(row if row and row.due_on == day else None)
        self.state_facts(Kind.YEARLY, day)


class EndReportForm(Said, RowsForm):
    """Each outcome that was wanted: those of the work plan first, then others."""

    LINES = (("wanted",), ("state",), ("proof", "remains"), ("item",))
    FILLED = ("wanted", "state", "proof", "remains")
    NEEDED = ("wanted", "state", "proof")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.begin_with(_returned(self.record, Kind.FINAL))
        self.state_facts(Kind.FINAL, self.record.lasts_until)

    @property
    def LAYOUT(self):
        return [*super().LAYOUT, (_("Kesimpulan"), SAID)]

    def name_of(self, place):
        return _("Hasil %(number)s") % {"number": place + 1}

    def beginnings(self):
        if row := _returned(self.record, Kind.FINAL):
            names = ("wanted", "state", "proof", "remains")
            return [
                {"item": each.item_id, **{name: getattr(each, name) for name in names}}
                for each in row.outcomes.all()
            ]
        items = self.record.plan_items.all()
        return [{"item": item.pk, "wanted": str(item)} for item in items]

    def row(self, place):
        return {
            "wanted": LineFormField(label=_("Hasil yang diinginkan"), max_length=300),
            "state": forms.ChoiceField(
                label=_("Keadaan"), choices=[("", _("Pilih")), *Outcome.State.choices]
            ),
            "proof": LineFormField(
                label=_("Bukti"),
                max_length=300,
                help_text=_("Dokumen, kegiatan, atau angka yang menunjukkannya.")
                if place == 0
                else "",
            ),
            "remains": LineFormField(
                label=_("Yang belum selesai"),
                max_length=300,
                help_text=_("Wajib bila belum tercapai.") if place == 0 else "",
            ),
            "item": forms.IntegerField(widget=forms.HiddenInput),
        }

    def clean(self):
        cleaned = super().clean()
        for row in cleaned["items"]:
            lacks = row["state"] and row["state"] != Outcome.State.ACHIEVED
            if lacks and not row["remains"]:
                self.add_error(
                    f"remains_{row['place']}",
                    _("Tulis apa yang belum selesai, atau mengapa tidak tercapai."),
                )
        return cleaned


class ConfirmForm(VerdictForm):
    verdicts = (
        (Status.CONFIRMED, _("Sahkan")),
        (Status.RETURNED, _("Kembalikan untuk diperbaiki")),
    )

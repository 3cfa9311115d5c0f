from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.restorative.models import (
    Restitution,
    RestorativeMeeting,
    RestorativeOutcome,
)
from pokmas.forms.base import RecordForm
from pokmas.forms.fields import DateField, IntegerField
from pokmas.records.lines import LineFormField

Side = RestorativeMeeting.Side
SEXES = RestorativeMeeting.SEXES
MOST = 999
PREFIX = "restorative_"


class RestorativeFields(forms.Form):
    """To be mixed into the form of a report: who met, in counts, and what came of it.

    Asked only where the type of the activity is restorative.
    """

    restorative_outcome = forms.ModelChoiceField(
        RestorativeOutcome.objects.none(),
        label=_("Hasil pertemuan"),
        empty_label=_("Pilih hasil"),
    )
    restorative_restitution = forms.ModelMultipleChoiceField(
        Restitution.objects.none(),
        label=_("Bentuk pemulihan yang disepakati"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    restorative_agreed = LineFormField(
        label=_("Tindak lanjut pertemuan"),
        max_length=300,
        required=False,
        help_text=_("Apa yang akan dilakukan, tanpa nama siapa pun."),
    )
    restorative_agreed_on = DateField(label=_("Hari tindak lanjut"), required=False)

    def settle_restorative(self, is_unfinished: bool) -> None:
        """Ask what there is to ask, beginning with what is on record."""
        names = [name for name in self.fields if name.startswith(PREFIX)]
        if not self.is_restorative:
            for name in names:
                del self.fields[name]
            return
        meeting = self.meeting_on_record() or RestorativeMeeting()
        known = list(meeting.restitution.all()) if meeting.pk else []
        self._ask_for_counts(meeting)
        outcome = self.fields["restorative_outcome"]
        outcome.required = not is_unfinished
        outcome.queryset = _offered(RestorativeOutcome, [meeting.outcome_id])
        kinds = self.fields["restorative_restitution"]
        kinds.optional_words = _("(wajib bila ada kesepakatan)")
        kinds.queryset = _offered(Restitution, [row.pk for row in known])
        self.initial |= {
            "restorative_outcome": meeting.outcome_id,
            "restorative_restitution": known,
            "restorative_agreed": meeting.agreed,
            "restorative_agreed_on": meeting.agreed_on,
        }

    def meeting_on_record(self) -> RestorativeMeeting | None:
        rows = RestorativeMeeting.objects.filter(activity=self.instance)
        return rows.prefetch_related("restitution").first()

    def _ask_for_counts(self, meeting):
        for side in Side:
            for sex, words in SEXES.items():
                label = f"{side.label}, {words}"
                field = IntegerField(
                    label=label,
                    required=False,
                    min_value=0,
                    max_value=MOST,
                    initial=meeting.number(side, sex) or None,
                )
                field.widget.attrs["aria-label"] = label
                self.fields[f"{PREFIX}{side}_{sex}"] = field

    @property
    def is_restorative(self) -> bool:
        return self.instance.type.is_restorative

    @property
    def restorative_rows(self) -> list[tuple]:
        """Each side, and the fields of both sexes, for the grid."""
        return [
            (side.label, [self[f"{PREFIX}{side}_{sex}"] for sex in SEXES])
            for side in Side
        ]

    @property
    def restorative_names(self) -> list[str]:
        """In the order of the page."""
        return [f"{PREFIX}{side}_{sex}" for side in Side for sex in SEXES]

    @property
    def restorative_answers(self) -> dict | None:
        """What the services take; None if nothing is asked."""
        if not self.is_restorative:
            return None
        values = self.cleaned_data
        return {
            "numbers": {
                f"{side}_{sex}": values[f"{PREFIX}{side}_{sex}"] or 0
                for side in Side
                for sex in SEXES
            },
            **{
                name: values[f"{PREFIX}{name}"]
                for name in ("outcome", "restitution", "agreed", "agreed_on")
            },
        }


def _offered(model, known: list):
    """What is in use, and what is on record."""
    return (model.objects.in_use() | model.objects.filter(pk__in=known)).distinct()


class OutcomeForm(RecordForm):
    class Meta:
        model = RestorativeOutcome
        fields = ["name", "is_agreement", "is_open", "order"]
        help_texts = {
            "is_agreement": _("Laporannya menyebut bentuk pemulihan yang disepakati."),
            "is_open": _("Laporannya menyebut hari tindak lanjut."),
            "order": _("Yang terkecil tampil lebih dahulu."),
        }


class RestitutionForm(RecordForm):
    class Meta:
        model = Restitution
        fields = ["name"]

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.signing.forms import TYPED, SignForm
from agreements.standing.falling import CHILDREN, FALLS, all_below
from pokmas.documents.models import Document
from pokmas.forms.base import ReasonForm, StepForm
from pokmas.forms.kept_files import KeptFileField
from pokmas.records.lines import LineFormField


def _ticks(label, text, choices, *, is_ticked):
    return forms.TypedMultipleChoiceField(
        label=label,
        help_text=text,
        choices=choices,
        initial=[key for key, _text in choices] if is_ticked else [],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ResumeForm(StepForm):
    """What of all that fell with the agreement comes back with it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for fall in FALLS:
            rows = fall.fallen(self.record) if fall.fallen else ()
            if choices := [(row.pk, fall.say(row)) for row in rows]:
                self.fields[fall.back_answer] = _ticks(
                    fall.back_label, fall.back_help, choices, is_ticked=True
                )


class FallForm(ReasonForm):
    """Why, and what of all that hangs on the agreement stays."""

    ending = False
    # What was listed when the question was shown.
    listed = LineFormField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        children = all_below(self.record, ending=self.ending)
        self._ask(
            CHILDREN,
            _("Perjanjian turunan yang tetap berlaku"),
            self._what,
            [(child.pk, self._named(child)) for child in children],
        )
        for fall in FALLS:
            rows = fall.rows([self.record, *children], self.ending)
            self._ask(
                fall.answer,
                fall.label,
                fall.told(ending=self.ending),
                [(row.pk, fall.say(row)) for row in rows],
                is_ticked=fall.is_kept_for_a_time and not self.ending,
            )
        self.fields["listed"].initial = self._listed()

    def _named(self, child):
        is_here = child.office_id == self.record.office_id
        about = [child.partner_unsaid, "" if is_here else child.office.name]
        return " · ".join(filter(None, [child.title, *about]))

    @property
    def _what(self):
        if self.ending:
            return _("Yang tidak dicentang ikut berakhir dengan surat yang sama.")
        return _("Yang tidak dicentang ikut ditangguhkan.")

    def _ask(self, name, label, text, choices, *, is_ticked=False):
        if choices:
            self.fields[name] = _ticks(label, text, choices, is_ticked=is_ticked)

    def _listed(self):
        return ";".join(
            f"{name}:{','.join(str(key) for key, _text in field.choices)}"
            for name, field in self.fields.items()
            if isinstance(field, forms.TypedMultipleChoiceField)
        )

    def clean(self):
        """Nothing falls that the person was not shown."""
        cleaned = super().clean()
        if cleaned.pop("listed", "") != self._listed():
            self.data = self.data.copy()
            self.data[self.add_prefix("listed")] = self._listed()
            self.add_error(
                None,
                _(
                    "Yang terkait dengan kerja sama ini berubah sejak Anda membuka "
                    "halaman ini. Periksa daftarnya, lalu kirim lagi."
                ),
            )
        return cleaned


class TerminateForm(FallForm):
    ending = True
    paper = KeptFileField(label=_("Surat pengakhiran"), kinds=[Document.Kind.PDF])


class RectifyForm(SignForm):
    """What was recorded of the signing, to be put right."""

    asks_number = False
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Yang berkepentingan akan membaca alasan ini."),
    )

    def __init__(self, *args, record, **kwargs):
        initial = {name: getattr(record, name) for name in (*TYPED, "scan")}
        super().__init__(*args, record=record, initial=initial, **kwargs)

from django import forms
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import User
from pokmas.coordination import reach
from pokmas.coordination.models import Task
from pokmas.forms.base import ReasonForm, RecordForm, StepForm
from pokmas.forms.choosing import Choosing, SearchedTicks
from pokmas.forms.fields import DateField
from pokmas.offices.models import Office
from pokmas.records.lines import LineFormField


class TaskForm(Choosing, RecordForm):
    """What, by when, and by whom: one office or several, or one officer there."""

    offices = forms.ModelMultipleChoiceField(
        Office.objects.none(),
        label=_("Kantor"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    everywhere = forms.BooleanField(label=_("Semua UPT di bawah"), required=False)

    class Meta:
        model = Task
        fields = ["what", "details", "until", "owner"]
        widgets = {
            "details": forms.Textarea(attrs={"rows": 4}),
            "owner": forms.RadioSelect,
        }
        help_texts = {
            "what": _("Misalnya: Lengkapi narahubung kerja sama ini."),
            "details": _("Tanpa nama warga binaan, klien, atau anak."),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        own = user.acting.office
        self.reach = reach.offices_of(user)
        self.initial.setdefault("offices", [own.pk])
        self.offer("offices", self.reach, widget=SearchedTicks)
        if own.is_wide:
            self.units = self.reach.units()
        else:
            del self.fields["everywhere"]
        self._offer_owners()

    def _offer_owners(self):
        chosen = self.chosen("offices")
        office = self.reach.filter(pk__in=chosen).first() if len(chosen) == 1 else None
        if office is None or self._is_everywhere:
            del self.fields["owner"]
            return
        rows = reach.officers_at(office)
        self.offer("owner", rows, none=_("Biarkan kepala kantor menunjuk"))

    @property
    def _is_everywhere(self) -> bool:
        return "everywhere" in self.fields and bool(self["everywhere"].value())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("everywhere"):
            cleaned["offices"] = self.units
        elif not cleaned.get("offices") and "offices" not in self.errors:
            self.add_error("offices", _("Pilih sedikitnya satu kantor."))
        return cleaned


class AssignForm(StepForm):
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Pelaksana"),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.fields["owner"].queryset = reach.officers_at(record.office)


class FinishForm(StepForm):
    answer = forms.CharField(
        label=_("Hasilnya"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Apa yang sudah dilakukan. Pemberi tugas membacanya."),
    )


class WriteForm(StepForm):
    text = forms.CharField(
        label=_("Kabar"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dibaca pelaksana dan pemberi tugas."),
    )


class GiveAgainForm(StepForm):
    what = LineFormField(label=_("Tugas"), max_length=200)
    details = forms.CharField(
        label=_("Penjelasan"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    until = DateField(label=_("Selesai paling lambat"))

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        for name in ("what", "details", "until"):
            self.fields[name].initial = getattr(record, name)


class ReopenForm(ReasonForm):
    until = DateField(label=_("Selesai paling lambat"))

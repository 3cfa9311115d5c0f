from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.forms.base import RecordForm, UserForm
from pokmas.offices.models import Office
from pokmas.words import dates
from reports.figures.periods import Month
from reports.monthly.models import Report

MONTHS_OFFERED = 12


class NarrativeForm(RecordForm):
    """What the unit says beside its figures."""

    class Meta:
        model = Report
        fields = ["obstacles", "follow_up"]
        widgets = {
            "obstacles": forms.Textarea(attrs={"rows": 5}),
            "follow_up": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "obstacles": _("Jangan menulis nama warga binaan, klien, atau anak."),
            "follow_up": _("Apa yang akan dilakukan, oleh siapa, dan kapan."),
        }


class RequestForm(UserForm, forms.Form):
    """Which month, and of which office where the person has several."""

    office = forms.ModelChoiceField(
        label=_("Unit"), queryset=Office.objects.none(), empty_label=None
    )
    month = forms.TypedChoiceField(
        label=_("Bulan"), coerce=date.fromisoformat, empty_value=None
    )
    obstacles = forms.CharField(
        label=_("Kendala"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Jangan menulis nama warga binaan, klien, atau anak."),
    )
    follow_up = forms.CharField(
        label=_("Tindak lanjut"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        offices = Office.objects.visible_to(user).units().active()
        self.fields["office"].queryset = offices
        if offices.count() == 1:
            self.fields["office"].initial = offices.get()
            self.fields["office"].widget = forms.HiddenInput()
        this_month = Month.of(timezone.localdate())
        months = reversed(this_month.up_to_here(MONTHS_OFFERED))
        self.fields["month"].choices = [
            (month.first.isoformat(), dates.month_year(month.first)) for month in months
        ]
        self.fields["month"].initial = this_month.back(1).first.isoformat()

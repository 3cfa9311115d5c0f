from datetime import date

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from outreach.activities.remarks import NoNames
from pokmas.forms.base import ReasonForm, RecordForm, UserForm, VerdictForm
from pokmas.forms.choosing import Choosing
from pokmas.offices.models import Office
from pokmas.words import dates
from reports.figures.periods import Month
from reports.monthly.models import Report

MONTHS_OFFERED = 12


class NarrativeForm(NoNames, RecordForm):
    """What the unit says beside its figures."""

    REMARKS = ("obstacles", "follow_up")

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


class AcceptForm(VerdictForm):
    verdicts = (
        (Report.Status.ACCEPTED, _("Terima laporan")),
        (Report.Status.RETURNED, _("Kembalikan untuk diperbaiki")),
    )


class AnswerForm(ReasonForm):
    """What the unit says to a note of the Kanwil that changes nothing in the report."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Jawaban atas catatan Kanwil")
        self.fields["reason"].help_text = _(
            "Mengapa isi dan angkanya tidak diubah. Kanwil membacanya di samping "
            "laporan."
        )


class RequestForm(Choosing, UserForm, forms.Form):
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
        this_month = Month.of(timezone.localdate())
        months = this_month.up_to_here(MONTHS_OFFERED)
        # The months of a unit that was merged are its successor's to report.
        still_told = Q(is_active=True) | Q(
            successor__isnull=False, valid_to__gte=months[0].last
        )
        offices = Office.objects.visible_to(user).units().filter(still_told)
        own = user.acting.office
        self.fields["office"].initial = None if own.is_wide else own.pk
        self.offer("office", offices)
        if offices.count() == 1:
            self.fields["office"].initial = offices.get()
            self.fields["office"].widget = forms.HiddenInput()
        months.reverse()
        reported = self._reported()
        self.fields["month"].choices = [
            (month.first.isoformat(), _label(month, reported)) for month in months
        ]
        left = [month for month in months if month.first not in reported]
        over = [month for month in left if month != this_month]
        first = [*over, *left, this_month.back(1)][0]
        self.fields["month"].initial = first.first.isoformat()

    def _reported(self) -> set[date]:
        """The months of which the one office that is chosen has a report."""
        office = self.fields["office"].initial
        if office is None:
            return set()
        return set(Report.objects.filter(office=office).values_list("month", flat=True))

    def clean(self):
        """Who asks again is led to the report that is there, unless he wrote something
        that would be lost on the way."""
        given = super().clean()
        months = {"office": given.get("office"), "month": given.get("month")}
        existing = all(months.values()) and Report.objects.filter(**months).first()
        if existing and any(
            given.get(name) not in ("", getattr(existing, name))
            for name in ("obstacles", "follow_up")
        ):
            self.add_error("month", _there(existing))
        return given


def _label(month: Month, reported: set[date]) -> str:
    name = dates.month_year(month.first)
    if month.first not in reported:
        return name
    return _("%(month)s (laporannya sudah ada)") % {"month": name}


def _there(report: Report) -> str:
    return format_html(
        _(
            'Laporan bulan ini sudah ada. Salin isian Anda ke <a href="{}">laporan '
            "itu</a>, atau pilih bulan lain."
        ),
        report.get_absolute_url(),
    )

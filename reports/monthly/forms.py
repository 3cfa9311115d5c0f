from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from outreach.activities.remarks import NoNames
from pokmas.forms.base import ReasonForm, RecordForm, UserForm, VerdictForm
from pokmas.forms.choosing import Choosing
from pokmas.offices.models import Office
from reports.figures.periods import Kind, Month, Period
from reports.monthly.models import Report


class NarrativeForm(NoNames, RecordForm):
    """What is said beside the figures."""

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
    """What is said to a note that changes nothing in the report."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Jawaban atas catatan pemeriksa")
        self.fields["reason"].help_text = _(
            "Mengapa isi dan angkanya tidak diubah. Pemeriksa membacanya di samping "
            "laporan."
        )


class RequestForm(Choosing, UserForm, forms.Form):
    """Which period, and of which office where the person has several."""

    office = forms.ModelChoiceField(
        label=_("Unit"), queryset=Office.objects.none(), empty_label=None
    )
    period = forms.TypedChoiceField(
        label=_("Periode"), coerce=Period.read, empty_value=None
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

    def __init__(self, *args, user, asked=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        this_month = Month.of(timezone.localdate())
        months = this_month.up_to_here(Kind.MONTHLY.recent)
        own = user.acting.office
        if own.is_wide:  # it writes of its units together
            offices = Office.objects.filter(pk=own.pk)
        else:
            # The months of a unit that was merged are its successor's to report.
            still_told = Q(is_active=True) | Q(
                successor__isnull=False, valid_to__gte=months[0].last
            )
            offices = Office.objects.visible_to(user).units().filter(still_told)
        self.fields["office"].initial = own.pk
        self.offer("office", offices)
        if offices.count() == 1:
            self.fields["office"].initial = offices.get()
            self.fields["office"].widget = forms.HiddenInput()
        reported = self._reported()
        offered = {
            kind: Period.of(kind, this_month.first).up_to_here(kind.recent)[::-1]
            for kind in Kind
        }
        self.fields["period"].choices = [
            (kind.label, [(each.code, _label(each, reported)) for each in periods])
            for kind, periods in offered.items()
        ]
        monthly = offered[Kind.MONTHLY]
        left = [each for each in monthly if each not in reported]
        over = [each for each in left if each.first != this_month.first]
        self.fields["period"].initial = [*over, *left, monthly[1]][0].code
        self._begin_with(asked or {})

    def _begin_with(self, asked) -> None:
        """What the address asks for, where it is offered."""
        offered = {
            code
            for _kind, each in self.fields["period"].choices
            for code, _label in each
        }
        if asked.get("period") in offered:
            self.fields["period"].initial = asked["period"]

    def _reported(self) -> set[Period]:
        """The periods of which the one office that is chosen has a report."""
        office = self.fields["office"].initial
        rows = Report.objects.filter(office=office).values_list("kind", "month")
        return {Period(Kind(kind), month) for kind, month in rows}

    def clean(self):
        """Who asks again is led to the report that is there, unless he wrote something
        that would be lost on the way."""
        given = super().clean()
        office, period = given.get("office"), given.get("period")
        if not (office and period):
            return given
        rows = Report.objects.filter(office=office)
        existing = rows.filter(kind=period.kind, month=period.first).first()
        if existing and any(
            given.get(name) not in ("", getattr(existing, name))
            for name in ("obstacles", "follow_up")
        ):
            self.add_error("period", _there(existing))
        return given


def _label(period: Period, reported: set[Period]) -> str:
    if period not in reported:
        return period.name
    return _("%(month)s (laporannya sudah ada)") % {"month": period.name}


def _there(report: Report) -> str:
    return format_html(
        _(
            'Laporan periode ini sudah ada. Salin isian Anda ke <a href="{}">laporan '
            "itu</a>, atau pilih periode lain."
        ),
        report.get_absolute_url(),
    )

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from outreach.activities.remarks import NoNames
from pokmas.forms.base import RecordForm, UserForm, VerdictForm
from pokmas.forms.fields import DateField, DecimalField
from pokmas.forms.kept_files import KeptFileField
from pokmas.records.lines import LineFormField
from pokmas.words.language import in_readers_words
from reports.figures.periods import Kind, Period
from reports.indicators.models import Indicator
from reports.targets.models import EnteredValue, Target
from reports.targets.spreading import Spread, Way

DECREE = _("Keputusan yang menetapkan target ini; boleh dikosongkan.")


class TargetForm(RecordForm):
    """What one office is to reach in one period."""

    LAYOUT = [("", (("value", "baseline"), ("decree_number", "decree_on")))]

    class Meta:
        model = Target
        fields = ["value", "baseline", "decree_number", "decree_on"]
        help_texts = {
            "baseline": _("Dari mana berangkat, misalnya realisasi tahun lalu."),
            "decree_number": DECREE,
        }

    def __init__(self, *args, indicator: Indicator, **kwargs):
        super().__init__(*args, **kwargs)
        unit = in_readers_words(indicator.unit)
        self.fields["value"].help_text = _("Satuan: %(unit)s.") % {"unit": unit}

    def clean(self):
        cleaned = super().clean()
        check_decree(self, cleaned)
        return cleaned


def check_decree(form, cleaned: dict) -> None:
    number, day = cleaned.get("decree_number"), cleaned.get("decree_on")
    if bool(number) != bool(day) and not form.errors:
        lacking = "decree_on" if number else "decree_number"
        form.add_error(lacking, _("Isi nomor dan tanggal, atau kosongkan keduanya."))


def periods_offered(today) -> list[tuple]:
    """This year and the next, with what lies in them, and the year before."""
    years = [Period.of(Kind.YEARLY, today).back(each) for each in (0, -1, 1)]
    found = []
    for year in years:
        kinds = (Kind.YEARLY, Kind.SEMESTER, Kind.QUARTERLY, Kind.MONTHLY)
        parts = [
            Period.of(kind, year.first).back(-place)
            for kind in kinds
            for place in range(12 // kind.length)
        ]
        found.append((year.name, [(part.code, part.name) for part in parts]))
    return found


class PeriodField(forms.TypedChoiceField):
    def __init__(self, **more):
        super().__init__(coerce=Period.read, empty_value=None, **more)


class SpreadForm(UserForm, forms.Form):
    """One number for all below: how it is divided, and by which decree."""

    indicator = forms.TypedChoiceField(label=_("Indikator"), coerce=str)
    period = PeriodField(label=_("Masa"))
    way = forms.ChoiceField(
        label=_("Cara membagi"), choices=Way, widget=forms.RadioSelect
    )
    amount = DecimalField(
        label=_("Angka"),
        max_digits=14,
        decimal_places=2,
        min_value=0,
        help_text=_("Untuk tiap unit, atau jumlah yang dibagi."),
    )
    with_baseline = forms.BooleanField(
        label=_("Pakai realisasi tahun lalu sebagai nilai awal"), required=False
    )
    decree_number = LineFormField(
        label=_("Nomor keputusan"), max_length=80, required=False, help_text=DECREE
    )
    decree_on = DateField(label=_("Tanggal keputusan"), required=False)
    seen = LineFormField(widget=forms.HiddenInput, required=False, max_length=20000)

    LAYOUT = [
        (_("Target"), (("indicator", "period"), "way", ("amount",), "with_baseline")),
        (_("Keputusan"), (("decree_number", "decree_on"),)),
    ]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        today = user.acting.office.today
        self.known = {each.code: each for each in Indicator.objects.holding(today)}
        self.fields["indicator"].choices = [
            (code, str(each)) for code, each in self.known.items()
        ]
        self.fields["period"].choices = periods_offered(today)
        self.fields["way"].initial = Way.COPY

    def clean(self):
        cleaned = super().clean()
        check_decree(self, cleaned)
        indicator = self.known.get(cleaned.get("indicator"))
        period = cleaned.get("period")
        if indicator and period and not indicator.fits(period):
            self.add_error(
                "period", _("Indikator ini diisi untuk masa yang lebih panjang.")
            )
        cleaned["indicator"] = indicator
        return cleaned

    def show(self, spread: Spread) -> None:
        """The page sends back what it showed."""
        self.data = self.data.copy()
        self.data["seen"] = spread.mark


class ValueForm(NoNames, RecordForm):
    """A number of a unit with what shows it."""

    REMARKS = ("note",)

    document = KeptFileField(
        label=_("Berkas bukti"),
        help_text=_("PDF atau foto rekap bertanda tangan; tanpa nama orang."),
    )

    class Meta:
        model = EnteredValue
        fields = ["numerator", "denominator", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    field_order = ["numerator", "denominator", "document", "note"]

    def __init__(self, *args, indicator: Indicator | None, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.fields["document"].required = False
            self.fields["document"].help_text = _("Kosongkan bila buktinya tetap sama.")
        if indicator is None:
            return
        wanted = {
            "numerator": indicator.source == Indicator.Source.ENTERED
            and indicator.numerator,
            "denominator": indicator.denominator,
        }
        for name, words in wanted.items():
            if not words:
                del self.fields[name]
                continue
            self.fields[name].label = in_readers_words(words)
            self.fields[name].required = True


class ConfirmForm(VerdictForm):
    verdicts = (
        (EnteredValue.Status.CONFIRMED, _("Sahkan")),
        (EnteredValue.Status.RETURNED, _("Kembalikan untuk diperbaiki")),
    )


def read_what(text: str) -> tuple[str, Period]:
    """An indicator and a period out of an address; ValidationError if none."""
    code, _bar, period = text.partition("|")
    try:
        return code, Period.read(period)
    except ValueError as error:
        raise ValidationError(_("Masa ini tidak dikenal.")) from error

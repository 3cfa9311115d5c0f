from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from outreach.activities.remarks import WARNING, NoNames, of_a_person
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.forms.base import (
    ReasonForm,
    RecordForm,
    StepForm,
    UserForm,
    VerdictForm,
)
from pokmas.forms.choosing import Choosing
from pokmas.forms.doubts import Doubts
from pokmas.forms.fields import MoneyField, NipField
from pokmas.forms.kept_files import KeptFileField
from pokmas.offices.models import Office
from pokmas.papers.reading import read
from pokmas.words.language import in_readers_words
from reports.figures.periods import Kind, Month, Period
from reports.monthly import sent_back
from reports.monthly.accounts import said
from reports.monthly.models import NARRATIVE, Report
from reports.monthly.taking import Taking


class NarrativeForm(NoNames, Taking, RecordForm):
    """What is said beside the figures, chapter by chapter."""

    REMARKS = NARRATIVE

    class Meta:
        model = Report
        fields = NARRATIVE
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in NARRATIVE}
        help_texts = {
            "introduction": _("Awal bab Pendahuluan, sebelum dasar hukum."),
            "on_activities": _("Awal bab Kegiatan, sebelum tabel dan grafiknya."),
            "on_served": _("Awal bab Penerima manfaat."),
            "on_cooperation": _("Awal bab Kerja sama dan Pokmas Lipas."),
            "obstacles": _("Jangan menulis nama warga binaan, klien, atau anak."),
            "follow_up": _("Apa yang akan dilakukan, oleh siapa, dan kapan."),
            "closing": _("Bab terakhir. Tanpa isian, bab ini tidak dicetak."),
        }


class ExplainForm(NoNames, Taking, RecordForm):
    """What is said of each indicator: its analysis, and what was spent on it.

    `told` are the accounts that the report prints, each with its indicator.
    """

    class Meta:
        model = Report
        fields = ()

    def __init__(self, *args, instance, told, **kwargs):
        self.told = told
        self.codes = [row["code"] for row, _indicator in told]
        self.REMARKS = tuple(f"analysis_{code}" for code in self.codes)
        self.base_fields = dict(self.base_fields)
        for code in self.codes:
            self.base_fields |= _fields_of(code, instance.explained.get(code, {}))
        super().__init__(*args, instance=instance, **kwargs)

    @property
    def parts(self) -> list[tuple]:
        """Of each indicator its name, what the report prints of it, and its fields."""
        return [
            (
                f"{row['code']} {in_readers_words(indicator.name)}",
                [
                    (label, said(indicator, row, name))
                    for name, label in (
                        ("target", _("Target")),
                        ("value", _("Realisasi")),
                        ("achieved", _("Capaian")),
                    )
                ],
                self[f"analysis_{row['code']}"],
                self.offered(f"analysis_{row['code']}"),
                [self[f"budget_{row['code']}"], self[f"spent_{row['code']}"]],
            )
            for row, indicator in self.told
        ]

    def clean(self):
        given = super().clean()
        for code in self.codes:
            budget, spent = given.get(f"budget_{code}"), given.get(f"spent_{code}")
            for name, known, other in (
                ("budget", budget, spent),
                ("spent", spent, budget),
            ):
                missing = known is None and other is not None
                if missing and f"{name}_{code}" not in self.errors:
                    self.add_error(
                        f"{name}_{code}", _("Isi anggaran dan realisasinya.")
                    )
        return given

    def save(self, commit=True):
        """What was said of an indicator that is measured no more stays."""
        report = super().save(commit)
        said_now = {
            code: {
                "analysis": self.cleaned_data[f"analysis_{code}"],
                "budget": _text_of(self.cleaned_data[f"budget_{code}"]),
                "spent": _text_of(self.cleaned_data[f"spent_{code}"]),
            }
            for code in self.codes
        }
        report.explained = report.explained | said_now
        return report

    @property
    def edited_fields(self):
        return ["explained"]


def _fields_of(code: str, known: dict) -> dict[str, forms.Field]:
    money = [("budget", _("Anggaran")), ("spent", _("Realisasi anggaran"))]
    return {
        f"analysis_{code}": forms.CharField(
            label=_("Analisis capaian"),
            max_length=4000,
            required=False,
            initial=known.get("analysis", ""),
            widget=forms.Textarea(attrs={"rows": 4}),
        ),
        **{
            f"{name}_{code}": MoneyField(
                label=label,
                required=False,
                initial=Decimal(known[name]) if known.get(name) else None,
            )
            for name, label in money
        },
    }


def _text_of(money: Decimal | None) -> str:
    return "" if money is None else str(money)


class AssignForm(RecordForm):
    """Who signs, in which capacity, and whom a copy goes to."""

    signatory_nip = NipField(label=_("NIP penanda tangan"), required=False)
    LAYOUT = [
        (
            _("Penanda tangan"),
            (
                ("signatory", "signatory_nip"),
                "signatory_capacity",
                "signatory_position",
            ),
        ),
        (_("Surat"), ("number", "copies")),
    ]

    class Meta:
        model = Report
        fields = [
            *("signatory", "signatory_nip", "signatory_capacity"),
            *("signatory_position", "number", "copies"),
        ]
        widgets = {"copies": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "signatory": _("Tanpa nama, tercetak nama kepala menurut data kantor."),
            "signatory_capacity": _(
                "Plt. atau Plh. bila jabatan kepala dijabat untuk sementara."
            ),
            "signatory_position": _(
                "Misalnya Kepala Subbagian Tata Usaha. Bila diisi, tercetak “a.n. "
                "Kepala …” di atas jabatan ini."
            ),
            "number": _("Nomor surat laporan ini, bila sudah ada."),
            "copies": _("Satu penerima setiap baris."),
        }

    @property
    def edited_fields(self):
        """What is proposed is kept as well, also where nobody changed it."""
        return list(self._meta.fields)


class AcceptForm(VerdictForm):
    verdicts = (
        (Report.Status.ACCEPTED, _("Terima laporan")),
        (Report.Status.RETURNED, _("Kembalikan untuk diperbaiki")),
    )


class WordForm(Doubts, StepForm):
    """The report as it came back from Word; what should be known first is said."""

    file = KeptFileField(
        label=_("Berkas Word"),
        kinds=[Document.Kind.DOCX],
        help_text=_(
            "Berkas Word laporan ini yang sudah Anda sunting, tanpa makro. Yang "
            "diambil uraian pada bagian berlatar abu-abu; angka dan tabel tidak pernah "
            "diambil dari berkas Word. Berkasnya disimpan pada laporan."
        ),
    )

    def clean(self):
        given = super().clean()
        given.pop("sure", None)
        if file := given.get("file"):
            try:
                given["said"] = self._said(file)
            except ValidationError as refusal:
                self.add_error("file", refusal)
        return given

    def _said(self, file: Document) -> dict[str, str]:
        reading = read(file)
        said = sent_back.taken(self.record, reading)
        found = filter(None, map(of_a_person, said.values()))
        for words in (
            *reading.cautions,
            *(WARNING % {"found": each} for each in found),
        ):
            self.doubt("file", words, about=f"{file.sha256}\n{words}")
        return said


class SignedForm(Doubts, StepForm):
    """Its PDF as it came back signed: by certificate, or a scan of the printed one."""

    file = KeptFileField(
        label=_("PDF bertanda tangan"),
        kinds=[Document.Kind.PDF],
        help_text=_(
            "PDF laporan ini apa adanya setelah ditandatangani secara elektronik "
            "(misalnya BSrE), atau pindaian cetaknya yang bertanda tangan basah. PDF "
            "yang diterbitkan portal tidak berubah; berkas ini disimpan di sampingnya."
        ),
    )

    def clean(self):
        given = super().clean()
        given.pop("sure", None)
        if file := given.get("file"):
            try:
                given["certified"] = documents.is_certified(self.record.issued, file)
            except ValidationError as refusal:
                self.add_error("file", refusal)
            else:
                self._look_twice(given["certified"], file)
        return given

    def _look_twice(self, certified: bool, file: Document) -> None:
        """Of a scan only a person can say what it shows."""
        if certified:
            return
        words = _(
            "Berkas ini tidak bertanda tangan elektronik, jadi disimpan sebagai "
            "pindaian. Pastikan pada lembarnya tercetak kode %(code)s dan ada tanda "
            "tangan."
        )
        code = self.record.issued.code
        self.doubt("file", words % {"code": code}, about=f"{file.sha256}\n{code}")


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

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from outreach.activities.counts import MOST_PEOPLE, BeneficiaryCount
from outreach.activities.fields import ChangesField
from outreach.activities.models import Activity
from outreach.activities.remarks import NoNames
from outreach.pasted import filling
from outreach.restorative.forms import RestorativeFields
from outreach.results.questions import CODES, Unanswered
from outreach.results.services import COST_OF_NOTHING
from pokmas.documents import services as documents
from pokmas.forms.base import RecordForm, StepForm, VerdictForm
from pokmas.forms.choosing import numbers
from pokmas.forms.fields import IntegerField, RupiahField
from pokmas.forms.kept_files import PHOTOS, KeptFilesField
from pokmas.records.lines import LineFormField
from pokmas.words import dates
from pokmas.words.glyphs import check_printable

Category, Sex = BeneficiaryCount.Category, BeneficiaryCount.Sex
# More of one kind than any hall holds is asked about once more.
PLAUSIBLE, PLAUSIBLE_OF = 500, {Category.FAMILY: 2_000, Category.PUBLIC: 5_000}
MOST_AT_WORK = 9_999
MANY = _("Lebih dari %(count)s orang dalam satu kelompok: periksa lagi angkanya.")


DECLARED = _(
    "Saya menyatakan foto dan berkas ini tidak menampilkan wajah atau identitas anak "
    "maupun warga binaan."
)


class DeclaredField(forms.BooleanField):
    """About files, which no device keeps for a form: without them it is said anew."""

    def __init__(self, **kwargs):
        super().__init__(
            label=DECLARED,
            widget=forms.CheckboxInput(attrs={"data-no-draft": ""}),
            error_messages={"required": _("Setujui pernyataan ini lebih dahulu.")},
            **kwargs,
        )


class Sheet(TextChoices):
    """Only the one whose names may be held is kept."""

    ATTENDANCE = "a", _("Lembar A: petugas, mitra, Sahabat, dan tamu")
    SERVED = "b", _("Lembar B: penerima manfaat (warga binaan, klien, anak)")


WHICH_SHEET = _("Pilih dahulu lembar mana yang diunggah.")
SERVED_REFUSED = _(
    "Berkas itu tidak disimpan: portal tidak memegang nama penerima manfaat. Isi "
    "jumlahnya pada tabel penerima manfaat, dan tulis di bawah ini di mana daftar "
    "kertasnya disimpan."
)


class ReportForm(NoNames, RestorativeFields, RecordForm):
    """What came of an activity: counts, never names, and what shows it.

    Sent with `keep`, it may still be unfinished.
    """

    REMARKS = ("output", "obstacles", "follow_up", "caption", "restorative_agreed")

    cost = RupiahField(
        label=_("Biaya"),
        required=False,
        help_text=_(
            "Jumlah seluruhnya, misalnya 1.250.000. Kosongkan bila tanpa biaya."
        ),
    )
    changes_sought = ChangesField()
    photos = KeptFilesField(
        label=_("Foto kegiatan"),
        kinds=PHOTOS,
        required=False,
        at_most=10,
        help_text=_(
            "JPEG, PNG, HEIC, atau WebP, paling besar 10 MB setiap foto. Ambil "
            "langsung dengan kamera atau pilih dari galeri. Lokasi dan data kamera "
            "dihapus. Wajah dapat disamarkan sesudah laporan disimpan."
        ),
    )
    caption = LineFormField(label=_("Keterangan foto"), max_length=200, required=False)
    attendance = KeptFilesField(
        label=_("Daftar hadir bertanda tangan"),
        required=False,
        at_most=3,
        help_text=_("Pindaian atau foto lembar A: PDF, JPEG, atau PNG."),
    )
    sheet = forms.ChoiceField(
        label=_("Lembar yang diunggah"),
        choices=Sheet,
        required=False,
        widget=forms.RadioSelect,
    )
    list_kept_at = LineFormField(
        label=_("Daftar penerima manfaat disimpan di"),
        max_length=200,
        required=False,
        help_text=_(
            "Bila unit menyimpan daftar bertanda tangan di atas kertas, misalnya "
            "“lemari arsip seksi bimbingan”. Jangan menulis nama orang."
        ),
    )
    removed = forms.ModelMultipleChoiceField(queryset=None, required=False)
    declared = DeclaredField()

    class Meta:
        model = Activity
        fields = [
            "output",
            "obstacles",
            "follow_up",
            "officers",
            "instructors",
            "funding",
            "cost",
            "changes_sought",
        ]
        widgets = {
            "output": forms.Textarea(attrs={"rows": 5}),
            "obstacles": forms.Textarea(attrs={"rows": 3}),
            "follow_up": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "output": _("Hasil kegiatan"),
            "officers": _("Petugas yang terlibat"),
            "instructors": _("Narasumber atau instruktur"),
        }
        help_texts = {
            "output": _(
                "Apa yang dicapai, dengan angka bila ada. Jangan menulis nama warga "
                "binaan, klien, atau anak."
            ),
            "officers": _("Jumlah orang."),
            "instructors": _("Jumlah orang dari mitra maupun luar."),
        }

    def __init__(self, *args, user, pasted=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.pasted = pasted
        present = self.instance.evidence.present()
        counted = self.instance.counts.all()
        if not self.instance.pk:  # of a device, which belongs to no activity yet
            present, counted = present.none(), counted.none()
        self.evidence = list(present.select_related("document"))
        self.fields["removed"].queryset = present
        for name in ("officers", "instructors"):
            self.fields[name].required = False
            self.fields[name].stop_at(MOST_AT_WORK)
        self._ask_for_sheet()
        for name in ("photos", "attendance"):
            self.fields[name].optional_words = _("(foto atau daftar hadir, salah satu)")
        self.fields["output"].required = not self.is_unfinished
        self.fields["declared"].required = not self.is_unfinished
        before = {(row.category, row.sex): row.number for row in counted}
        for name, category, sex in count_fields():
            self.fields[name] = IntegerField(
                label=f"{category.label}, {sex.label}",
                required=False,
                min_value=0,
                max_value=MOST_PEOPLE,
                initial=before.get((category, sex)) or None,
            )
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label
        self.settle_restorative(self.is_unfinished)
        self._offer_answers()
        self._begin_with_text()
        # As on the page, so that the summary names what is wrong in that order.
        counts = [name for name, *_rest in count_fields()]
        self.order_fields([*counts, *self.restorative_names])

    def _ask_for_sheet(self):
        """A device, which keeps the form for any activity, takes no papers."""
        if not self.instance.pk:
            del self.fields["sheet"], self.fields["list_kept_at"]
            return
        result = getattr(self.instance, "session_result", None)
        self.fields["list_kept_at"].initial = result.list_kept_at if result else ""
        self.fields["sheet"].optional_words = _("(wajib bila ada daftar hadir)")

    def _offer_answers(self):
        """To what was asked before, or in the page that is sent."""
        before = {}
        if self.instance.status == Activity.Status.RETURNED:
            before = dict(self.instance.hint_answers.values_list("code", "answer"))
        for code in CODES:
            if code in before or f"answer_{code}" in self.data:
                self._ask(code, before.get(code, ""))

    def _ask(self, code, before=""):
        self.fields[f"answer_{code}"] = field = LineFormField(
            label=CODES[code],
            max_length=200,
            required=False,
            initial=before,
            help_text=_("Satu kalimat; dibaca yang memverifikasi."),
        )
        field.optional_words = ""
        field.validators.append(check_printable)

    def refuse(self, refusal):
        """What looks odd is answered in the form, and the report is sent again."""
        if not isinstance(refusal, Unanswered):
            super().refuse(refusal)
            return
        for question in refusal.questions:
            self._ask(question.code)
            words = _("%(question)s Jawab dengan satu kalimat, lalu kirim lagi.")
            words %= {"question": question.words}
            self.add_error(f"answer_{question.code}", words)

    @property
    def answer_fields(self) -> list:
        return [
            self[f"answer_{code}"] for code in CODES if f"answer_{code}" in self.fields
        ]

    @property
    def explained(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"answer_{code}") or "" for code in CODES}

    def _begin_with_text(self):
        """What a pasted report says stands where nothing was kept before."""
        if self.pasted is None:
            return
        begun = filling.report_of(self.pasted) | {
            field_name(*key): number for key, number in self.pasted.counts.items()
        }
        begun = {
            name: value
            for name, value in begun.items()
            if not (self.initial.get(name) or self.fields[name].initial)
        }
        self.initial |= begun
        filling.mark(self, begun)

    @property
    def is_unfinished(self) -> bool:
        return "keep" in self.data

    @property
    def count_rows(self):
        """Category, and the fields of both sexes, for the grid."""
        return [
            (category.label, [self[field_name(category, sex)] for sex in Sex])
            for category in Category
        ]

    @property
    def removed_now(self) -> list[int]:
        """Evidence ticked to be removed, though the form came back."""
        return numbers(self["removed"].value() or [])

    @property
    def plain_fields(self):
        """What is not laid out by hand."""
        return [self[name] for name in self._meta.fields]

    @property
    def served(self) -> int:
        return served_of({name: self[name].value() for name, *_rest in count_fields()})

    @property
    def answers(self) -> dict:
        """What the services take."""
        values = self.cleaned_data
        return {
            "revision": self.seen_revision,
            "counts": {
                (category, sex): values[name] or 0
                for name, category, sex in count_fields()
            },
            "photos": values["photos"],
            "attendance": values["attendance"],
            "caption": values["caption"],
            "removed": values["removed"],
            "restorative": self.restorative_answers,
            "list_kept_at": values["list_kept_at"] if self._says_place else None,
        }

    def clean_officers(self):
        return self.cleaned_data["officers"] or 0

    def clean_instructors(self):
        return self.cleaned_data["instructors"] or 0

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("cost") and cleaned.get("funding") == Activity.Funding.NONE:
            self.add_error("funding", COST_OF_NOTHING)
        for name, category, _sex in count_fields():
            if (cleaned.get(name) or 0) > plausible(category):
                self.doubt(name, doubtful(category))
        self._check_sheet(cleaned)
        files = [cleaned.get(name) for name in ("photos", "attendance", "removed")]
        if cleaned.get("caption") and files[0] is not None and not files[0]:
            words = _("Keterangan ini disimpan dengan foto baru: pilih dahulu fotonya.")
            self.add_error("caption", words)
        if self.is_unfinished or None in files:
            return cleaned
        photos, attendance, removed = files
        if not (photos or attendance or len(self.evidence) > len(removed)):
            self.add_error(
                "photos", _("Lampirkan sedikitnya satu foto atau daftar hadir.")
            )
        return cleaned

    @property
    def _says_place(self) -> bool:
        """What comes from a device says nothing of it."""
        return "list_kept_at" in self.data and "list_kept_at" in self.changed_data

    def _check_sheet(self, cleaned):
        """Names of those served are not held, not even until the form is sent again."""
        if not cleaned.get("attendance"):
            return
        if cleaned.get("sheet") == Sheet.SERVED:
            for document in cleaned.pop("attendance"):
                documents.discard(document, by=self.user)
            for upload in self["attendance"].data.uploads:
                del upload.document
            self.add_error("sheet", SERVED_REFUSED)
        elif not (cleaned.get("sheet") or self.has_error("sheet")):
            self.add_error("sheet", WHICH_SHEET)


class AnotherPhotoForm(NoNames, StepForm):
    """What is shown in the place of photos that were refused."""

    REMARKS = ("caption",)

    photos = KeptFilesField(label=_("Foto pengganti"), kinds=PHOTOS, at_most=10)
    caption = LineFormField(label=_("Keterangan foto"), max_length=200, required=False)
    declared = DeclaredField()

    def clean(self):
        cleaned = super().clean()
        for name in ("declared", "sure"):
            cleaned.pop(name, None)
        return cleaned


class VerifyForm(VerdictForm):
    verdicts = (
        (Activity.Status.VERIFIED, _("Verifikasi: angka dan buktinya benar")),
        (Activity.Status.RETURNED, _("Kembalikan untuk diperbaiki")),
    )


def plausible(category) -> int:
    return PLAUSIBLE_OF.get(category, PLAUSIBLE)


def doubtful(category) -> str:
    return MANY % {"count": dates.number(plausible(category))}


def count_fields():
    """Name, category and sex of each figure of the grid."""
    return [
        (field_name(category, sex), category, sex)
        for category in Category
        for sex in Sex
    ]


def field_name(category, sex) -> str:
    return f"count_{category}_{sex}"


def served_of(values) -> int:
    """The sum of what was typed into the grid; what is no number counts for nothing."""
    field, total = IntegerField(required=False, min_value=0), 0
    for name, *_rest in count_fields():
        value = values.get(name)
        try:
            total += (value if isinstance(value, int) else field.clean(value)) or 0
        except ValidationError:
            continue
    return total

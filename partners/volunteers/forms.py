"""What a volunteer tells of himself, and what an officer decides about him."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partners.fields.models import Field
from partners.registration.forms import offer_offices
from partners.volunteers import days, parts, services
from partners.volunteers.models import Promise, Skill, Volunteer
from pokmas.accounts.models import ConsentText
from pokmas.forms.base import RecordForm, StepForm, VerdictForm
from pokmas.forms.choosing import Choosing
from pokmas.forms.fields import NikField, PhoneField
from pokmas.words import identity

EARLIEST = 1900
NIK_FIELDS = ("nik", "nik_is_right", "drop_nik")


class AskedForm(RecordForm):
    """One screen: of what it asks only what this person `may` change."""

    def __init__(self, *args, may, **kwargs):
        super().__init__(*args, **kwargs)
        for name in parts.ALL.difference(may):
            self.fields.pop(name, None)

    @property
    def changed(self) -> list[str]:
        return [name for name in self.changed_data if name in parts.ALL]


class PersonForm(Choosing, AskedForm):
    """Who he is, and the unit he turns to, of those near the regency he chose.

    He may choose another one at any time: what he typed comes back as it was.
    """

    birth_year = forms.IntegerField(
        label=_("Tahun lahir"),
        min_value=EARLIEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Empat angka, misalnya 1990."),
        error_messages={
            "invalid": _("Tulis tahun dengan empat angka, misalnya 1990."),
            "min_value": _("Tulis tahun dengan empat angka, misalnya 1990."),
        },
    )
    is_adult = forms.BooleanField()

    class Meta:
        model = Volunteer
        fields = ["office", "name", "sex", "birth_year"]
        labels = {"office": _("Unit tujuan"), "name": _("Nama lengkap")}
        help_texts = {
            "office": _("Pilih unit yang paling dekat; di sana Anda akan membantu."),
            "name": _("Tulis sesuai KTP."),
        }
        widgets = {
            "office": forms.RadioSelect,
            "sex": forms.RadioSelect,
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
        }

    def __init__(self, *args, regency=None, offices=None, **kwargs):
        super().__init__(*args, **kwargs)
        if "sex" in self.fields:
            self.fields["sex"].choices = Volunteer.Sex.choices
        if regency is not None:
            self.instance.regency = regency
        if "office" in self.fields:
            self.fields["office"].queryset = offices
            if not offer_offices(self, offices, regency):
                self.fields["office"].widget = forms.HiddenInput()
            if self.user.acting and self.user.acting.is_staff:
                words = _("Pilih unit yang paling dekat; di sana ia akan membantu.")
                self.fields["office"].help_text = words
        self._ask_whether_adult()

    def _ask_whether_adult(self):
        """Of whoever is registered: a year alone leaves it open for some months."""
        by_officer = self.user.acting and self.user.acting.is_staff
        if by_officer and not self.instance._state.adding:
            del self.fields["is_adult"]
            return
        field, age = self.fields["is_adult"], services.youngest(timezone.localdate())
        field.label = (
            _("Ia sudah berumur %(age)s tahun dan setuju datanya dicatat.")
            if by_officer
            else _("Saya sudah berumur %(age)s tahun.")
        ) % {"age": age}
        field.initial = not self.instance._state.adding
        field.error_messages["required"] = (
            _("Tanpa centang ini datanya tidak boleh dicatat.")
            if by_officer
            else _(
                "Sahabat Pemasyarakatan berumur %(age)s tahun ke atas. Tanpa centang "
                "ini data Anda tidak disimpan."
            )
            % {"age": age}
        )

    def clean_birth_year(self):
        year = self.cleaned_data["birth_year"]
        if year > timezone.localdate().year:
            raise ValidationError(_("Tahun itu belum tiba."))
        return year

    def clean(self):
        cleaned = super().clean()
        if "birth_year" in self.cleaned_data:
            year = self.cleaned_data["birth_year"]
            services.refuse_too_young(year, timezone.localdate())
        return cleaned

    @property
    def changed(self) -> list[str]:
        """The regency was answered before this form, if its unit may be changed."""
        where = ["regency"] if "office" in self.fields else []
        return [*super().changed, *where]


class OfferForm(AskedForm):
    """How the unit reaches him, what he can do, and when he has time."""

    phone = PhoneField(
        label=_("Nomor telepon"),
        help_text=_("Nomor yang aktif, misalnya 0812 3456 7890."),
    )
    availability = forms.TypedMultipleChoiceField(
        label=_("Waktu luang"),
        choices=days.BY_DAY,
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "slots"}),
        help_text=_("Kapan biasanya Anda dapat membantu?"),
    )

    nik = NikField(label=_("NIK"), required=False)
    drop_nik = forms.BooleanField(label=_("Hapus NIK yang tersimpan"), required=False)
    nik_is_right = forms.BooleanField(
        label=_("NIK itu benar; isian lain saya perbaiki atau memang berbeda."),
        required=False,
    )

    class Meta:
        model = Volunteer
        fields = [*parts.CONTACT, *parts.OFFER]
        help_texts = {
            "skills": _("Pilih yang dapat Anda ajarkan atau kerjakan."),
            "occupation": _("Misalnya guru, petani, atau mahasiswa."),
        }
        widgets = {
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "skills": forms.CheckboxSelectMultiple,
            "interests": forms.CheckboxSelectMultiple,
        }

    field_order = [*parts.CONTACT, *NIK_FIELDS, *parts.OFFER]
    LAYOUT = [
        (_("Cara menghubungi"), (("phone", "email"), "occupation")),
        (_("Nomor kependudukan"), NIK_FIELDS),
        (_("Bantuan yang ditawarkan"), ("skills", "interests", "availability")),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, model in (("skills", Skill), ("interests", Field)):
            if name in self.fields:
                chosen = model.objects.filter(volunteers=self.instance)
                rows = (model.objects.in_use() | chosen).distinct()
                self.fields[name].queryset = rows
        self._ask_of_nik()

    def _ask_of_nik(self):
        """Whether to drop one, or whether one is right, is asked where it matters."""
        kept = self.instance.nik if "nik" in self.fields else None
        if kept is None:
            del self.fields["drop_nik"]
        if kept:
            words = _("Tersimpan: %(nik)s. Kosongkan bila tidak berubah.")
            self.fields["nik"].help_text = words % {"nik": kept}
        elif "nik" in self.fields:
            longest = services.nik_days(timezone.localdate())
            self.fields["nik"].help_text = ngettext(
                "16 angka pada KTP, agar petugas dapat memastikan siapa Anda. Disimpan "
                "tersegel, paling lama %(days)s hari sesudah pendaftaran diputuskan.",
                "16 angka pada KTP, agar petugas dapat memastikan siapa Anda. Disimpan "
                "tersegel, paling lama %(days)s hari sesudah pendaftaran diputuskan.",
                longest,
            ) % {"days": longest}
        if "nik" not in self.fields or not self._contradicts(self.data.get("nik", "")):
            del self.fields["nik_is_right"]

    def _contradicts(self, typed: str) -> bool:
        """Whether the number says another year or sex than he does."""
        try:
            year, is_woman = identity.born(identity.read_nik(typed))
        except ValidationError:
            return False
        told = (
            self.instance.birth_year % 100,
            self.instance.sex == Volunteer.Sex.FEMALE,
        )
        return (year, is_woman) != told

    def clean(self):
        cleaned = super().clean()
        if "nik_is_right" in self.fields and not self.cleaned_data.get("nik_is_right"):
            self.add_error(
                "nik",
                _(
                    "Menurut NIK ini tahun lahir atau jenis kelamin Anda lain dari "
                    "isian Anda. Periksa keduanya, atau centang bahwa NIK itu benar."
                ),
            )
        return cleaned

    @property
    def changed(self) -> list[str]:
        """A number that is left empty stays as it is kept."""
        changed = [name for name in super().changed if name != parts.NIK]
        given = self.cleaned_data.get("nik") or self.cleaned_data.get("drop_nik")
        return [*changed, parts.NIK] if given else changed


class PromiseAgainForm(StepForm):
    """The promise, in the wording that he has just read."""

    promise = forms.ModelChoiceField(Promise.objects.none(), widget=forms.HiddenInput)
    promises = forms.BooleanField(
        label=_("Saya membuat janji ini."),
        error_messages={"required": _("Beri tanda bila Anda membuat janji ini.")},
    )

    def __init__(self, *args, promise, **kwargs):
        super().__init__(*args, **kwargs)
        self._holds_to("promise", promise)

    def _holds_to(self, name, row):
        """Nothing but the text that was shown can be agreed to."""
        field = self.fields[name]
        field.queryset, field.initial = type(row).objects.filter(pk=row.pk), row.pk
        field.error_messages["invalid_choice"] = _(
            "Naskahnya berganti sejak halaman ini dibuka. Bacalah yang baru."
        )


class SubmitForm(PromiseAgainForm):
    """The promise and the consent."""

    consent = forms.ModelChoiceField(
        ConsentText.objects.none(), widget=forms.HiddenInput
    )
    consents = forms.BooleanField(
        label=_("Saya menyetujui pemrosesan data pribadi seperti pada naskah itu."),
        error_messages={
            "required": _("Tanpa persetujuan ini pendaftaran tidak dapat diproses.")
        },
    )

    def __init__(self, *args, consent, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["promises"].error_messages["required"] = _(
            "Tanpa janji ini Anda tidak dapat mendaftar."
        )
        self._holds_to("consent", consent)

    def texts(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("promise", "consent")}


class DecideForm(VerdictForm):
    verdicts = [
        (Volunteer.Status.ACTIVE, _("Terima sebagai Sahabat")),
        (Volunteer.Status.RETURNED, _("Kembalikan untuk diperbaiki")),
        (Volunteer.Status.DECLINED, _("Tolak")),
    ]


class NikForm(StepForm):
    """Looks for a person by his number."""

    only_asks = True

    nik = NikField(label=_("NIK"))


class SkillForm(RecordForm):
    class Meta:
        model = Skill
        fields = ["name"]


class PromiseForm(RecordForm):
    class Meta:
        model = Promise
        fields = ["title", "text", "valid_from"]
        widgets = {"text": forms.Textarea(attrs={"rows": 14})}
        help_texts = {
            "valid_from": _(
                "Naskah lama tetap berlaku sampai hari sebelumnya, dan bagi yang sudah "
                "berjanji."
            )
        }

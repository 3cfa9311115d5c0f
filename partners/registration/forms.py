"""What a partner tells of itself, one form for each section of its record."""

from collections.abc import Callable, Iterable
from copy import copy

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from partners.declarations.forms import DeclareForm
from partners.fields.models import Field
from partners.kinds.models import PartnerKind
from partners.known.sight import Sight
from partners.registry import legal, sections
from partners.registry.legal import LegalPaper
from partners.registry.models import Partner, Partnership
from pokmas.documents import services as documents
from pokmas.documents.inspection import what_is
from pokmas.documents.models import Document
from pokmas.forms.base import ReasonForm, RecordForm, UserForm
from pokmas.forms.fields import DateField, NpwpField, PhoneField
from pokmas.forms.kept_files import KeptFilesField
from pokmas.offices.models import Office, Province, Regency
from pokmas.records.lines import LineFormField
from pokmas.words.language import in_readers_words

PAPERS = [Document.Kind.PDF, Document.Kind.JPEG, Document.Kind.PNG]


class SubmitForm(DeclareForm):
    """Also a tick for each partner that it looks like; one that came meanwhile is asked
    about anew."""

    def __init__(self, *args, alike: Iterable[Sight] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.alike = {f"apart_{sight.partner.pk}": sight for sight in alike}
        for name, sight in self.alike.items():
            words = _("Bukan yang sama, sudah saya periksa: %(name)s")
            self.fields[name] = forms.BooleanField(
                label=words % {"name": sight.partner},
                error_messages={"required": _("Bandingkan dahulu kedua mitra ini.")},
            )

    @property
    def compared(self) -> list[tuple]:
        """Each look-alike with its tick."""
        return [([sight], self[name]) for name, sight in self.alike.items()]

    @property
    def apart(self) -> list[Partner]:
        return [sight.partner for sight in self.alike.values()]


class WhereForm(forms.Form):
    """Province, then regency: they decide which units are offered. Sent by GET."""

    use_required_attribute = False

    province = forms.ModelChoiceField(
        Province.objects.all(),
        label=_("Provinsi"),
        empty_label=_("Pilih provinsi"),
        help_text=_("Setelah kabupaten/kota dipilih, daftar unit muncul di bawah."),
    )
    regency = forms.ModelChoiceField(
        Regency.objects.none(),
        label=_("Kabupaten/kota"),
        empty_label=_("Pilih kabupaten/kota"),
    )

    def __init__(self, answers, *, regency=None):
        """Without an answer yet it begins at `regency`, if one is known.

        What is missing is said once somebody pressed on: `go` is the button's name.
        """
        if "province" not in answers and regency is not None:
            answers = {"province": regency.province_id, "regency": regency.pk}
        province, code = answers.get("province", ""), answers.get("regency", "")
        pressed = "go" in answers and (not province or "regency" in answers)
        chosen = {"province": province, "regency": code}
        super().__init__(chosen if pressed else None, initial=chosen)
        regencies = Regency.objects.filter(province_id=province[:2])
        self.fields["regency"].queryset = regencies
        self.chosen = regencies.select_related("province").filter(pk=code[:5]).first()
        if not province:
            del self.fields["regency"]


class PlaceForm(RecordForm):
    """The unit it turns to, and what kind of partner it is."""

    kind = forms.ModelChoiceField(
        PartnerKind.objects.none(),
        label=_("Jenis mitra"),
        empty_label=_("Pilih jenis mitra"),
        to_field_name="code",
    )

    class Meta:
        model = Partnership
        fields = ["office"]
        labels = {"office": _("Unit tujuan")}
        help_texts = {
            "office": _(
                "Pilih unit yang paling dekat atau yang sudah Anda kenal. Bapas "
                "membimbing klien di masyarakat; Lapas, Rutan, dan LPKA membina warga "
                "binaan di dalam."
            )
        }
        widgets = {"office": forms.RadioSelect}

    def __init__(self, *args, offices, regency, instance, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        self.instance.partner = copy(instance.partner)
        self.instance.partner.regency = regency
        chosen = self.initial["kind"] = instance.partner.kind_id
        kinds = PartnerKind.objects.filter(Q(is_active=True) | Q(code=chosen))
        self.fields["kind"].queryset = kinds
        self.fields["office"].queryset = offices
        offer_offices(self, offices, regency)
        if any(office.is_wide for office in offices):
            self.fields["office"].help_text = _(
                "Untuk kerja sama kantor Anda sendiri; mitra unit dicatat unitnya."
            )

    def clean(self):
        cleaned = super().clean()
        if "kind" in cleaned:
            self.instance.partner.kind = cleaned["kind"]
        return cleaned

    @property
    def changed(self) -> list[str]:
        own = [name for name in ("office", "kind") if name in self.changed_data]
        return [*own, "regency"]


def offer_offices(form: RecordForm, offices, regency) -> bool:
    """Let `form` choose among them, the only one chosen; whether there are any."""
    groups = _near_first(offices, regency)
    form.fields["office"].choices = groups
    offered = [pk for _words, rows in groups for pk, _name in rows]
    if form.instance._state.adding and len(offered) == 1:
        [form.initial["office"]] = offered
    return bool(offered)


def _near_first(offices, regency):
    """Those that serve the regency first, Bapas before the others."""
    serves = Exists(Office.objects.serving(regency).filter(pk=OuterRef("pk")))
    ranked = sorted(
        offices.annotate(serves=serves),
        key=lambda office: (office.kind != Office.Kind.PROBATION, office.name.upper()),
    )
    own = [(office.pk, office.name) for office in ranked if office.is_wide]
    units = [office for office in ranked if not office.is_wide]
    near = [(office.pk, office.name) for office in units if office.serves]
    far = [(office.pk, office.name) for office in units if not office.serves]
    groups = [
        (_("Kantor Anda"), own),
        (_("Melayani %(regency)s") % {"regency": regency}, near),
        (_("Unit lain di wilayah ini"), far),
    ]
    return [group for group in groups if group[1]]


class PartForm(RecordForm):
    """Of what is asked of such a `partner` only what this person `may` change."""

    def __init__(self, *args, partner, may, **kwargs):
        super().__init__(*args, **kwargs)
        self.partner = partner
        for section in sections.SECTIONS:
            asked = sections.asked(partner, section)
            for name in section.asks:
                if name not in may or name not in asked:
                    self.fields.pop(name, None)

    @property
    def changed(self) -> list[str]:
        """What he answered anew, as far as it can be saved."""
        own = {"revision", "submission_key"}
        valid = self.cleaned_data.keys() - self.errors.keys() - own
        return [name for name in self.changed_data if name in valid]

    def keep(self) -> None:
        """What could be saved is; only the rest is asked for again."""
        self.is_kept = True
        self.data, self.files = self.data.copy(), MultiValueDict()
        self.data[self.add_prefix("revision")] = str(self.instance.revision)
        for name, field in self.fields.items():
            if isinstance(field, KeptFilesField) and name not in self.errors:
                self.data.pop(self.add_prefix(f"{name}_kept"), None)


class IdentityForm(PartForm):
    """Who it is, for all units."""

    tax_number = NpwpField(label=_("NPWP"), required=False)

    LAYOUT = [
        (
            _("Siapa mitranya"),
            (
                "name",
                ("leader_name", "leader_position"),
                ("registration_number", "tax_number"),
                ("address", "village"),
            ),
        ),
    ]

    class Meta:
        model = Partner
        fields = sections.IDENTITY
        labels = {"name": _("Nama lembaga")}
        help_texts = {
            "name": _("Tulis sesuai akta atau papan nama."),
            "leader_position": _("Misalnya Ketua, Direktur, atau Kepala Dinas."),
            "address": _("Jalan, nomor, RT/RW, kecamatan."),
        }
        widgets = {
            "address": forms.TextInput(attrs={"autocomplete": "street-address"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "registration_number" in self.fields and self.partner.kind.number_name:
            asked = in_readers_words(self.partner.kind.number_name)
            self.fields["registration_number"].label = asked
        if self.partner.kind.is_person and "name" in self.fields:
            self.fields["name"].label = _("Nama lengkap")
            self.fields["name"].help_text = _("Tulis sesuai KTP.")


class PagesField(KeptFilesField):
    """A PDF, or photos of its pages that people can read."""

    def _stored(self, upload):
        is_page = what_is(upload) == "image"
        return documents.store(upload, by=self.user, kinds=self.kinds, is_page=is_page)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"data-photo": "2200"}

    def documents(self, data):
        found = super().documents(data)
        if len(found) > 1 and not all(each.is_image for each in found):
            raise ValidationError(
                _("Pilih satu PDF saja, atau foto-foto halamannya."), code="too_many"
            )
        return found


class LegalPaperForm(UserForm, forms.Form):
    """One paper that is asked for; left empty it follows later."""

    number = LineFormField(label=_("Nomor %(paper)s"), max_length=100)
    issuer = LineFormField(
        label=_("Penerbit %(paper)s"),
        max_length=120,
        help_text=_("Misalnya nama notaris, kementerian, atau dinas."),
    )
    issued_on = DateField(label=_("Tanggal %(paper)s"))
    expires_on = DateField(label=_("Masa berlaku %(paper)s sampai"))
    pages = PagesField(
        label=_("Foto atau PDF %(paper)s"),
        kinds=PAPERS,
        help_text=_("Beberapa foto halaman dijadikan satu PDF menurut urutannya."),
    )

    LAYOUT = [("", (("number", "issuer"), ("issued_on", "expires_on"), "pages"))]

    def __init__(self, *args, standing, partner, is_numbered=False, **kwargs):
        """`is_numbered` if the number that it carries is asked on the same screen."""
        self.standing, required = standing, standing.required
        super().__init__(
            *args, prefix=f"paper{required.pk}", empty_permitted=True, **kwargs
        )
        for field in self.fields.values():
            field.label %= {"paper": required}
        if not required.expires:
            del self.fields["expires_on"]
        if required.carries_number and is_numbered:
            del self.fields["number"]
        elif required.carries_number:
            self.initial["number"] = partner.registration_number

    def clean_issued_on(self):
        day = self.cleaned_data["issued_on"]
        if day > self.standing.today:
            raise ValidationError(_("Tanggal terbit tidak boleh di masa depan."))
        return day

    def paper_of(self, partner: Partner) -> LegalPaper:
        names = ("number", "issuer", "issued_on", "expires_on")
        answers = {name: self.cleaned_data.get(name) for name in names}
        answers["number"] = answers["number"] or partner.registration_number
        if not answers["number"]:
            raise ValidationError(
                _("Isi dahulu nomornya pada isian “%(number)s” di atas."),
                params={"number": partner.kind.number_name},
            )
        return LegalPaper(required=self.standing.required, **answers)


class LegalPapers:
    """One such form for each paper that is asked for."""

    non_form_errors = ()

    def __init__(self, data, files, *, partnership, user, is_numbered=False):
        self.partnership, self.user = partnership, user
        self.is_numbered = is_numbered
        self.forms = [
            self._form(each, data, files) for each in legal.standings(partnership)
        ]

    def _form(self, standing, *sent):
        partner = self.partnership.partner
        return LegalPaperForm(
            *sent,
            user=self.user,
            standing=standing,
            partner=partner,
            is_numbered=self.is_numbered,
        )

    @property
    def total_error_count(self) -> int:
        return sum(len(form.errors) for form in self.forms)

    def save(self, hand_in: Callable) -> None:
        """Hand in those that are whole; the others stay as they were typed."""
        partner = Partner.objects.get(pk=self.partnership.partner_id)
        for form in self.forms:
            if form.has_changed() and not form.errors:
                with form.refusals():
                    hand_in(form.paper_of(partner), form.cleaned_data["pages"])
        left = {form.standing.required.pk: form for form in self.forms if form.errors}
        self.forms = [
            left.get(each.required.pk) or self._form(each)
            for each in legal.standings(self.partnership)
        ]


class WorkForm(PartForm):
    """How the unit reaches it, what it does and offers there, papers that show it."""

    phone = PhoneField(
        label=_("Nomor telepon"),
        help_text=_("Nomor yang aktif, misalnya 0812 3456 7890."),
    )
    papers = KeptFilesField(
        label=_("Berkas pendukung"),
        kinds=PAPERS,
        required=False,
        help_text=_(
            "Foto atau PDF, misalnya akta, surat keterangan, atau profil lembaga. "
            "Boleh menyusul. Jangan mengunggah data warga binaan, klien, atau anak."
        ),
    )

    class Meta:
        model = Partnership
        fields = [*sections.CONTACT, *sections.OFFER, "fields"]
        help_texts = {
            "contact_name": _("Orang yang kami hubungi sehari-hari."),
            "services": _("Apa yang dapat Anda lakukan, untuk siapa, dan di mana?"),
            "capacity": _("Berapa orang paling banyak dapat dilayani tiap bulan?"),
        }
        widgets = {
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "fields": forms.CheckboxSelectMultiple,
            "services": forms.Textarea(attrs={"rows": 5}),
        }

    field_order = sections.WORK
    LAYOUT = [
        (_("Cara menghubunginya"), ("contact_name", ("phone", "email"))),
        (_("Yang ditawarkan"), ("fields", "services", "capacity", "papers")),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "fields" in self.fields:
            offered = Field.objects.in_use()
            if self.instance.pk:
                offered |= Field.objects.filter(partnerships=self.instance)
            self.fields["fields"].queryset = offered.distinct()


SECTION_FORMS = {"identity": IdentityForm, "work": WorkForm}


class DiscardForm(ReasonForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "Disimpan dalam riwayat draf ini. Bila orang lain yang memulainya, ia "
            "membacanya."
        )

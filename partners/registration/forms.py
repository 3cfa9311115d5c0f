"""What a partner tells of itself, one form for each section of its record."""

from copy import copy

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.fields.models import Field
from partners.kinds.models import PartnerKind
from partners.registry import sections
from partners.registry.models import Partner, Partnership
from pokmas.documents.models import Document
from pokmas.forms.base import RecordForm
from pokmas.forms.fields import NpwpField, PhoneField
from pokmas.forms.kept_files import KeptFilesField
from pokmas.offices.models import Office, Province, Regency
from pokmas.words.language import in_readers_words

PAPERS = [Document.Kind.PDF, Document.Kind.JPEG, Document.Kind.PNG]


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
        self.fields["office"].choices = near_first(offices, regency)
        if self.instance._state.adding and len(offices) == 1:
            self.initial["office"] = offices[0].pk

    def clean(self):
        cleaned = super().clean()
        if "kind" in cleaned:
            self.instance.partner.kind = cleaned["kind"]
        return cleaned

    @property
    def changed(self) -> list[str]:
        own = [name for name in ("office", "kind") if name in self.changed_data]
        return [*own, "regency"]


def near_first(offices, regency):
    """Those that serve the regency first, Bapas before the others."""
    serving = set(offices.serving(regency).values_list("pk", flat=True))
    ranked = sorted(
        offices,
        key=lambda office: (office.kind != Office.Kind.PROBATION, office.name.upper()),
    )
    near = [(office.pk, office.name) for office in ranked if office.pk in serving]
    far = [(office.pk, office.name) for office in ranked if office.pk not in serving]
    groups = [
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
        own = {"revision", "submission_key"}
        return [name for name in self.changed_data if name not in own]


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
            chosen = Field.objects.filter(partnerships=self.instance)
            self.fields["fields"].queryset = (
                Field.objects.in_use() | chosen
            ).distinct()


SECTION_FORMS = {"identity": IdentityForm, "work": WorkForm}

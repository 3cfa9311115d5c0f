from django import forms
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pokmas.forms.base import RecordForm
from pokmas.forms.fields import DateField, NipField, PhoneField
from pokmas.offices import services
from pokmas.offices.letters import NUMBER_PARTS, letterhead_line
from pokmas.offices.models import Office, OfficeChange, Province, Regency
from pokmas.records.lines import LineFormField

Kind, Level = OfficeChange.Kind, Office.Level


def regencies_around(office: Office):
    """The regencies of the provinces of its Kanwil; all of them for Pusat."""
    rows = Regency.objects.select_related("province").order_by("province_id", "name")
    if office.region_id is None:
        return rows
    return rows.filter(Q(province__region=office.region_id) | Q(pk=office.regency_id))


class OfficeForm(RecordForm):
    """The data that an office keeps up to date; names change by decree only."""

    phone = PhoneField(label=_("Telepon"), required=False)
    website = forms.URLField(
        label=_("Laman"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput({"placeholder": "https://"}),
    )
    head_nip = NipField(label=_("NIP kepala"), required=False)

    class Meta:
        model = Office
        fields = services.EDITABLE
        labels = {
            "regency": _("Kabupaten/kota"),
            "address": _("Alamat"),
            "email": _("Surel"),
            "head_name": _("Nama kepala"),
            "head_capacity": _("Kedudukan kepala"),
            "letterhead": _("Baris kop surat"),
            "number_template": _("Pola nomor surat"),
            "paper_size": _("Ukuran kertas"),
        }
        help_texts = {
            "head_name": _("Dengan gelar, seperti pada blok tanda tangan."),
            "number_template": format_lazy(
                _("Bagian yang diisi sendiri: {parts}."),
                parts=", ".join(f"{{{part}}}" for part in NUMBER_PARTS),
            ),
        }
        widgets = {
            "letterhead": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["letterhead"].help_text = format_lazy(
            _("Baris kantor ini saja. Kosongkan untuk memakai: {line}."),
            line=letterhead_line(self.instance.name),
        )
        self.fields["regency"].queryset = regencies_around(self.instance)


class NewOfficeForm(RecordForm):
    """A unit below a Kanwil, or a post below a Bapas."""

    decree_number = LineFormField(label=_("Nomor keputusan"), max_length=80)

    class Meta:
        model = Office
        fields = ["name", "kind", "unit_class", "regency", "valid_from"]
        labels = {
            "name": _("Nama"),
            "kind": _("Jenis UPT"),
            "unit_class": _("Kelas"),
            "regency": _("Kabupaten/kota"),
            "valid_from": _("Berdiri sejak"),
        }

    def __init__(self, *args, parent, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.parent = parent
        self.fields["regency"].queryset = regencies_around(parent)
        self.fields["regency"].required = True
        self.fields["regency"].empty_label = _("Pilih kabupaten/kota")
        if parent.level == Level.REGIONAL:
            self.instance.level = Level.UNIT
            self.fields["kind"].required = True
            example = _("Nama resmi beserta kelasnya, misalnya Bapas Kelas II Ende.")
        else:
            self.instance.level = Level.POST
            del self.fields["kind"], self.fields["unit_class"]
            example = _("Misalnya Pos Bapas Maumere.")
        self.fields["name"].help_text = example

    def clean(self):
        cleaned = super().clean()
        name = cleaned["name"] = " ".join(cleaned.get("name", "").split())
        # The same form sent twice meets the office it has already opened.
        others = Office.objects.exclude(submission_key=self.instance.submission_key)
        if name and others.named(name).exists():
            self.add_error("name", _("Sudah ada kantor dengan nama ini."))
        return cleaned


class WorkingAreaForm(RecordForm):
    """The regencies a Bapas serves, by province; others that serve one are named."""

    working_area = forms.MultipleChoiceField(
        label=_("Kabupaten/kota yang dilayani"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu kabupaten/kota.")},
    )

    class Meta:
        model = Office
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = set(self.instance.working_area.values_list("pk", flat=True))
        self.offered = list(
            regencies_around(self.instance)
            | Regency.objects.select_related("province").filter(pk__in=own)
        )
        others = services.other_servants(self.instance, self.offered)
        groups = {}
        for regency in self.offered:
            label = regency.name
            if regency.pk in others:
                names = ", ".join(office.name for office in others[regency.pk])
                label = format_lazy(
                    _("{regency} (juga {names})"), regency=label, names=names
                )
            groups.setdefault(regency.province.name, []).append((regency.pk, label))
        self.fields["working_area"].choices = list(groups.items())
        self.initial["working_area"] = sorted(own)

    @property
    def chosen(self):
        codes = set(self.cleaned_data["working_area"])
        return [regency for regency in self.offered if regency.pk in codes]


class ChangeForm(RecordForm):
    """What every dated change of the tree has: its day and its decree."""

    effective_on = DateField(
        label=_("Berlaku sejak"),
        help_text=_(
            "Hari ini atau sebelumnya: langsung berlaku. Hari yang akan datang: "
            "berlaku sendiri pada harinya. Contoh: 25-05-2026."
        ),
    )

    class Meta:
        model = OfficeChange
        fields = ["effective_on", "decree_number", "note"]
        labels = {"decree_number": _("Nomor keputusan"), "note": _("Catatan")}
        widgets = {"note": forms.Textarea({"rows": 2})}

    change_kind: Kind

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.office, self.instance.kind = office, self.change_kind
        self.office = office

    def after(self, cleaned) -> dict:
        """What is to hold afterwards, as `OfficeChange.after` keeps it."""
        return {}

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.instance.after = self.after(cleaned)
        return cleaned


class NamedChangeForm(ChangeForm):
    """A change that gives a name, and to a unit its kind and class."""

    name = LineFormField(label=_("Nama"), max_length=120)
    kind = forms.ChoiceField(label=_("Jenis UPT"), choices=Office.Kind, required=True)
    unit_class = forms.ChoiceField(
        label=_("Kelas"),
        choices=[("", _("Belum diketahui")), *Office.Class.choices],
        required=False,
    )

    field_order = ["name", "kind", "unit_class"]

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, office=office, **kwargs)
        if office.level != Level.UNIT:
            del self.fields["kind"], self.fields["unit_class"]

    def after(self, cleaned):
        return {
            "name": " ".join(cleaned["name"].split()),
            "kind": cleaned.get("kind", ""),
            "unit_class": cleaned.get("unit_class", ""),
        }


class RenameForm(NamedChangeForm):
    change_kind = Kind.RENAME

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, office=office, **kwargs)
        self.initial |= {
            "name": office.name,
            "kind": office.kind,
            "unit_class": office.unit_class,
        }


class SplitForm(NamedChangeForm):
    change_kind = Kind.SPLIT
    field_order = [*NamedChangeForm.field_order, "regency", "provinces", "working_area"]

    regency = forms.ModelChoiceField(
        label=_("Kabupaten/kota"),
        queryset=Regency.objects.none(),
        empty_label=_("Pilih kabupaten/kota"),
    )
    provinces = forms.ModelMultipleChoiceField(
        label=_("Provinsi yang diserahkan"),
        help_text=_("UPT di provinsi itu ikut pindah ke kantor baru."),
        queryset=Province.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    working_area = forms.ModelMultipleChoiceField(
        label=_("Wilayah kerja yang diserahkan"),
        queryset=Regency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, office=office, **kwargs)
        self.fields["name"].label = _("Nama kantor baru")
        self.fields["regency"].queryset = regencies_around(office)
        self.fields["provinces"].queryset = office.provinces.all()
        self.fields["working_area"].queryset = office.working_area.all()
        if office.level != Level.REGIONAL:
            del self.fields["provinces"]
        if not office.is_bapas:
            del self.fields["working_area"]

    def after(self, cleaned):
        return super().after(cleaned) | {
            "regency": cleaned["regency"].pk,
            "provinces": [p.pk for p in cleaned.get("provinces", [])],
            "working_area": [r.pk for r in cleaned.get("working_area", [])],
        }


class TargetForm(ChangeForm):
    """A change towards another office, which was chosen on the page before."""

    other = forms.ModelChoiceField(
        queryset=Office.objects.none(), widget=forms.HiddenInput
    )

    class Meta(ChangeForm.Meta):
        fields = ["other", *ChangeForm.Meta.fields]

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, office=office, **kwargs)
        self.fields["other"].queryset = Office.objects.visible_to(self.user)


class MoveForm(TargetForm):
    change_kind = Kind.MOVE


class MergeForm(TargetForm):
    change_kind = Kind.MERGE


class CloseForm(ChangeForm):
    change_kind = Kind.CLOSE


class ReopenForm(ChangeForm):
    change_kind = Kind.REOPEN


CHANGE_FORMS = {
    form.change_kind: form
    for form in (RenameForm, MoveForm, MergeForm, SplitForm, CloseForm, ReopenForm)
}

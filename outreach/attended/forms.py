from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.attended import reach
from outreach.attended.models import COUNTS, AttendanceWay
from pokmas.documents.models import Document
from pokmas.forms.base import RecordForm, StepForm
from pokmas.forms.choosing import Choosing, SearchedTicks
from pokmas.forms.fields import IntegerField
from pokmas.forms.kept_files import KeptFilesField
from pokmas.offices.models import Office
from pokmas.records.lines import LineFormField

MOST = 2000


class AttendanceWayForm(RecordForm):
    class Meta:
        model = AttendanceWay
        fields = ["name"]


class _WayField(forms.ModelChoiceField):
    """Those in use, and the one that was said before."""

    def __init__(self, label):
        super().__init__(
            AttendanceWay.objects.none(),
            label=label,
            widget=forms.RadioSelect,
            empty_label=None,
        )

    def offer(self, said=None):
        ways = AttendanceWay.objects.in_use()
        self.queryset = ways | AttendanceWay.objects.filter(pk=said)
        self.initial = said


class InviteForm(Choosing, StepForm):
    """Which units, and how they follow it."""

    everywhere = forms.BooleanField(label=_("Semua UPT di bawah"), required=False)
    offices = forms.ModelMultipleChoiceField(
        Office.objects.none(),
        label=_("UPT yang diundang"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    way = _WayField(_("Cara mengikuti"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = reach.uninvited(self.record, self.user)
        offices = self.fields["offices"]
        offices.optional_words = self.fields["everywhere"].optional_words = ""
        offices.help_text = _("Yang sudah diundang tidak ditawarkan lagi.")
        self.offer(
            "offices",
            self.units,
            widget=SearchedTicks,
            lacking=_("Semua UPT di bawah sudah diundang."),
        )
        self.fields["way"].offer()

    def clean(self):
        cleaned = super().clean()
        if cleaned.pop("everywhere", False):
            cleaned["offices"] = self.units
        elif not cleaned.get("offices") and "offices" not in self.errors:
            self.add_error("offices", _("Pilih sedikitnya satu UPT."))
        return cleaned


class _Answer(StepForm):
    way = _WayField(_("Cara mengikuti"))
    attendees = LineFormField(
        label=_("Nama petugas yang hadir"),
        max_length=300,
        required=False,
        help_text=_("Petugas sendiri saja; tanpa warga binaan, klien, atau anak."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        said = self.record.way_id or self.record.asked_way_id
        self.fields["way"].offer(said)
        self.fields["attendees"].initial = self.record.attendees


class ConfirmForm(_Answer):
    """Who comes, how many, and how."""

    field_order = ["coming", "attendees", "way"]

    coming = IntegerField(
        label=_("Berapa orang yang akan hadir"), min_value=1, max_value=MOST
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coming"].initial = self.record.coming


def _count(label):
    return IntegerField(label=label, min_value=0, max_value=MOST)


class StateForm(_Answer):
    """How many of the unit took part."""

    field_order = [*COUNTS, "attendees", "way"]

    officers = _count(_("Petugas (orang)"))
    partners = _count(_("Mitra"))
    groups = _count(_("Kelompok"))
    volunteers = _count(_("Sahabat (orang)"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in COUNTS:
            said = getattr(self.record, name)
            self.fields[name].initial = 0 if said is None else said

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned[name] for name in COUNTS):
            words = _("Belum ada yang dihitung. Bila tidak ikut, pilih “Berhalangan”.")
            self.add_error("officers", words)
        return cleaned


class SpeakerForm(StepForm):
    name = LineFormField(label=_("Nama"), max_length=120)
    capacity = LineFormField(
        label=_("Jabatan dan kantor"),
        max_length=200,
        help_text=_("Misalnya: Kepala Bidang Pembimbingan, Kanwil Bali."),
    )
    theme = LineFormField(label=_("Tema"), max_length=200)


class MaterialForm(StepForm):
    files = KeptFilesField(
        label=_("Berkas"),
        kinds=[Document.Kind.PDF, Document.Kind.JPEG, Document.Kind.PNG],
        at_most=5,
        help_text=_("PDF, atau gambar. Salindia: simpan dahulu sebagai PDF."),
    )
    caption = LineFormField(label=_("Keterangan"), max_length=200, required=False)

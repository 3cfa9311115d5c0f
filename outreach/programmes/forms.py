from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.activities.fields import ChangesField
from outreach.activities.remarks import NoNames
from outreach.programmes.models import Phase, PhaseReport, Programme
from partners.models import Partner, Volunteer
from partners.volunteers.models import acts_as_volunteer
from pokmas.forms.base import RecordForm, StepForm, VerdictForm
from pokmas.forms.choosing import Choosing, SearchedTicks
from pokmas.forms.fields import DateField, MoneyField
from pokmas.forms.kept_files import KeptFilesField
from pokmas.records.lines import LineFormField

HELP = {
    Phase.IDEA: _("Gagasan, siapa yang terlibat, dan jalan yang dipilih."),
    Phase.FORMULATION: _("Tujuan, sasaran, dan kegiatan yang akan dilakukan."),
    Phase.PLANNING: _("Jadwal, pembagian tugas, alat, dan biaya."),
    Phase.IMPLEMENTATION: _("Apa yang sudah dilaksanakan dan bagaimana jalannya."),
    Phase.EVALUATION: _("Apa yang berubah, dan apa yang dipelajari."),
}


def ready_volunteers(office):
    """Those of the last stage who serve there."""
    ready = Volunteer.Stage.INDEPENDENT_PROGRAMME
    return Volunteer.objects.serving().filter(office=office, stage=ready)


def leads_for(user):
    """Whom this person may begin a programme for: (volunteers, partners)."""
    office = user.acting.office
    volunteers, partners = ready_volunteers(office), Partner.objects.working_for(user)
    if acts_as_volunteer(user):
        return volunteers.filter(user=user), Partner.objects.none()
    if user.acting.is_community:
        return Volunteer.objects.none(), partners.filter(
            partnerships__office=office
        ).distinct()
    return volunteers, partners


def may_begin(user) -> bool:
    """Whether this person may begin one, and has somebody to lead it."""
    if not user.has_perm("outreach.add_programme"):
        return False
    if not user.acting.is_community:
        return True
    return any(rows.exists() for rows in leads_for(user))


class ProgrammeForm(Choosing, NoNames, RecordForm):
    REMARKS = ("title", "problem")

    changes_sought = ChangesField(label=_("Perubahan yang dituju"))
    budget = MoneyField(label=_("Anggaran"), required=False)

    class Meta:
        model = Programme
        fields = [
            "volunteer",
            "partner",
            "supporters",
            "title",
            "problem",
            "changes_sought",
            "budget",
            "funding",
        ]
        widgets = {
            "problem": forms.Textarea(attrs={"rows": 5}),
            "supporters": forms.CheckboxSelectMultiple,
            "volunteer": forms.RadioSelect,
            "partner": forms.RadioSelect,
        }
        help_texts = {
            "problem": _("Jangan menulis nama warga binaan, klien, atau anak."),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.instance.office = user.acting.office
        volunteers, partners = leads_for(user)
        for name, rows in (("volunteer", volunteers), ("partner", partners)):
            if user.acting.is_community and not rows.exists():
                del self.fields[name]
                continue
            none = None if user.acting.is_community else _("Tidak ada")
            self.offer(name, rows, none=none)
            if user.acting.is_community and rows.count() == 1:
                self.initial.setdefault(name, rows.get().pk)
        if user.acting.is_community:
            del self.fields["supporters"]
        else:
            self.offer("supporters", partners, widget=SearchedTicks)

    @property
    def has_lead(self) -> bool:
        return "volunteer" in self.fields or "partner" in self.fields

    @property
    def supporters(self) -> list[Partner]:
        return list(self.cleaned_data.get("supporters") or [])


class PhaseForm(NoNames, StepForm):
    """What the open phase asks."""

    REMARKS = ("text", "result", "feedback")

    owner = LineFormField(label=_("Penanggung jawab"), max_length=120)
    due_on = DateField(label=_("Selesai paling lambat"))
    text = forms.CharField(
        label=_("Isi fase"), max_length=4000, widget=forms.Textarea(attrs={"rows": 7})
    )
    starts_on = DateField(label=_("Dilaksanakan mulai"))
    ends_on = DateField(label=_("Dilaksanakan sampai"))
    is_inside = forms.BooleanField(
        label=_("Dilaksanakan di dalam Lapas, Rutan, atau LPKA"), required=False
    )
    safety = forms.CharField(
        label=_("Izin masuk dan pengamanan"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wajib bila di dalam: siapa memberi izin, apa pengamanannya."),
    )
    target = forms.CharField(
        label=_("Sasaran"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    result = forms.CharField(
        label=_("Hasil dibanding sasaran"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    feedback = forms.CharField(
        label=_("Tanggapan penerima manfaat"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sebagai jumlah dan ringkasan, tanpa nama."),
    )
    replicate = forms.ChoiceField(
        label=_("Dapat ditiru unit lain"),
        choices=PhaseReport.Feedback,
        widget=forms.RadioSelect,
    )
    papers = KeptFilesField(label=_("Dokumen"), required=False, at_most=5)

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        asked = PhaseReport.OF_PHASE
        for phase, names in asked.items():
            if phase != record.phase:
                for name in names:
                    del self.fields[name]
        self.fields["text"].help_text = HELP[record.phase]
        before = record.reports.filter(phase=record.phase).first()
        for name, field in self.fields.items():
            if before is not None and hasattr(before, name) and name != "papers":
                field.initial = getattr(before, name)

    def clean(self):
        cleaned = super().clean()
        due_on = cleaned.get("due_on")
        is_new = due_on != self.fields["due_on"].initial
        if due_on and is_new and due_on < self.record.office.today:
            self.add_error("due_on", _("Hari itu sudah lewat."))
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("Tanggal selesai sebelum tanggal mulai."))
        if cleaned.get("is_inside") and not cleaned.get("safety"):
            words = _("Tulis siapa yang memberi izin masuk dan pengamanannya.")
            self.add_error("safety", words)
        return cleaned


class JudgeForm(VerdictForm):
    verdicts = (
        (Programme.Status.WRITING, _("Setujui fase ini")),
        (Programme.Status.RETURNED, _("Kembalikan untuk diperbaiki")),
    )


class HandOverForm(Choosing, StepForm):
    volunteer = forms.ModelChoiceField(
        Volunteer.objects.none(),
        label=_("Sahabat yang memimpin"),
        required=False,
        widget=forms.RadioSelect,
    )
    partner = forms.ModelChoiceField(
        Partner.objects.none(),
        label=_("Mitra yang memimpin"),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, user, record, **kwargs):
        super().__init__(*args, user=user, record=record, **kwargs)
        self.offer("volunteer", ready_volunteers(record.office), none=_("Tidak ada"))
        partners = Partner.objects.working_for(user)
        self.offer("partner", partners, none=_("Tidak ada"))

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("volunteer")) == bool(cleaned.get("partner")):
            words = _("Pilih satu yang memimpin: Sahabat atau mitra.")
            self.add_error(None, words)
        return cleaned

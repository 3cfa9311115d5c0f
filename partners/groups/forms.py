"""What is asked about a group, step by step."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from partners.fields.models import Field
from partners.groups import compliance
from partners.groups.choosing import MembersField, SearchedMemberTicks, role_name
from partners.groups.models import CommunityGroup, GroupMembership
from partners.registry.models import Partnership
from pokmas.documents.models import Document
from pokmas.forms.base import ReasonForm, RecordForm, StepForm
from pokmas.forms.choosing import Choosing
from pokmas.forms.fields import DateField, DateTimeField
from pokmas.forms.kept_files import KeptFileField
from pokmas.offices.models import Office
from pokmas.records.lines import LineFormField
from pokmas.words import dates

Role = GroupMembership.Role


class GroupForm(Choosing, RecordForm):
    class Meta:
        model = CommunityGroup
        fields = ["office", "name", "field"]
        help_texts = {
            "name": _("Misalnya Pokmas Lipas Oebobo Mandiri."),
            "field": _("Satu bidang utama; anggotanya boleh punya bidang lain."),
        }
        widgets = {"field": forms.RadioSelect}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        offices = Office.objects.visible_to(user).choosable()
        if self.instance._state.adding and len(offices) > 1:
            self.initial.setdefault("office", user.acting.office_id)
            self.offer("office", offices)
        else:
            del self.fields["office"]
        if self.instance._state.adding and len(offices) == 1:
            self.instance.office = offices[0]
        fields = Field.objects.in_use()
        if self.instance.field_id:
            fields |= Field.objects.filter(pk=self.instance.field_id)
        self.fields["field"].queryset = fields
        self.fields["field"].empty_label = None

    def _get_validation_exclusions(self):
        """One name per unit is up to the service, which knows a form sent twice."""
        return super()._get_validation_exclusions() | {"office"}


class MembersForm(Choosing, StepForm):
    """Partners found by name among those of the unit, and their place in the group."""

    members = MembersField(
        label=_("Mitra"),
        queryset=Partnership.objects.none(),
        help_text=_(
            "Centang semua yang menjadi anggota pada tanggal yang sama, dan pilih "
            "kedudukannya; ketuanya satu."
        ),
    )
    starts_on = DateField(label=_("Anggota sejak"))

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.offer(
            "members",
            _partners_for(record),
            lacking=_(
                "Tidak ada mitra lain yang dapat menjadi anggota: catat mitranya "
                "dahulu di menu Mitra, lalu kepala menyetujuinya."
            ),
            widget=SearchedMemberTicks,
        )
        self.roles = {
            str(key): str(self.data.get(role_name(key), ""))
            for key in self.chosen("members")
        }
        self.fields["members"].widget.roles = self.roles
        self.fields["starts_on"].initial = record.office.today

    def clean_members(self):
        """Pairs of a partner and its role; what is no role becomes a member."""
        pairs = [
            (partnership, self._role_of(partnership))
            for partnership in self.cleaned_data["members"]
        ]
        if [role for _partnership, role in pairs].count(Role.CHAIR) > 1:
            raise ValidationError(_("Pilih satu ketua saja."), code="chairs")
        return pairs

    def _role_of(self, partnership):
        sent = self.roles.get(str(partnership.pk), "")
        return Role(sent) if sent in Role.values else Role.MEMBER


class RoleForm(StepForm):
    LAYOUT = [("", (("role", "starts_on"),))]

    role = forms.ChoiceField(label=_("Kedudukan baru"), choices=Role)
    starts_on = DateField(
        label=_("Sejak"),
        help_text=_("Kedudukan lama berakhir pada tanggal ini dan tetap tercatat."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = self.record.office.today


class EndMemberForm(StepForm):
    ends_on = DateField(label=_("Anggota sampai"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = self.record.office.today


class AssessForm(StepForm):
    assessment = forms.CharField(
        label=_("Hasil asesmen"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Mengapa para mitra ini layak dan cukup untuk bidangnya? Kepala membacanya "
            "sebelum menetapkan."
        ),
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        # What was written before the head sent it back.
        self.fields["assessment"].initial = record.assessment


class EstablishForm(StepForm):
    decree_number = LineFormField(
        label=_("Nomor SK"),
        max_length=80,
        help_text=_("Tulis lengkap, misalnya WP.22.PAS.2-15.OT.02.02 TAHUN 2026."),
    )
    decree_on = DateField(label=_("Tanggal SK"))
    decree = KeptFileField(label=_("Berkas SK"), kinds=[Document.Kind.PDF])

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        last = record.memberships.current().aggregate(day=Max("starts_on"))["day"]
        if last:
            self.fields["decree_on"].help_text = _(
                "Anggota terakhir masuk pada %(day)s."
            ) % {"day": dates.date_long(last)}

    @property
    def LAYOUT(self):
        """For how many the decree is, and what the guidebook asks for."""
        numbers = compliance.members_of(self.record)
        heading = _("Surat keputusan untuk %(count)s mitra")
        if numbers["minimum"]:
            heading = _(
                "Surat keputusan untuk %(count)s mitra (pedoman: paling sedikit "
                "%(minimum)s)"
            )
        return [(heading % numbers, (("decree_number", "decree_on"), "decree"))]


class CeremonyForm(StepForm):
    LAYOUT = [("", ("ceremony_at", "ceremony_place", "inaugurated_by"))]

    ceremony_at = DateTimeField(label=_("Hari dan jam pengukuhan"))
    ceremony_place = LineFormField(
        label=_("Tempat"),
        max_length=150,
        help_text=_("Misalnya Aula Bapas Kupang, Jalan Sam Ratulangi 1."),
    )
    inaugurated_by = LineFormField(
        label=_("Dikukuhkan oleh"),
        max_length=120,
        help_text=_("Nama dan jabatan, misalnya Kepala Kanwil Ditjenpas NTT."),
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.fields["ceremony_at"].zone = record.office.tzinfo
        for name in ("ceremony_at", "ceremony_place", "inaugurated_by"):
            self.fields[name].initial = getattr(record, name)


class InaugurateForm(StepForm):
    LAYOUT = [("", (("inaugurated_on", "inaugurated_by"),))]

    inaugurated_on = DateField(label=_("Tanggal pengukuhan"))
    inaugurated_by = LineFormField(
        label=_("Dikukuhkan oleh"),
        max_length=120,
        help_text=_("Nama dan jabatan, misalnya Kepala Kanwil Ditjenpas NTT."),
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        at, today = record.ceremony_at, record.office.today
        planned = at.astimezone(record.office.tzinfo).date() if at else None
        if planned and planned <= today:
            self.fields["inaugurated_on"].initial = planned
        self.fields["inaugurated_by"].initial = record.inaugurated_by


class DissolveForm(ReasonForm):
    LAYOUT = [
        ("", ("reason",)),
        (
            _("Surat keputusan"),
            (("dissolution_number", "dissolved_on"), "dissolution_decree"),
        ),
    ]

    dissolution_number = LineFormField(label=_("Nomor SK pembubaran"), max_length=80)
    dissolved_on = DateField(label=_("Tanggal SK pembubaran"))
    dissolution_decree = KeptFileField(
        label=_("Berkas SK pembubaran"), kinds=[Document.Kind.PDF]
    )


def _partners_for(group: CommunityGroup):
    """Working partners of the group's unit that are not members yet; those of its field
    that are in no group first."""
    unit = group.office.unit
    offers = Partnership.fields.through.objects.filter(field=group.field_id)
    current = GroupMembership.objects.current()
    return (
        Partnership.objects.under(unit)
        .working()
        .select_related("partner")
        .exclude(memberships__in=group.memberships.current())
        .order_by(
            Exists(current.filter(partnership=OuterRef("pk"))),
            Exists(offers.filter(partnership=OuterRef("pk"))).desc(),
            Lower("partner__name"),
            "pk",
        )
    )

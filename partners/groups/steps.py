"""From a proposal to an active group, and to its end."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from partners.groups import compliance, services
from partners.groups.forms import (
    AssessForm,
    CeremonyForm,
    DissolveForm,
    EstablishForm,
    InaugurateForm,
    MembersForm,
)
from partners.groups.models import CommunityGroup, GroupMembership
from pokmas.forms.base import ReasonForm
from pokmas.records.steps import Step, Turn, Watch, When

Status = CommunityGroup.Status
CHANGE = "partners.change_communitygroup"
ESTABLISH = "partners.establish_communitygroup"

HAS_MEMBERS = When(
    rows=lambda user: Q(
        Exists(GroupMembership.objects.current().filter(group=OuterRef("pk")))
    ),
    holds=None,
    refusal=_("Tambahkan anggota sebelum mencatat asesmen."),
    is_awaited=False,
)
# Between its assessment and its decree a group stays as it was assessed.
WITH_OPEN_DOORS = frozenset(
    {Status.PROPOSED, Status.ESTABLISHED, Status.ACTIVE, Status.DORMANT}
)

CommunityGroup.STEPS.add(
    Step(
        "assess",
        to=Status.ASSESSED,
        permission=CHANGE,
        service=services.assess,
        form=AssessForm,
        label=_("Catat hasil asesmen"),
        button=_("Simpan dan teruskan kepada kepala"),
        done=_("Asesmen tersimpan; kepala diberi tahu."),
        cautions=compliance.before_assessment,
        when=(HAS_MEMBERS,),
        turns={
            Status.PROPOSED: Turn(
                _("Lengkapi anggota dan catat hasil asesmen"),
                14,
                _("Usulan tidak maju ke penetapan."),
                Watch.UNIT,
            )
        },
    ),
    Step(
        "add_member",
        at=WITH_OPEN_DOORS,
        permission=CHANGE,
        service=services.add_members,
        form=MembersForm,
        label=_("Tambah anggota"),
        button=_("Tambahkan"),
        done=_("Anggota ditambahkan."),
        icon="plus",
        is_main=True,
    ),
    Step(
        "end_member",
        at=WITH_OPEN_DOORS,
        permission=CHANGE,
        label=_("Akhiri keanggotaan"),
        is_inside=True,
    ),
    Step(
        "change_role",
        at=WITH_OPEN_DOORS,
        permission=CHANGE,
        label=_("Ubah kedudukan"),
        is_inside=True,
    ),
    Step("change", at={Status.PROPOSED}, permission=CHANGE, label=_("Ubah")),
    Step(
        "establish",
        to=Status.ESTABLISHED,
        permission=ESTABLISH,
        service=services.establish,
        form=EstablishForm,
        label=_("Tetapkan dengan SK"),
        button=_("Tetapkan kelompok"),
        not_by=("assessed_by",),
        cautions=compliance.cautions,
        turns={
            Status.ASSESSED: Turn(
                _("Tetapkan dengan SK, atau kembalikan"),
                7,
                _("Kelompok belum dapat bekerja tanpa SK."),
                Watch.REGION,
            )
        },
    ),
    Step(
        "send_back",
        to={Status.PROPOSED, Status.ASSESSED},
        at={Status.ASSESSED, Status.ESTABLISHED},
        permission=ESTABLISH,
        service=services.send_back,
        form=ReasonForm,
        label=_("Kembalikan"),
        title=_("Kembalikan usulan kelompok"),
        done=_("Dikembalikan; yang berkepentingan diberi tahu."),
        not_by=("assessed_by",),
        needs_reason=True,
    ),
    Step(
        "plan_ceremony",
        at={Status.ESTABLISHED},
        permission=CHANGE,
        service=services.plan_ceremony,
        form=CeremonyForm,
        label=_("Siapkan pengukuhan"),
        button=_("Simpan"),
        done=_("Tersimpan. Undangan, daftar hadir, dan berita acara dapat dibuat."),
        is_beside=True,
        onward=lambda group, user: f"{group.get_absolute_url()}?tab=papers#tabs",
    ),
    Step(
        "inaugurate",
        to=Status.ACTIVE,
        at={Status.ESTABLISHED},
        permission=CHANGE,
        service=services.inaugurate,
        form=InaugurateForm,
        label=_("Catat pengukuhan"),
        button=_("Simpan dan aktifkan"),
        done=_("Kelompok aktif; mitra anggotanya ikut menjadi aktif."),
        turns={
            Status.ESTABLISHED: Turn(
                _("Siapkan pengukuhan, lalu catat untuk mengaktifkan"),
                30,
                _("Kelompok belum dihitung sebagai kelompok aktif."),
                Watch.UNIT,
            )
        },
    ),
    Step(
        "revive",
        to=Status.ACTIVE,
        at={Status.DORMANT},
        permission=CHANGE,
        service=services.revive,
        label=_("Aktifkan kembali"),
        done=_("Kelompok aktif kembali."),
    ),
    Step(
        "rest",
        to=Status.DORMANT,
        permission=CHANGE,
        service=services.rest,
        form=ReasonForm,
        label=_("Nyatakan tidak aktif"),
        done=_("Kelompok dinyatakan tidak aktif."),
        is_danger=True,
        needs_reason=True,
    ),
    Step(
        "withdraw",
        to=Status.WITHDRAWN,
        at={Status.PROPOSED, Status.ASSESSED},
        permission="partners.add_communitygroup",
        service=services.withdraw,
        form=ReasonForm,
        label=_("Tarik usulan"),
        done=_("Usulan ditarik. Riwayatnya tetap tersimpan."),
        is_danger=True,
        needs_reason=True,
    ),
    Step(
        "revoke",
        to=Status.WITHDRAWN,
        at={Status.ESTABLISHED},
        permission=ESTABLISH,
        service=services.revoke,
        form=ReasonForm,
        label=_("Batalkan penetapan"),
        title=_("Batalkan penetapan kelompok"),
        done=_("Penetapan dibatalkan. Riwayatnya tetap tersimpan."),
        is_danger=True,
        needs_reason=True,
    ),
    Step(
        "dissolve",
        to=Status.DISSOLVED,
        permission=ESTABLISH,
        service=services.dissolve,
        form=DissolveForm,
        label=_("Bubarkan"),
        title=_("Bubarkan kelompok"),
        done=_("Kelompok dibubarkan. Riwayatnya tetap tersimpan."),
        is_danger=True,
        needs_reason=True,
    ),
)

"""From a draft to a volunteer of the unit, and to the end."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.volunteers import services, term
from partners.volunteers.models import Volunteer
from pokmas.forms.base import ReasonForm
from pokmas.records.steps import Step, Turn, Watch, When

Status = Volunteer.Status
OWN = "partners.be_volunteer"
HEAD = "partners.suspend_volunteer"

BY_HIMSELF = When(
    rows=lambda user: Q(user=user),
    holds=lambda volunteer, user: volunteer.user_id == user.pk,
    refusal=_("Langkah ini hanya dapat dilakukan oleh Sahabat itu sendiri."),
)
HAS_NO_ACCOUNT = When(
    rows=lambda user: Q(user=None),
    holds=lambda volunteer, user: volunteer.user_id is None,
    refusal=_("Akunnya sudah dipegang pemiliknya."),
)
HAS_NIK = When(
    rows=lambda user: Q(nik__isnull=False),
    holds=lambda volunteer, user: volunteer.nik_id is not None,
    refusal=_("Tidak ada NIK yang tersimpan."),
)
SERVING = When(
    rows=lambda user: ~term.over(),
    holds=lambda volunteer, user: not volunteer.is_over,
    refusal=_("Masa tugasnya sudah berakhir. Perpanjang dahulu."),
)
HIS = {"permission": OWN, "for_partner": True, "when": (BY_HIMSELF,)}

Volunteer.STEPS.add(
    Step(
        "submit",
        to=Status.SUBMITTED,
        label=_("Periksa dan ajukan"),
        url="partners:volunteer_check",
        turns={
            Status.DRAFT: Turn(
                _("Lengkapi isian, lalu ajukan"),
                14,
                _("Draf tetap tersimpan, tetapi belum dilihat petugas."),
            ),
            Status.RETURNED: Turn(
                _("Perbaiki isian sesuai catatan, lalu ajukan lagi"),
                14,
                _("Pendaftaran tidak diproses sampai diajukan lagi."),
            ),
        },
        **HIS,
    ),
    Step(
        "decide",
        to={Status.ACTIVE, Status.RETURNED, Status.DECLINED},
        at={Status.SUBMITTED},
        permission=services.DECIDE,
        label=_("Putuskan"),
        title=_("Putuskan pendaftaran Sahabat"),
        icon="verify",
        not_by=("user",),
        turns={
            Status.SUBMITTED: Turn(
                _("Terima, kembalikan, atau tolak"), 7, watch=Watch.UNIT
            )
        },
    ),
    Step(
        "nik",
        at=set(Status),
        permission="partners.view_nik",
        form=ReasonForm,
        label=_("Lihat NIK"),
        title=_("Lihat NIK seutuhnya"),
        button=_("Tampilkan NIK"),
        not_by=("user",),
        needs_reason=True,
        when=(HAS_NIK,),
    ),
    Step(
        "resume",
        to=Status.ACTIVE,
        at={Status.SUSPENDED},
        permission=HEAD,
        service=services.resume,
        label=_("Lanjutkan"),
        title=_("Lanjutkan tugas Sahabat"),
        done=_("Tugas Sahabat dilanjutkan."),
        not_by=("user",),
        is_main=True,
    ),
    Step(
        "suspend",
        to=Status.SUSPENDED,
        permission=HEAD,
        service=services.suspend,
        form=ReasonForm,
        label=_("Tangguhkan"),
        title=_("Tangguhkan Sahabat"),
        done=_("Sahabat ditangguhkan dan diberi tahu."),
        not_by=("user",),
        is_danger=True,
        needs_reason=True,
    ),
    Step(
        "end",
        to=Status.ENDED,
        permission=HEAD,
        service=services.end,
        form=ReasonForm,
        label=_("Akhiri"),
        title=_("Akhiri tugas Sahabat"),
        done=_("Tugas Sahabat berakhir. Riwayatnya tetap tersimpan."),
        not_by=("user",),
        is_danger=True,
        needs_reason=True,
    ),
    Step(
        "withdraw",
        to=Status.WITHDRAWN,
        service=services.withdraw,
        label=_("Tarik pendaftaran"),
        question=_("Tarik pendaftaran Anda?"),
        warning=_("Petugas tidak memprosesnya lagi. Anda boleh mendaftar lagi nanti."),
        done=_("Pendaftaran Anda ditarik."),
        is_danger=True,
        **HIS,
    ),
    Step(
        "drop",
        to=Status.WITHDRAWN,
        at={Status.DRAFT},
        permission="partners.add_volunteer",
        service=services.drop,
        label=_("Batalkan catatan"),
        question=_("Batalkan catatan ini?"),
        warning=_("Ia tidak dapat lagi mengambilnya alih dengan kode pada slip."),
        done=_("Catatan dibatalkan."),
        is_danger=True,
        when=(HAS_NO_ACCOUNT,),
    ),
    Step(
        "leave",
        to=Status.ENDED,
        service=services.leave,
        form=ReasonForm,
        label=_("Berhenti sebagai Sahabat"),
        done=_("Anda berhenti sebagai Sahabat. Terima kasih atas bantuan Anda."),
        is_danger=True,
        needs_reason=True,
        **HIS,
    ),
)

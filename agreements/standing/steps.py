"""What may befall a signed agreement, and the partner whose last one has ended."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.register.conditions import STANDS_ALONE
from agreements.register.models import Agreement
from agreements.standing import services
from agreements.standing.forms import FallForm, RectifyForm, ResumeForm, TerminateForm
from partners.models import Partnership
from pokmas.accounts.roles import LEVELS
from pokmas.forms.base import ReasonForm
from pokmas.offices.models import Office
from pokmas.records.steps import Step, Turn, When

Status = Agreement.Status


def _wide_office(user) -> Office | None:
    acting = getattr(user, "acting", None)
    return acting.office if acting is not None and acting.office.is_wide else None


def _at_its_office(partnership, role) -> bool:
    return bool(LEVELS[role] & partnership.office.seats)


# A partner is agreed with by the office that entered it: what a Kanwil agrees on with
# the partner of a unit is nobody's turn there.
OF_ITS_OFFICE = When(
    rows=lambda user: Q(office=office) if (office := _wide_office(user)) else Q(),
    holds=lambda partnership, user: (
        (office := _wide_office(user)) is None or office.pk == partnership.office_id
    ),
    refusal=_("Kerja sama kantor Anda sendiri disusun dari menu Kerja sama."),
    suits=_at_its_office,
)


def _amendments_that_fall(agreement):
    words = _("“%(title)s” belum ditandatangani dan ikut dibuang.")
    open_ones = agreement.amendments.filter(status__in=Agreement.OPEN)
    return [words % {"title": each.title} for each in open_ones]


Agreement.STEPS.add(
    Step(
        "resume",
        to=Status.SIGNED,
        at={Status.SUSPENDED},
        permission="agreements.terminate_agreement",
        service=services.resume,
        form=ResumeForm,
        label=_("Lanjutkan kerja sama"),
        done=_("Kerja sama dilanjutkan."),
        is_main=True,
    ),
    Step(
        "rectify",
        at={Status.SIGNED, Status.SUSPENDED},
        permission="agreements.terminate_agreement",
        service=services.rectify,
        form=RectifyForm,
        label=_("Betulkan penandatanganan"),
        warning=_(
            "Buku nomor ikut dibetulkan, ringkasan yang lama ditarik dan yang baru "
            "dibuat, dan mitra diberi tahu."
        ),
        button=_("Simpan pembetulan"),
        done=_("Catatan penandatanganan dibetulkan."),
        needs_reason=True,
    ),
    Step(
        "suspend",
        to=Status.SUSPENDED,
        permission="agreements.terminate_agreement",
        service=services.suspend,
        form=FallForm,
        label=_("Tangguhkan"),
        title=_("Tangguhkan kerja sama"),
        warning=_(
            "Selama ditangguhkan kerja sama tidak dihitung berlaku dan kegiatan baru "
            "tidak dapat dicatat padanya. Mitra diberi tahu dengan alasannya. Tanggal "
            "berakhirnya tetap, dan kerja sama dapat dilanjutkan kapan saja."
        ),
        done=_("Kerja sama ditangguhkan."),
        is_danger=True,
        needs_reason=True,
        when=(STANDS_ALONE,),
    ),
    Step(
        "terminate",
        to=Status.TERMINATED,
        permission="agreements.terminate_agreement",
        service=services.terminate,
        form=TerminateForm,
        cautions=_amendments_that_fall,
        label=_("Akhiri"),
        title=_("Akhiri kerja sama"),
        warning=_(
            "Kerja sama berhenti berlaku dan tidak dapat dilanjutkan lagi. Mitra "
            "diberi tahu dengan alasannya; sesudah itu laporan akhirnya disusun."
        ),
        done=_("Kerja sama diakhiri."),
        is_danger=True,
        needs_reason=True,
        when=(STANDS_ALONE,),
    ),
    Step(
        "drop",
        to=Status.DROPPED,
        at={Status.DRAFT, Status.DISCUSSION, Status.READY_TO_SIGN},
        permission="agreements.change_agreement",
        service=services.drop,
        form=ReasonForm,
        label=_("Buang naskah"),
        warning=_(
            "Naskah tidak dilanjutkan; nomornya, bila ada, dibatalkan di buku nomor."
        ),
        done=_("Naskah dibuang; isinya tetap ada di riwayat."),
        labels={Status.DRAFT: _("Buang draf")},
        is_danger=True,
        needs_reason=True,
    ),
)
Partnership.STEPS.add(
    # Here and not on the partners' floor: an agreement in force stands against it.
    Step(
        "end",
        to=Partnership.Status.ENDED,
        permission="partners.suspend_partner",
        service=services.end_partnership,
        form=ReasonForm,
        label=_("Akhiri"),
        title=_("Akhiri kemitraan"),
        done=_("Kemitraan berakhir. Datanya tetap tersimpan sebagai arsip."),
        url="agreements:end_partnership",
        is_danger=True,
        needs_reason=True,
    ),
    Step(
        "agree",
        at=Partnership.WORKING,
        permission="agreements.add_agreement",
        label=_("Susun kerja sama"),
        when=(OF_ITS_OFFICE,),
        icon="agreement",
        url="agreements:create",
        query="partnership",
        turns={
            Partnership.Status.APPROVED: Turn(
                _("Masukkan ke kelompok atau susun kerja sama"),
                30,
                _("Mitra tampak di beranda sebagai belum terlibat."),
            )
        },
    ),
)

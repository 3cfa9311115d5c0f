"""From the proposal to adopt a known partner to the head's decision."""

from django.utils.translation import gettext_lazy as _

from partners.adoption import services
from partners.registry import sections
from partners.registry.models import Partnership
from partners.vetting.steps import IMPARTIAL
from pokmas.forms.base import ReasonForm
from pokmas.records.steps import Step, Turn, Watch, When

Status = Partnership.Status

MAY_MEND = When(
    rows=sections.written_by,
    holds=lambda partnership, user: bool(sections.editable(partnership, user)),
    refusal=_("Usulan ini hanya dapat diperbaiki oleh yang boleh mengisinya."),
)

Partnership.STEPS.add(
    Step(
        "adopt",
        to=Status.APPROVED,
        at={Status.PROPOSED},
        permission="partners.approve_partner",
        service=services.adopt,
        label=_("Jadikan mitra unit ini"),
        question=_("Jadikan mitra unit ini?"),
        warning=_(
            "Mitra ini sudah diperiksa dan diterima unit lain. Mitra dan unit itu "
            "diberi tahu."
        ),
        done=_("Mitra disetujui untuk unit ini."),
        icon="verify",
        not_by=("created_by", "submitted_by"),
        when=(IMPARTIAL,),
        turns={
            Status.PROPOSED: Turn(
                _("Jadikan mitra unit ini, kembalikan, atau tolak usulannya"),
                3,
                watch=Watch.REGION,
            )
        },
    ),
    Step(
        "send_back",
        to=Status.SENT_BACK,
        permission="partners.approve_partner",
        service=services.send_back,
        form=ReasonForm,
        label=_("Kembalikan"),
        title=_("Kembalikan usulan menjadi mitra"),
        done=_("Usulan dikembalikan; pengusulnya diberi tahu."),
        is_beside=True,
        needs_reason=True,
        not_by=("created_by", "submitted_by"),
        when=(IMPARTIAL,),
    ),
    Step(
        "propose_again",
        to=Status.PROPOSED,
        permission="partners.add_partner",
        service=services.propose_again,
        label=_("Usulkan lagi"),
        done=_("Usulan diteruskan untuk diputuskan."),
        when=(MAY_MEND,),
        turns={
            Status.SENT_BACK: Turn(
                _("Perbaiki usulan sesuai catatan, lalu usulkan lagi"),
                14,
                _("Usulan belum diputuskan sampai diusulkan lagi."),
            )
        },
    ),
    Step(
        "mend_proposal",
        at={Status.SENT_BACK},
        permission="partners.add_partner",
        label=_("Perbaiki usulan"),
        mends=True,
        when=(MAY_MEND,),
    ),
    Step(
        "drop_proposal",
        to=Status.WITHDRAWN,
        at={Status.SENT_BACK},
        permission="partners.add_partner",
        service=services.drop,
        form=ReasonForm,
        label=_("Tarik usulan"),
        title=_("Tarik usulan menjadi mitra"),
        done=_("Usulan ditarik. Riwayatnya tetap tersimpan."),
        is_danger=True,
        needs_reason=True,
        when=(MAY_MEND,),
    ),
    Step(
        "turn_down",
        to=Status.DECLINED,
        at={Status.PROPOSED},
        permission="partners.approve_partner",
        service=services.turn_down,
        form=ReasonForm,
        label=_("Tolak usulan"),
        title=_("Tolak usulan menjadi mitra"),
        done=_("Usulan ditolak; pengusulnya diberi tahu alasannya."),
        is_danger=True,
        needs_reason=True,
        not_by=("created_by", "submitted_by"),
        when=(IMPARTIAL,),
    ),
)

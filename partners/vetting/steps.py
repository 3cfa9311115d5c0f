"""From a submitted registration to the head's decision."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partnership, Representative
from partners.vetting import handling
from partners.vetting.forms import HandOverForm
from partners.visits.models import FieldVisit
from pokmas.records.steps import Step, Turn, Watch, When

Status = Partnership.Status

NOBODYS = When(
    rows=lambda user: Q(handler=None),
    holds=lambda partnership, user: partnership.handler_id is None,
    refusal=_("Pemeriksaan ini sudah ada petugasnya."),
)
SOMEBODYS = When(
    rows=lambda user: Q(handler__isnull=False),
    holds=lambda partnership, user: partnership.handler_id is not None,
    refusal=_("Pemeriksaan ini belum ada petugasnya."),
)


def _took_no_part(user):
    """Nor ever did: in an earlier round, in another role, or on the partner's side."""
    states = Partnership.pgh_event_model.objects.filter(pgh_obj=OuterRef("pk"))
    acted = states.filter(
        Q(submitted_by=user) | Q(verified_by=user) | Q(reexamined_by=user)
    )
    visited = FieldVisit.objects.filter(partnership=OuterRef("pk"), created_by=user)
    acting_for = Representative.objects.filter(partner=OuterRef("partner"), user=user)
    return ~Q(Exists(acted)) & ~Q(Exists(visited)) & ~Q(Exists(acting_for))


IMPARTIAL = When(
    rows=_took_no_part,
    holds=None,
    refusal=_(
        "Anda pernah mengajukan, memeriksa, atau mewakili pendaftaran ini. Orang lain "
        "yang harus memutuskannya."
    ),
)

Partnership.STEPS.add(
    Step(
        "take",
        at={Status.SUBMITTED},
        permission=handling.EXAMINE,
        service=handling.take,
        label=_("Saya periksa"),
        done=_("Pemeriksaan ini kini di tangan Anda."),
        onward=lambda partnership, user: reverse(
            "partners:verify", args=[partnership.pk]
        ),
        when=(NOBODYS,),
    ),
    Step(
        "hand_over",
        at={Status.SUBMITTED},
        permission="partners.share_queue",
        service=handling.hand_over,
        form=HandOverForm,
        label=_("Serahkan kepada rekan"),
        title=_("Serahkan pemeriksaan kepada rekan"),
        button=_("Serahkan"),
        done=_("Pemeriksaan diserahkan; rekan Anda diberi tahu."),
    ),
    Step(
        "put_back",
        at={Status.SUBMITTED},
        permission="partners.share_queue",
        service=handling.put_back,
        label=_("Kembalikan ke antrean"),
        done=_("Pemeriksaan kembali ke antrean."),
        when=(SOMEBODYS,),
    ),
    Step(
        "verify",
        to=Status.VERIFYING,
        permission="partners.verify_partner",
        label=_("Periksa pendaftaran"),
        icon="verify",
        turns={
            Status.SUBMITTED: Turn(
                _("Periksa berkas dan catat hasilnya"),
                3,
                watch=Watch.UNIT,
            )
        },
    ),
    Step(
        "decide",
        to={Status.APPROVED, Status.SUBMITTED, Status.RETURNED, Status.DECLINED},
        at={Status.VERIFYING},
        permission="partners.approve_partner",
        label=_("Putuskan"),
        title=_("Putuskan pendaftaran"),
        icon="verify",
        not_by=("created_by", "submitted_by", "verified_by"),
        when=(IMPARTIAL,),
        turns={
            Status.VERIFYING: Turn(
                _("Setujui, kembalikan, atau tolak"),
                3,
                watch=Watch.REGION,
            )
        },
    ),
)

"""A request for one more assignment: decided by somebody above, or taken back.

The services stand below the notices; here people are told: who may decide that somebody
asks, and who asked what became of it.
"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import AssignmentRequest
from pokmas.accounts.roles import APPOINTS
from pokmas.accounts.services import people, requests
from pokmas.forms.base import ReasonForm
from pokmas.notices.telling import next_in_turn, own_people, tell
from pokmas.records.steps import Step, Turn, When

Status = AssignmentRequest.Status

FOR_A_ROLE_ONE_APPOINTS = When(
    rows=lambda user: Q(role__in=people.appointable_roles(user)),
    holds=lambda request, user: request.role in people.appointable_roles(user),
    refusal=_("Peran Anda tidak boleh memberikan peran ini."),
    suits=lambda request, role: request.role in APPOINTS.get(role, ()),
)
BY_WHO_ASKED = When(
    rows=lambda user: Q(user=user),
    holds=lambda request, user: request.user_id == user.pk,
    refusal=_("Hanya pemohon yang dapat menarik permintaannya."),
)


@transaction.atomic
def ask(request, *, by):
    asked = requests.request_assignment(request, by=by)
    tell(
        asked,
        "requested",
        next_in_turn(asked),
        _("Permintaan penugasan menunggu keputusan: %(name)s"),
        "%(purpose)s",
        purpose=asked.purpose,
    )
    return asked


@transaction.atomic
def approve(request, *, by):
    requests.approve(request, by=by)
    tell(
        request,
        "approved",
        own_people(request),
        _("Penugasan disetujui: %(post)s"),
        post=lambda: f"{request.title} · {request.office}",
    )


@transaction.atomic
def decline(request, *, reason, by):
    requests.decline(request, reason=reason, by=by)
    tell(
        request,
        "declined",
        own_people(request),
        _("Penugasan ditolak: %(post)s"),
        "%(reason)s",
        post=lambda: f"{request.title} · {request.office}",
    )


AssignmentRequest.STEPS.add(
    Step(
        "approve",
        to=Status.APPROVED,
        permission=people.APPOINT,
        service=approve,
        label=_("Setujui"),
        done=_("Penugasan diberikan; pemohon diberi tahu."),
        not_by=("user",),
        when=(FOR_A_ROLE_ONE_APPOINTS,),
        turns={
            Status.REQUESTED: Turn(
                _("Menyetujui atau menolak penugasan tambahan"),
                7,
                _("Permintaan tetap menunggu dan tidak ada hak yang berubah."),
            )
        },
    ),
    Step(
        "decline",
        to=Status.DECLINED,
        permission=people.APPOINT,
        service=decline,
        form=ReasonForm,
        label=_("Tolak"),
        title=_("Tolak permintaan"),
        done=_("Permintaan ditolak; pemohon diberi tahu alasannya."),
        not_by=("user",),
        when=(FOR_A_ROLE_ONE_APPOINTS,),
        needs_reason=True,
    ),
    Step(
        "withdraw",
        to=Status.WITHDRAWN,
        service=requests.withdraw,
        label=_("Tarik permintaan"),
        question=_("Tarik permintaan ini?"),
        warning=_("Anda dapat mengajukan lagi kapan saja."),
        done=_("Permintaan ditarik."),
        when=(BY_WHO_ASKED,),
        is_danger=True,
    ),
)

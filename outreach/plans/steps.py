"""A plan is changed or called off."""

from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.corrections.conditions import MONTH_OPEN, OPEN_OR_CORRECTION
from outreach.plans import services
from outreach.plans.conditions import PLANNED_BY_OWN_SIDE
from pokmas.forms.base import ReasonForm
from pokmas.records.steps import Step

Status = Activity.Status

Activity.STEPS.add(
    Step(
        "change",
        at={Status.PLANNED, Status.RETURNED},
        permission="outreach.change_activity",
        label=_("Ubah rencana"),
        for_partner=True,
        when=(OPEN_OR_CORRECTION, PLANNED_BY_OWN_SIDE),
    ),
    Step(
        "cancel",
        to=Status.CANCELLED,
        permission="outreach.change_activity",
        service=services.cancel,
        form=ReasonForm,
        label=_("Batalkan"),
        title=_("Batalkan kegiatan"),
        button=_("Batalkan kegiatan"),
        done=_("Kegiatan dibatalkan."),
        for_partner=True,
        is_danger=True,
        needs_reason=True,
        when=(PLANNED_BY_OWN_SIDE,),
    ),
    Step(
        "bring_back",
        to=Status.PLANNED,
        permission="outreach.change_activity",
        service=services.bring_back,
        label=_("Kembalikan ke rencana"),
        question=_("Kembalikan kegiatan ini ke rencana?"),
        warning=_(
            "Pembatalannya tetap tampak dalam riwayat, dan yang dahulu diberi tahu "
            "tentang pembatalan diberi tahu lagi."
        ),
        for_partner=True,
        when=(MONTH_OPEN, PLANNED_BY_OWN_SIDE),
    ),
)

from django.utils.translation import gettext_lazy as _

from agreements.plans.progress import progress_of
from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from pokmas.steps.parts import Part


def _given(agreement, user):
    step = Agreement.STEPS["plan"]
    may_write = agreement.may(user, step) and not agreement.refusal(step, user)
    may_plan = agreement.is_in_force and user.has_perm("outreach.add_activity")
    return {
        "progress": progress_of(agreement),
        "may_write": may_write,
        "may_plan": may_plan,
        "may_place": user.has_perm("outreach.change_activity"),
    }


PARTS.add(
    Part(
        "plan",
        _("Rencana kerja"),
        "agreements/plans/_plan.html",
        order=15,
        serves=lambda agreement, user: not agreement.is_amendment,
        given=_given,
    )
)

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from outreach.activities.parts import PARTS
from partners.volunteers.models import acts_as_volunteer
from pokmas.steps.parts import Part


def _realised(activity, user):
    if not activity.has_result or activity.expected is None:
        return {"served": None}
    return {"served": activity.counts.aggregate(sum=Sum("number", default=0))["sum"]}


PARTS.add(
    Part(
        "realised",
        _("Rencana dan realisasi"),
        "outreach/plans/_realised.html",
        order=20,
        is_beside=True,
        serves=lambda activity, user: (
            (activity.expected is not None or activity.is_moved)
            and not acts_as_volunteer(user)
        ),
        given=_realised,
    )
)

from django.utils.translation import gettext_lazy as _

from outreach.activities.parts import PARTS
from outreach.restorative.shown import shown
from pokmas.steps.parts import Part

PARTS.add(
    Part(
        "restorative",
        _("Keadilan restoratif"),
        "outreach/restorative/_part.html",
        order=20,
        serves=lambda activity, user: (
            activity.has_result
            and activity.type.is_restorative
            and user.has_perm("outreach.view_restorative")
        ),
        given=lambda activity, user: {"meeting": shown(activity)},
    )
)

from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.activities.parts import PARTS
from pokmas.steps.parts import Part, rows_of

PARTS.add(
    Part(
        "coverage",
        _("Liputan media"),
        "outreach/coverage/_part.html",
        order=40,
        counted=rows_of(Activity, "coverage", removed_at=None),
        given=lambda activity, user: {
            "rows": activity.coverage.present(),
            "removes": user.has_perm("outreach.add_coverage")
            and activity.lies_with(user),
        },
    )
)

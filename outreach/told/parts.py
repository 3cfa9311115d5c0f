"""What those who take part were told, on the page of an activity."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.activities.parts import PARTS
from pokmas.steps.parts import Part, rows_of

PARTS.add(
    Part(
        "news",
        _("Kabar kepada peserta"),
        "outreach/told/_news.html",
        order=60,
        serves=lambda activity, user: not user.acting.is_community,
        counted=rows_of(Activity, "news"),
        given=lambda activity, user: {
            "news": activity.news.annotate(people=Count("recipients")).select_related(
                "created_by"
            )
        },
    )
)

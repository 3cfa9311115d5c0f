from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from pokmas.search.kinds import Kind

FINDS = [
    Kind(
        "activities",
        Activity,
        title=_("Kegiatan"),
        icon="calendar",
        permission="outreach.view_activity",
        listing="outreach:index",
        named="title",
        about="place",
        order=("-held_on", "-pk"),
        place=5,
    )
]

from django.utils.translation import gettext_lazy as _

from agreements.register.parts import PARTS, Part

PARTS.add(
    Part(
        "activities",
        _("Kegiatan"),
        "outreach/activities/_part.html",
        order=10,
        serves=lambda agreement, user: user.has_perm("outreach.view_activity"),
    )
)

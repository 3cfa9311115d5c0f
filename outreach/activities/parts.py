from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from agreements.register.parts import PARTS, Part
from outreach.activities.models import Activity


def _may_see(agreement, user):
    return user.has_perm("outreach.view_activity")


def _before(renewal, user):
    """What the one that it renews came to: read by whoever may open its activities."""
    held = Activity.objects.visible_to(user).filter(agreement=renewal.renews_id)
    return (
        held.counted()
        .with_served()
        .aggregate(
            activities=Count("pk"),
            people=Sum("served", default=0),
            reported=Count("pk", filter=Q(status=Activity.Status.LOCKED)),
        )
    )


PARTS.add(
    Part(
        "activities",
        _("Kegiatan"),
        "outreach/activities/_part.html",
        order=10,
        serves=lambda agreement, user: (
            not agreement.is_amendment and _may_see(agreement, user)
        ),
    ),
    Part(
        "before",
        _("Hasil masa sebelumnya"),
        "outreach/activities/_before.html",
        order=30,
        is_beside=True,
        serves=lambda agreement, user: (
            agreement.renews_id is not None and _may_see(agreement, user)
        ),
        given=_before,
    ),
)

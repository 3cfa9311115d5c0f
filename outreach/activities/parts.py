"""What rooms show on the page of an activity, and activities on that of an
agreement."""

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from agreements.register.parts import PARTS as OF_AGREEMENTS
from outreach.activities import counted
from outreach.activities.models import Activity
from partners.volunteers.models import acts_as_volunteer
from pokmas.audit.services import timeline
from pokmas.steps.parts import Part, Parts


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


OF_AGREEMENTS.add(
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

# name → part; filled by `add` in the rooms' parts.py.
PARTS = Parts()


def _result(activity, user):
    rows = activity.evidence.told_to(user).select_related("document", "refusal")
    return {
        "counts": counted.table(counted.by_kind(activity.counts.all())),
        "evidence": [row for row in rows if row.is_present],
        "refused": [row for row in rows if row.is_refused],
        "is_ours": activity.lies_with(user),
    }


PARTS.add(
    Part(
        "result",
        _("Hasil dan bukti"),
        "outreach/activities/_came_of_it.html",
        order=10,
        serves=lambda activity, user: (
            activity.has_result
            or (activity.was_reported and not acts_as_volunteer(user))
        ),
        given=_result,
    ),
    Part(
        "history",
        _("Riwayat"),
        "outreach/activities/_history.html",
        order=90,
        serves=lambda activity, user: not acts_as_volunteer(user),
        given=lambda activity, user: {"entries": timeline(activity, user)},
    ),
)

"""Who was there, on the page of an activity."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.activities.parts import PARTS
from outreach.presence import codes, people
from outreach.presence.services import SETTLED
from outreach.presence.shown import presence_of
from outreach.told.people import ALSO
from partners.volunteers.models import acts_as_volunteer
from pokmas.steps.parts import Part

ALSO.append(people.registered)


def _given(activity, user):
    rows = list(activity.participants.for_list())
    own = next((row for row in rows if row.account_id == user.pk), None)
    is_open = activity.status not in SETTLED
    takes_people = is_open and codes.is_ahead(activity)
    given = {
        "shows_code": takes_people and own is not None,
        "may_join": takes_people and own is None and _may_join(activity, user),
        "presence": presence_of(activity, rows),
        "is_open": is_open,
        "records": user.has_perm("outreach.record_presence")
        and activity.lies_with(user),
    }
    if user.has_perm("outreach.view_presence"):
        given["people"] = rows
        result = given["presence"].result
        given["lacks_result"] = _is_overdue(activity) and not (
            result and result.outcome and result.outcome.is_held
        )
    given["counted"] = None
    if not acts_as_volunteer(user) and activity.has_result:
        given["counted"] = sum(row.number for row in activity.counts.all())
    return given


def _is_overdue(activity):
    is_plan = activity.status == Activity.Status.PLANNED and not activity.corrects_id
    return is_plan and activity.ends_at < timezone.now()


def _may_join(activity, user):
    return bool(people.himself(activity, user))


PARTS.add(
    Part(
        "presence",
        _("Kehadiran"),
        "outreach/presence/_part.html",
        order=20,
        serves=lambda activity, user: activity.status != Activity.Status.CANCELLED,
        given=_given,
    )
)

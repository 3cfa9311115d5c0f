"""Who was invited, who speaks and what is handed out, on the page of an activity."""

from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.activities.parts import PARTS
from outreach.attended import people
from outreach.attended.models import Attendance
from outreach.attended.services import reminded_days
from outreach.told.people import ALSO
from pokmas.steps.parts import Part, rows_of

ALSO.append(people.invited)
# All units of the list were invited.
SAID = {Attendance.Status.INVITED: _("Belum menjawab")}
# Of more the list of invitations tells.
SHOWN = 100
STANDING = [each for each in Attendance.Status if each != Attendance.Status.WITHDRAWN]


def _invited(activity, user):
    rows = activity.attendances.invited()
    shown = rows.select_related("office", "way", "asked_way").by_urgency()
    shown = list(shown[: SHOWN + 1])
    last = reminded_days([row.pk for row in shown])
    for row in shown:
        row.activity, row.reminded_on = activity, last.get(row.pk)
    steps = {step.name: step for step in activity.steps_for(user)}
    today = activity.office.today
    return {
        "rows": shown[:SHOWN],
        "has_more": len(shown) > SHOWN,
        "totals": rows.totals(),
        "counts": _counts(rows),
        "may_remind": "remind" in steps
        and any(row.owes_answer and row.reminded_on != today for row in shown),
        "may_write": "invite" in steps,
        "today": today,
    }


def _counts(rows):
    """How many units at each status, in the order of the statuses."""
    found = list(rows.order_by().values_list("status", flat=True))
    return [
        (SAID.get(status, status.label), found.count(status))
        for status in Attendance.Status
        if status in found
    ]


def _speakers(activity, user):
    return {
        "speakers": activity.speakers.present(),
        "materials": activity.materials.present().select_related("document"),
        "may_change": "add_speaker" in {step.name for step in activity.steps_for(user)},
    }


PARTS.add(
    Part(
        "invited",
        _("Unit yang diundang"),
        "outreach/attended/_invited.html",
        order=22,
        serves=lambda activity, user: not user.acting.is_community,
        counted=rows_of(Activity, "attendances", status__in=STANDING),
        given=_invited,
    ),
    Part(
        "speakers",
        _("Narasumber dan materi"),
        "outreach/attended/_speakers.html",
        order=24,
        counted=rows_of(Activity, "speakers", removed_at=None)
        + rows_of(Activity, "materials", removed_at=None),
        given=_speakers,
    ),
)

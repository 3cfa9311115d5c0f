"""Whoever answers for an invited unit is told of what becomes of the activity."""

from django.urls import reverse

from outreach.activities.models import Activity
from outreach.attended.models import Attendance
from outreach.attended.services import ANSWER
from outreach.told.people import Person
from pokmas.notices.telling import ABOVE, officers_of


def invited(activity: Activity) -> list[Person]:
    """They read of it on the pages of their invitation: the activity is another's."""
    if not activity.office.is_wide:
        return []
    standing = Attendance.objects.invited().filter(activity=activity)
    rows = list(standing.select_related(ABOVE).order_by("office__name", "pk"))
    people = officers_of(rows, ANSWER)
    place = f"{reverse('outreach:attendance_index')}?activity={activity.pk}"
    return [
        Person(user.full_name, row.office.name, user=user, leads_to=place)
        for row in rows
        for user in sorted(people[row.office_id], key=lambda user: user.pk)
    ]

"""Which units an office may invite to its activity."""

from django.db.models import Exists, OuterRef, QuerySet

from outreach.activities.models import Activity
from outreach.attended.models import Attendance
from pokmas.accounts.models import User
from pokmas.offices.models import Office


def units_of(user: User) -> QuerySet[Office]:
    """Those in use below his office; a post comes with its unit."""
    below = Office.objects.under(user.acting.office).active()
    return below.filter(level=Office.Level.UNIT).order_by("name", "pk")


def uninvited(activity: Activity, user: User) -> QuerySet[Office]:
    invited = Attendance.objects.invited().filter(activity=activity)
    return units_of(user).exclude(Exists(invited.filter(office=OuterRef("pk"))))

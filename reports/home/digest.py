"""Once a week each head is told what is late, what waits for him, and what ends.

On whichever day of the week it runs first: a run that was missed loses none.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from pokmas.accounts.models import Assignment
from pokmas.accounts.roles import STAFF, roles_with
from pokmas.notices.models import Notice
from pokmas.notices.services import notify
from pokmas.offices.models import Office, Zone
from reports.figures.periods import Kind, Period
from reports.home.page import COUNTED_TO, tasks
from reports.monthly.models import Report
from reports.obligations.board import State, cells

KIND, HEADS = "home.digest", "reports.submit_report"
# So far back that what is late is still told.
PERIODS = {Kind.MONTHLY: 12, Kind.QUARTERLY: 4, Kind.SEMESTER: 2, Kind.YEARLY: 2}


def tell_weekly(now: datetime | None = None) -> int:
    """Returns how many were told."""
    now = now or timezone.now()
    year, week, _day = timezone.localdate(now, ZoneInfo(Zone.WIB)).isocalendar()
    key = f"{KIND}:{year}-{week}"
    told = Notice.objects.filter(kind=KIND, key=key)
    roles = [role for role in roles_with(HEADS) if role in STAFF]
    heads = (
        Assignment.objects.current()
        .filter(role__in=roles, user__is_active=True)
        .exclude(user__in=told.values("user"))
        .select_related("user", "office__region", "office__parent")
        .order_by("pk")
    )
    return sum(_tell(head, key, now) for head in list(heads))


def _tell(head: Assignment, key: str, now: datetime) -> bool:
    """Whether there is anything to tell him."""
    user = head.user
    user.acting = head
    waiting = len(tasks(user))
    numbers = {
        "late": _late(head.office, now),
        "waiting": f"{COUNTED_TO}+" if waiting > COUNTED_TO else waiting,
        "ending": Agreement.objects.visible_to(user).expiring().count(),
    }
    if not any(numbers.values()):
        return False
    notify(
        user,
        kind=KIND,
        title=_("Ringkasan minggu ini: %(office)s"),
        body=_(
            "Laporan terlambat: %(late)s. Menunggu Anda: %(waiting)s. Kerja sama yang "
            "berakhir dalam 90 hari: %(ending)s."
        ),
        words={"office": head.office, **numbers},
        url=reverse("reports:home"),
        key=key,
    )
    return True


def _late(office: Office, now: datetime) -> int:
    """How many reports of its branch are late."""
    levels = [Office.Level.REGIONAL, Office.Level.UNIT]
    offices = Office.objects.under(office).filter(level__in=levels)
    today = timezone.localdate(now, office.tzinfo)
    periods = [
        each
        for kind, count in PERIODS.items()
        for each in Period.of(kind, today).up_to_here(count)
    ]
    found = cells(offices, periods, Report.objects.under(office), now)
    return sum(cell.state == State.LATE for cell in found)

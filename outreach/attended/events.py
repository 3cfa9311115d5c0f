"""What a unit is invited to, in its calendar: the activity itself is not its own."""

from datetime import date

from django.db.models import Case, CharField, Count, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.attended.models import Attendance
from outreach.attended.services import ANSWER
from pokmas.calendar.sources import SOURCES, Asked, Event, Kind, Source

KINDS = {
    kind.name: kind
    for kind in [
        Kind("invited", _("Undangan"), "info"),
        Kind("invited_off", _("Undangan batal"), "bad", is_cancelled=True),
    ]
}
GOES = (
    Attendance.Status.INVITED,
    Attendance.Status.CONFIRMED,
    Attendance.Status.STATED,
)
KIND = Case(
    When(activity__status=Activity.Status.CANCELLED, then=Value("invited_off")),
    default=Value("invited"),
    output_field=CharField(),
)


def _rows(asked: Asked):
    rows = Attendance.objects.visible_to(asked.user).filter(
        status__in=GOES, activity__held_on__range=(asked.first, asked.last)
    )
    if asked.office:
        rows = rows.under(asked.office)
    if asked.mine:
        rows = rows.none()
    return rows.annotate(kind=KIND).filter(kind__in=[each.name for each in asked.kinds])


def _found(asked: Asked) -> list[Event]:
    rows = _rows(asked).select_related("activity__office", "office")
    rows = rows.order_by("activity__held_on", "pk")
    return [_event(row) for row in rows[: asked.most]]


def _event(row: Attendance) -> Event:
    activity = row.activity
    return Event(
        KINDS[row.kind],
        activity.held_on,
        activity.title,
        row.get_absolute_url(),
        row.office.name,
        uid=f"attendance-{row.pk}",
        company=activity.office.name,
        place=activity.place,
        starts_at=activity.starts_at.astimezone(activity.zone),
        ends_at=activity.ends_at.astimezone(activity.zone),
        revision=activity.revision,
    )


def _counted(asked: Asked) -> list[tuple[date, str, int]]:
    rows = _rows(asked).order_by().values("activity__held_on", "kind")
    counted = rows.annotate(number=Count("pk")).order_by("activity__held_on", "kind")
    return list(counted.values_list("activity__held_on", "kind", "number"))


SOURCES.add(
    Source(
        "invitations",
        _("Undangan kegiatan"),
        ANSWER,
        tuple(KINDS.values()),
        _found,
        _counted,
        lambda day: reverse("outreach:attendance_index"),
    )
)

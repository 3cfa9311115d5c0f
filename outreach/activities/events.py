"""Activities in the calendar: what is planned, what was held, what was called off."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Count, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from partners.models import CommunityGroup, Partner
from pokmas.calendar.sources import SOURCES, Asked, Choice, Event, Kind, Source
from pokmas.offices.models import Office

Status = Activity.Status
HELD = (Status.REPORTED, Status.RETURNED, *Activity.COUNTED)
KINDS = {
    kind.name: kind
    for kind in [
        Kind("planned", _("Direncanakan"), "info"),
        Kind("held", _("Terlaksana"), "good"),
        Kind("cancelled", _("Dibatalkan"), "bad", is_cancelled=True),
    ]
}
AT = {
    "planned": (Status.PLANNED,),
    "held": HELD,
    "cancelled": (Status.CANCELLED,),
}
# Of more groups one comes from the page of a group.
OFFERED = 50


def _rows(asked: Asked) -> QuerySet:
    rows = Activity.objects.visible_to(asked.user).filter(
        held_on__range=(asked.first, asked.last), superseded_on=None
    )
    if len(asked.kinds) < len(KINDS):
        statuses = [each for kind in asked.kinds for each in AT[kind.name]]
        rows = rows.filter(status__in=statuses)
    if asked.office:
        rows = rows.under(asked.office)
    if asked.mine or (asked.is_fed and _sees_all(asked.user)):
        me = asked.user
        rows = rows.filter(Q(created_by=me) | Q(reported_by=me))
    return rows.filter(**asked.chosen)


def _sees_all(user) -> bool:
    """No calendar programme can show what the whole country does."""
    return user.acting.office.level == Office.Level.HEADQUARTERS


def _found(asked: Asked) -> list[Event]:
    names = Partner.objects.filter(activities=OuterRef("pk")).order_by("pk")
    rows = (
        _rows(asked)
        .select_related("office", "group", "regency")
        .annotate(with_whom=ArraySubquery(names.values("name")))
        .order_by("held_on", "pk")
    )
    return [_event(activity) for activity in rows[: asked.most]]


def _event(activity: Activity) -> Event:
    zone = activity.zone
    company = [str(activity.group)] if activity.group else []
    return Event(
        KINDS[_kind_of(activity.status)],
        activity.held_on,
        activity.title,
        activity.get_absolute_url(),
        activity.office.name,
        uid=f"activity-{activity.pk}",
        company=", ".join(company + activity.with_whom),
        place=activity.place,
        starts_at=activity.starts_at.astimezone(zone),
        ends_at=activity.ends_at.astimezone(zone),
        revision=activity.revision,
    )


def _kind_of(status: str) -> str:
    return next(name for name, statuses in AT.items() if status in statuses)


def _counted(asked: Asked) -> list[tuple[date, str, int]]:
    kind = Case(
        *[When(status__in=statuses, then=Value(name)) for name, statuses in AT.items()],
        output_field=CharField(),
    )
    rows = _rows(asked).order_by().annotate(kind=kind).values("held_on", "kind")
    counted = rows.annotate(number=Count("pk")).order_by("held_on", "kind")
    return list(counted.values_list("held_on", "kind", "number"))


def _listed(day: date) -> str:
    return f"{reverse('outreach:index')}?since={day}&until={day}"


def _groups(user, office, asked) -> list[tuple[int, str]]:
    """Those of one unit, and the one in the address."""
    if not user.has_perm("partners.view_communitygroup"):
        return []
    rows = CommunityGroup.objects.visible_to(user)
    wanted = Q(pk=asked)
    if user.acting.is_community:
        wanted = Q()
    elif office is not None and not office.is_wide:
        wanted |= Q(office__in=office.branch_ids, status__in=["established", "active"])
    names = rows.filter(wanted).values_list("pk", "name")[:OFFERED]
    return list(names)


SOURCES.add(
    Source(
        "activities",
        _("Kegiatan"),
        "outreach.view_activity",
        tuple(KINDS.values()),
        _found,
        _counted,
        _listed,
        frozenset({"group"}),
    ),
    Choice("group", _("Kelompok"), _groups),
)

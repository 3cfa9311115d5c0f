"""Activities in the calendar: what is planned, what was held, what was called off."""

from collections import Counter
from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import PAST_MIDNIGHT, Activity
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
# One that began longer ago is not looked for, however long it takes.
LOOKED_BACK = timedelta(days=92)
# The last day, by the clock of the unit.
LAST_DAY = Cast(Func(F("office__zone"), F("ends_at"), function="timezone"), DateField())
# Of more groups one comes from the page of a group.
OFFERED = 50


def _rows(asked: Asked) -> QuerySet:
    rows = Activity.objects.visible_to(asked.user).filter(superseded_on=None)
    if len(asked.kinds) < len(KINDS):
        statuses = [each for kind in asked.kinds for each in AT[kind.name]]
        rows = rows.filter(status__in=statuses)
    if asked.office:
        rows = rows.under(asked.office)
    if asked.mine or (asked.is_fed and _sees_all(asked.user)):
        me = asked.user
        rows = rows.filter(Q(created_by=me) | Q(reported_by=me))
    return rows.filter(**asked.chosen)


def _begun(asked: Asked) -> QuerySet:
    return _rows(asked).filter(held_on__range=(asked.first, asked.last))


def _longer(asked: Asked) -> QuerySet:
    """Those that take several days, with what began before and is not over."""
    days = (asked.first - LOOKED_BACK, asked.last)
    rows = _rows(asked).filter(PAST_MIDNIGHT, held_on__range=days)
    rows = rows.alias(last_day=LAST_DAY).filter(last_day__gt=F("held_on"))
    return rows.filter(last_day__gte=asked.first)


def _sees_all(user) -> bool:
    """No calendar programme can show what the whole country does."""
    return user.acting.office.level == Office.Level.HEADQUARTERS


def _found(asked: Asked) -> list[Event]:
    going_on = _longer(asked).filter(held_on__lt=asked.first)
    found = list(_first(going_on, asked.most))
    found += _first(_begun(asked), asked.most - len(found))
    return [_event(activity) for activity in found]


def _first(rows: QuerySet, most: int) -> QuerySet:
    names = Partner.objects.filter(activities=OuterRef("pk")).order_by("pk")
    rows = rows.select_related("office", "group", "regency")
    rows = rows.annotate(with_whom=ArraySubquery(names.values("name")))
    return rows.order_by("held_on", "pk")[:most]


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
    rows = _begun(asked).order_by().annotate(kind=kind)
    of_days = rows.values("held_on", "kind").annotate(number=Count("pk"))
    counted = Counter()
    for day, name, number in of_days.values_list("held_on", "kind", "number"):
        counted[day, name] += number
    longer = _longer(asked).order_by().annotate(kind=kind, until=F("last_day"))
    for day, until, name in longer.values_list("held_on", "until", "kind"):
        for later in range(1, (until - day).days + 1):
            counted[day + timedelta(days=later), name] += 1
    return [
        (day, name, number)
        for (day, name), number in sorted(counted.items())
        if asked.first <= day <= asked.last
    ]


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

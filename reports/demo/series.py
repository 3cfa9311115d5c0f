"""A weekly guidance of the demo logins' unit for the next months, and its pattern."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from outreach.models import Activity, ActivityType, Pattern, Series
from outreach.series import services
from outreach.series.rhythm import Rhythm, days_of
from pokmas.accounts.roles import Role
from reports.demo.people import KUPANG
from reports.demo.world import World

TITLE = "Bimbingan rohani mingguan"
SESSIONS = 24


def build(world: World) -> None:
    unit = world.offices[KUPANG]
    working = [each for each in world.partners[unit.pk] if each.status == "active"]
    partners = [working[0].partner]
    operator = world.who(unit, Role.UNIT_OPERATOR)
    since = world.today - timedelta(days=1)
    planned_at = datetime.combine(since, time(9), ZoneInfo(unit.zone))
    first = world.today + timedelta(days=3)
    starts_at = datetime.combine(first, time(9), ZoneInfo(unit.zone))
    activity = Activity(
        office=unit,
        type=ActivityType.objects.get(code="personality_guidance"),
        title=TITLE,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        place=f"Aula {unit.name}",
        regency=unit.regency,
        approach=Activity.Approach.EDUCATION,
    )
    days = days_of(Rhythm.WEEKLY, first, times=SESSIONS)
    rows = [services.on_day(activity, day) for day in days]
    made = {"office": unit, "created_at": planned_at, "created_by": operator}
    series = Series.objects.create(title=TITLE, rhythm=Rhythm.WEEKLY, **made)
    for row in rows:
        row.created_at = planned_at
    services.write(series, rows, partners, None, operator)
    for row in rows:
        world.note(row, "activity.planned", operator, Role.UNIT_OPERATOR, planned_at)
    world.note(series, "series.planned", operator, Role.UNIT_OPERATOR, planned_at)
    pattern = Pattern.objects.create(
        name=TITLE,
        minutes=90,
        **{name: getattr(activity, name) for name in Pattern.KEPT},
        **made,
    )
    pattern.partners.set(partners)
    world.note(pattern, "pattern.kept", operator, Role.UNIT_OPERATOR, planned_at)

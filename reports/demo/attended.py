"""What the Kanwil of the demo logins holds for its units: one socialisation that is
over and waits for its head, and one ahead that some units have not answered yet."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from outreach.models import (
    Activity,
    ActivityType,
    Attendance,
    AttendanceWay,
    BeneficiaryCount,
    Speaker,
)
from pokmas.accounts.roles import Role
from reports.demo.people import NTT
from reports.demo.world import World

OUTPUT = (
    "Petugas memahami pembagian peran Bapas, kejaksaan, dan pemerintah daerah dalam "
    "pidana kerja sosial."
)
SPEAKERS = [
    (
        "Gregorius Andaikata",
        "Kepala Kanwil Ditjenpas Nusa Tenggara Timur",
        "Pidana kerja sosial dalam KUHP baru",
    ),
    (
        "Theodora Pengandaian",
        "Dosen hukum pidana",
        "Peran Pokmas Lipas dalam pengawasan",
    ),
]


def build(world: World) -> None:
    region = world.offices[NTT]
    units = [unit for unit in world.units if unit.region_id == region.pk]
    ways = list(AttendanceWay.objects.all())
    past = _activity(world, "Sosialisasi pidana kerja sosial", -9, "reported")
    ahead = _activity(world, "Sosialisasi Pokmas Lipas bagi kepala subseksi", 12)
    BeneficiaryCount.objects.create(
        activity=past, category="public", sex="female", number=24
    )
    rows = []
    for place, unit in enumerate(units):
        way = ways[place % len(ways)]
        stated = {"officers": 2 + place % 3, "partners": 1, "groups": place % 2}
        rows.append(_invited(past, unit, way, "stated", volunteers=place % 4, **stated))
        answered = ("confirmed", "invited", "confirmed")[place % 3]
        rows.append(_invited(ahead, unit, way, answered))
    for row in Attendance.objects.bulk_create(rows):
        _history(world, row)
    Speaker.objects.bulk_create(
        Speaker(activity=activity, name=name, capacity=capacity, theme=theme)
        for activity in (past, ahead)
        for name, capacity, theme in SPEAKERS
    )


def _history(world: World, row: Attendance) -> None:
    by, at, region = row.created_by, row.created_at, row.activity.office
    world.note(row, "attendance.invited", by, Role.REGIONAL_ADMIN, at, region)
    if row.status != "invited":
        operator = world.who(row.office, Role.UNIT_OPERATOR)
        action = f"attendance.{row.status}"
        world.note(row, action, operator, Role.UNIT_OPERATOR, row.status_since)


def _activity(world, title, days, status="planned") -> Activity:
    region = world.offices[NTT]
    by = world.who(region, Role.REGIONAL_ADMIN)
    day = world.today + timedelta(days=days)
    starts_at = datetime.combine(day, time(9), ZoneInfo(region.zone))
    planned_at = world.moment(min(day, world.today) - timedelta(days=14))
    is_over = status != "planned"
    ends_at = starts_at + timedelta(hours=3)
    activity = Activity.objects.create(
        office=region,
        type=ActivityType.objects.get(code="socialisation"),
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        held_on=day,
        planned_on=day,
        mode="hybrid",
        place="Aula Kanwil",
        planned_place="Aula Kanwil",
        regency=region.regency,
        funding="dipa",
        status=status,
        status_since=ends_at + timedelta(days=1) if is_over else ends_at,
        created_at=planned_at,
        created_by=by,
        reported_by=by if is_over else None,
        output=OUTPUT if is_over else "",
        is_declared=is_over,
        officers=6 if is_over else 0,
        instructors=len(SPEAKERS) if is_over else 0,
    )
    world.note(activity, "activity.planned", by, Role.REGIONAL_ADMIN, planned_at)
    if is_over:
        since = activity.status_since
        world.note(activity, "activity.reported", by, Role.REGIONAL_ADMIN, since)
    return activity


def _invited(activity, unit, way, status, **counts) -> Attendance:
    answers = status != "invited"
    return Attendance(
        activity=activity,
        office=unit,
        asked_way=way,
        way=way if answers else None,
        coming=2 if answers else None,
        status=status,
        status_since=activity.created_at + timedelta(hours=2),
        created_at=activity.created_at,
        created_by=activity.created_by,
        **counts,
    )

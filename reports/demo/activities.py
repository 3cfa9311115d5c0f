"""The activities of the demo: planned, held, counted, with pictures."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outreach.models import Activity, ActivityType, BeneficiaryCount, Evidence
from partners.models import (
    Partner,
)
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.offices.models import Office
from reports.demo import paperwork, partners, reporting, words
from reports.demo.people import KUPANG
from reports.demo.world import World

MONTHS = 6


def build(world: World) -> None:
    types = {row.code: row for row in ActivityType.objects.all()}
    rows = []
    for unit in world.units:
        partners = [p for p in world.partners[unit.pk] if p.status == "active"]
        if not partners:
            continue
        count = world.dice.randint(*_how_many(unit))
        for _ in range(count * world.scale):
            partner = world.dice.choice(partners).partner
            rows.append(_activity(world, unit, partner, types))
    reporting.plan(rows)
    Activity.objects.bulk_create([row for row, _partner in rows], batch_size=1000)
    Activity.partners.through.objects.bulk_create(
        [
            Activity.partners.through(activity=row, partner=partner)
            for row, partner in rows
        ],
        batch_size=2000,
    )
    held = [row for row, _ in rows if row.status not in {"planned", "cancelled"}]
    BeneficiaryCount.objects.bulk_create(
        [count for row in held for count in _counts(world, row)], batch_size=2000
    )
    _evidence(world, held)
    reporting.build(world, rows)
    for row, _partner in rows:
        _activity_history(world, row)


def _how_many(unit: Office) -> tuple[int, int]:
    """Between how many activities in MONTHS; the unit of the demo logins works most."""
    if unit.name == KUPANG:
        return 90, 100
    return (18, 30) if partners.is_bapas(unit) else (6, 12)


def _activity(world: World, unit: Office, partner: Partner, types: dict):
    code = world.dice.choice(list(words.ACTIVITIES))
    title, output = words.ACTIVITIES[code]
    city = unit.regency.name
    day = world.day(MONTHS * 30, -20)
    status = _activity_status(world, day)
    zone = ZoneInfo(unit.zone)
    starts_at = datetime.combine(day, time(world.dice.choice([8, 9, 10, 13])), zone)
    operator = world.who(unit, Role.UNIT_OPERATOR)
    agreement = next(
        (
            row
            for row in world.agreements.get(unit.pk, [])
            if row.partner_id == partner.pk
            and row.status == "signed"
            and row.starts_on <= day <= row.ends_on
        ),
        None,
    )
    group = next(
        iter(world.groups.get(unit.pk, [])) if world.dice.random() < 0.5 else iter(()),
        None,
    )
    planned = status in {"planned", "cancelled"}
    planned_at = world.moment(_planned_on(world, day))
    since = world.moment(min(day + timedelta(days=2), world.today))
    row = Activity(
        office=unit,
        type=types[code],
        title=title.format(partner=partner.name, city=city),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=world.dice.choice([2, 3, 6])),
        held_on=day,
        place=world.dice.choice(words.PLACES).format(office=unit.name),
        regency=unit.regency,
        group=group,
        agreement=agreement,
        approach=world.dice.choice(Activity.Approach.values),
        funding=world.dice.choice(["none", "dipa", "partner", "donation"]),
        output="" if planned else output,
        obstacles="" if planned else world.dice.choice(words.OBSTACLES),
        officers=0 if planned else world.dice.randint(1, 4),
        instructors=0 if planned else world.dice.randint(1, 3),
        is_declared=not planned,
        status=status,
        status_since=planned_at if status == "planned" else since,
        created_at=planned_at,
        created_by=operator,
        reported_by=None if planned else operator,
        verified_by=world.who(unit, Role.UNIT_HEAD) if status == "verified" else None,
        reason={
            "returned": "Jumlah peserta tidak sama dengan daftar hadir.",
            "cancelled": "Jalan terputus karena hujan.",
        }.get(status, ""),
    )
    return row, partner


def _activity_status(world: World, day: date) -> str:
    if day > world.today:
        return "planned"
    if day > world.today - timedelta(days=12):
        return world.dice.choice(["reported", "reported", "verified", "planned"])
    return world.dice.choices(["verified", "returned", "cancelled"], [46, 1, 2])[0]


def _counts(world: World, activity: Activity) -> list[BeneficiaryCount]:
    adults = activity.office.kind == Office.Kind.PROBATION
    main = "adult_client" if adults else "convict"
    if activity.office.kind == Office.Kind.JUVENILE:
        main = "child"
    rows = [(main, "male", (8, 30)), (main, "female", (1, 8))]
    if world.dice.random() < 0.4:
        rows += [("family", "female", (2, 10)), ("public", "male", (3, 25))]
    return [
        BeneficiaryCount(
            activity=activity,
            category=category,
            sex=sex,
            number=world.dice.randint(*between),
        )
        for category, sex, between in rows
    ]


def _evidence(world: World, held: list[Activity]) -> None:
    names = [f"foto-{place}.jpg" for place in range(len(held))]
    judged = {place for place, row in enumerate(held) if row.status == "reported"}
    photos = paperwork.documents(world, Document.Kind.JPEG, names, own=judged)
    rows = Evidence.objects.bulk_create(
        [
            Evidence(
                activity=activity,
                kind="photo",
                document=photo,
                caption="Foto contoh",
                **_mark(world, activity, place),
            )
            for place, (activity, photo) in enumerate(zip(held, photos, strict=True))
        ],
        batch_size=2000,
    )
    paperwork.own(rows, photos)


def _mark(world: World, activity: Activity, place: int) -> dict:
    """Every second photo of what was verified may be shown outside."""
    if place % 2 or not activity.is_counted:
        return {}
    head = world.who(activity.office, Role.UNIT_HEAD)
    return {"visibility": "public", "reviewed_by": head}


def _planned_on(world: World, day: date) -> date:
    return min(day - timedelta(days=7), world.today - timedelta(days=1))


def _activity_history(world: World, row: Activity) -> None:
    role, operator = Role.UNIT_OPERATOR, world.who(row.office, Role.UNIT_OPERATOR)
    world.note(row, "activity.planned", operator, role, row.created_at)
    if row.status == "cancelled":
        world.note(row, "activity.cancelled", operator, role, row.status_since)
    elif row.status != "planned":
        world.note(row, "activity.reported", operator, role, row.ends_at)
    if row.status == "verified":
        head = world.who(row.office, Role.UNIT_HEAD)
        world.note(row, "activity.verified", head, Role.UNIT_HEAD, row.status_since)

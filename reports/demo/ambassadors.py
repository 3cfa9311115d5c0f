"""The ambassadors of the demo, and whom they spoke to."""

from datetime import timedelta

from outreach.models import Ambassador, Contact, ContactResult
from partners.kinds.models import PartnerKind
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.offices.models import Office
from reports.demo import paperwork, words
from reports.demo.people import KUPANG
from reports.demo.world import World

UNITS, EACH, HOME = 8, 3, 12
# What came of it, how likely, and what is done next.
RESULTS = {
    "interested": (4, "Kirim contoh naskah kerja sama"),
    "follow_up": (3, "Datang lagi membawa rencana kegiatan"),
    "declined": (1, ""),
    "not_met": (2, "Telepon untuk membuat janji"),
}
# Of the first ones of the login: how many days from today he goes on.
AHEAD = (-2, 0, 2, 6, 12)


def build(world: World) -> None:
    home = world.offices[KUPANG]
    units = [home, *(unit for unit in world.units if unit != home)][:UNITS]
    people = [
        world.users["duta"] if unit == home else world.who(unit, Role.UNIT_OPERATOR)
        for unit in units
    ]
    _appoint(world, units, people)
    kinds = list(PartnerKind.objects.in_use().filter(is_person=False))
    results = ContactResult.objects.in_bulk(field_name="code")
    rows = []
    for unit, person in zip(units, people, strict=True):
        many = HOME if unit == home else EACH
        rows += [
            _contact(world, unit, person, place, kinds, results)
            for place in range(many * world.scale)
        ]
    Contact.objects.bulk_create(rows, batch_size=1000)
    for row in rows:
        role = Role.AMBASSADOR if row.office == home else Role.UNIT_OPERATOR
        world.note(row, "contact.logged", row.person, role, row.created_at)


def _appoint(world: World, units: list[Office], people: list) -> None:
    names = [f"surat-penunjukan-{place}.pdf" for place in range(len(units))]
    files = paperwork.documents(world, Document.Kind.PDF, names)
    rows = []
    for place, (unit, person) in enumerate(zip(units, people, strict=True)):
        # The term of one of them ends soon.
        days = 345 if place == 1 else 120
        start = world.today - timedelta(days)
        rows.append(
            Ambassador(
                office=unit,
                person=person,
                letter_number=f"CONTOH-HK.01.05-{place + 1:04} TAHUN {start.year}",
                letter_on=start - timedelta(3),
                starts_on=start,
                ends_on=start + timedelta(364),
                file=files[place],
                created_at=world.moment(start),
                status_since=world.moment(start),
                created_by=world.who(unit, Role.UNIT_HEAD),
            )
        )
    Ambassador.objects.bulk_create(rows)
    paperwork.own(rows, files)
    for row in rows:
        at, by = row.created_at, row.created_by
        world.note(row, "ambassador.appointed", by, Role.UNIT_HEAD, at)


def _contact(world, unit, person, place, kinds, results) -> Contact:
    """Every second one of the unit's partners, the others on no record yet."""
    known = world.partners[unit.pk]
    partner = known[place // 2 % len(known)].partner if known and place % 2 else None
    # Each one of them once: whoever is spoken to again is in a chain of contacts.
    if partner and place // 2 >= len(known):
        partner = None
    city = unit.regency.name
    code = world.dice.choices(list(RESULTS), [many for many, _x in RESULTS.values()])[0]
    day, next_day = world.day(90, 3), None
    if place < len(AHEAD):
        code = "follow_up" if place % 2 else "interested"
        next_day = world.today + timedelta(AHEAD[place])
    elif code == "follow_up":
        code = "interested"
    moment = world.moment(day)
    return Contact(
        office=unit,
        person=person,
        met_on=day,
        partner=partner,
        name=partner.name if partner else f"{_called(place)} {city}",
        kind=None if partner else world.dice.choice(kinds),
        approach=world.dice.choice(
            ["education", "communication", "collaboration", "empowerment"]
        ),
        result=results["partner" if partner and next_day is None else code],
        follow_up_on=next_day,
        follow_up=RESULTS[code][1] if next_day else "",
        status="open" if next_day else "closed",
        status_since=moment,
        created_at=moment,
        created_by=person,
    )


def _called(place: int) -> str:
    names = [
        f"{sort} {family}"
        for family in words.FAMILY
        for sort in ("Paguyuban", "Sanggar", "Koperasi")
    ]
    return names[place % len(names)]

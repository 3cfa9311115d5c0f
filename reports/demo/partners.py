"""The partners of the demo, the groups they are in, and how they came there."""

from collections import defaultdict
from datetime import date, timedelta

from partners.models import (
    CommunityGroup,
    Declaration,
    DeclarationAnswer,
    Field,
    FieldVisit,
    GroupMembership,
    LegalPaper,
    Partner,
    Partnership,
    Representative,
    RequiredPaper,
    Slip,
    VisitAnswer,
    VisitQuestion,
)
from pokmas.accounts import sealed
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document, new_code
from pokmas.offices.models import Office
from reports.demo import paperwork, words
from reports.demo.people import KUPANG
from reports.demo.world import World


def build(world: World) -> None:
    fields = list(Field.objects.filter(is_active=True))
    rows, chosen = [], []
    for unit in world.units:
        count = world.dice.randint(*((11, 15) if is_bapas(unit) else (3, 6)))
        names = _partner_names(world, unit, count * world.scale)
        for kind, name in names:
            rows.append(_partnership(world, unit, kind, name, place=len(rows)))
            chosen.append(world.dice.choice(fields))
    Partner.objects.bulk_create([row.partner for row in rows], batch_size=1000)
    Partnership.objects.bulk_create(rows, batch_size=1000)
    Partnership.fields.through.objects.bulk_create(
        [
            Partnership.fields.through(partnership=row, field=field)
            for row, field in zip(rows, chosen, strict=True)
        ],
        batch_size=2000,
    )
    _hand_in_papers(world, rows)
    for row in rows:
        world.partners.setdefault(row.office_id, []).append(row)
        history(world, row)
    waiting = [row for row in rows if row.status in {"submitted", "verifying"}]
    _declare(world, waiting)
    _visit(world, waiting)
    here = world.partners[world.offices[KUPANG].pk]
    own, unclaimed = [row for row in here if row.status == "active"][:2]
    Representative.objects.create(partner=own.partner, user=world.users["mitra"])
    Slip.objects.create(
        partnership=unclaimed,
        digest=sealed.digests(new_code())[0],
        printed_by=unclaimed.submitted_by,
        ends_on=world.today + timedelta(days=60),
    )


def _declare(world: World, waiting: list[Partnership]) -> None:
    """What each agreed to at the counter; the paper of it is made when asked for."""
    declarations = list(Declaration.objects.holding(world.today))
    DeclarationAnswer.objects.bulk_create(
        DeclarationAnswer(
            partnership=row,
            declaration=declaration,
            answered_at=row.created_at,
            answered_by=row.submitted_by,
        )
        for row in waiting
        for declaration in declarations
    )


def _visit(world: World, waiting: list[Partnership]) -> None:
    """Every other registration that waits was looked at on the spot."""
    questions = list(VisitQuestion.objects.all())
    visits = [
        FieldVisit(
            partnership=row,
            visited_on=world.today - timedelta(days=1),
            visitors=world.who(row.office, Role.UNIT_OPERATOR).full_name,
            result="fit",
            created_at=world.moment(world.today),
            created_by=world.who(row.office, Role.UNIT_OPERATOR),
        )
        for row in waiting[::2]
    ]
    FieldVisit.objects.bulk_create(visits)
    VisitAnswer.objects.bulk_create(
        VisitAnswer(visit=visit, question=question, seen=words.SEEN[place])
        for visit in visits
        for place, question in enumerate(questions[: len(words.SEEN)])
    )
    for visit in visits:
        world.note(
            visit.partnership,
            "partnership.visited",
            visit.created_by,
            Role.UNIT_OPERATOR,
            visit.created_at,
        )


def is_bapas(unit: Office) -> bool:
    return unit.kind == Office.Kind.PROBATION


def _partner_names(world: World, unit: Office, count: int) -> list[tuple[str, str]]:
    city = unit.regency.town
    city = f"{city} {unit.get_kind_display()}"
    names = [
        (kind, name.format(city=city))
        for kind, patterns in words.PARTNERS.items()
        for name in patterns
    ]
    world.dice.shuffle(names)
    extra = [
        (kind, f"{name} {series}")
        for series in range(2, 2 + count // len(names) + 1)
        for kind, name in names
    ]
    return (names + extra)[:count]


def _hand_in_papers(world: World, rows: list[Partnership]) -> None:
    """What each kind is asked for, from all that are further than their draft; of two
    at each unit that expire one is over and one nearly so."""
    asked = defaultdict(list)
    for required in RequiredPaper.objects.in_use().select_related("kind"):
        asked[required.kind.code].append(required)
    due = [
        (row, required)
        for row in rows
        if row.status in {"active", "approved", "verifying"}
        for required in asked[row.partner.kind_id]
    ]
    names = [f"{required.name}.pdf" for _row, required in due]
    files = paperwork.documents(world, Document.Kind.PDF, names)
    papers = [
        _paper(world, row, required, document, place)
        for place, ((row, required), document) in enumerate(
            zip(due, files, strict=True)
        )
    ]
    LegalPaper.objects.bulk_create(papers, batch_size=1000)
    paperwork.own([row for row, _required in due], files)


def _paper(
    world: World, row: Partnership, required: RequiredPaper, document, place: int
) -> LegalPaper:
    left = [-20, 20, 400, 700][place % 4]
    return LegalPaper(
        partnership=row,
        required=required,
        number=row.partner.registration_number
        if required.carries_number
        else f"CONTOH-{place:05d}",
        issuer=f"Penerbit {world.person()}",
        issued_on=world.day(900, 500),
        expires_on=world.today + timedelta(days=left) if required.expires else None,
        document=document,
        added_at=row.created_at,
        added_by=row.submitted_by,
    )


PARTNER_STATUSES = ["active"] * 14 + [
    "approved",
    "submitted",
    "submitted",
    "verifying",
    "returned",
]


def _partnership(
    world: World, unit: Office, kind: str, name: str, place: int
) -> Partnership:
    status = world.dice.choice(PARTNER_STATUSES)
    created = world.day(380, 200) if status == "active" else world.day(20, 6)
    since = created + timedelta(days=5)
    operator, head = (
        world.who(unit, Role.UNIT_OPERATOR),
        world.who(unit, Role.UNIT_HEAD),
    )
    decided = status in {"active", "approved", "returned"}
    approved = status in {"active", "approved"}
    partner = Partner(
        kind_id=kind,
        name=name,
        registration_number=f"CONTOH-{place:05d}",
        leader_name=world.person(),
        leader_position="Ketua" if kind != "company" else "Direktur",
        address=f"Jalan Contoh Nomor {world.dice.randint(1, 99)}",
        village=world.dice.choice(["Oebobo", "Kelapa Lima", "Maulafa", "Alak", ""]),
        regency=unit.regency,
        created_at=world.moment(created),
        created_by=operator,
    )
    return Partnership(
        office=unit,
        partner=partner,
        contact_name=world.person(),
        phone=f"+62812{world.dice.randint(10_000_000, 99_999_999)}",
        email=f"mitra{place}@demo.pokmas.test",
        services=words.SERVICES[kind],
        capacity=world.dice.choice([10, 15, 20, 30, None]),
        status=status,
        status_since=world.moment(since),
        created_at=world.moment(created),
        created_by=operator,
        submitted_by=operator,
        verified_by=operator if status not in {"submitted"} else None,
        decided_by=head if decided else None,
        decided_at=world.moment(since) if decided else None,
        approved_until=_approved_until(world, created, place) if approved else None,
        **(_reexamined(world, operator, place) if approved else {}),
        reason="Lampirkan akta pendirian yang terbaca." if status == "returned" else "",
    )


def _approved_until(world: World, created: date, place: int) -> date:
    """Of every ninth it ends soon."""
    if place % 9 == 0:
        return world.today + timedelta(days=60)
    return created + timedelta(days=730)


def _reexamined(world: World, operator, place: int) -> dict:
    """Of those that end soon every other one waits for the head."""
    if place % 18:
        return {}
    return {"reexamined_by": operator, "reexamined_on": world.today - timedelta(days=1)}


def history(world: World, partnership: Partnership) -> None:
    """Its way to where it stands, four days to an approval."""
    operator = world.who(partnership.office, Role.UNIT_OPERATOR)
    head = world.who(partnership.office, Role.UNIT_HEAD)
    steps = [("partnership.submitted", operator, Role.UNIT_OPERATOR, 0)]
    if partnership.status != "submitted":
        steps.append(("partnership.verifying", operator, Role.UNIT_OPERATOR, 2))
    if partnership.status in {"active", "approved"}:
        steps.append(("partnership.approved", head, Role.UNIT_HEAD, 4))
    if partnership.status == "active":
        steps.append(("partnership.active", head, Role.UNIT_HEAD, 5))
    if partnership.status == "returned":
        steps.append(("partnership.returned", head, Role.UNIT_HEAD, 5))
    for action, by, role, days in steps:
        at = partnership.created_at + timedelta(days=days)
        world.note(partnership, action, by, role, at)
    if partnership.reexamined_on:
        at = world.moment(partnership.reexamined_on)
        role = Role.UNIT_OPERATOR
        world.note(partnership, "partnership.reexamined", operator, role, at)


def found_groups(world: World) -> None:
    mandatory = list(Field.objects.filter(is_mandatory=True))
    rows = []
    for unit in filter(is_bapas, world.units):
        for number, field_ in enumerate(mandatory, start=1):
            decided = world.day(330, 250)
            rows.append(
                CommunityGroup(
                    office=unit,
                    field=field_,
                    name=f"Pokmas Lipas {field_.name} {unit.regency.name}",
                    status="active",
                    status_since=world.moment(decided + timedelta(days=14)),
                    created_at=world.moment(decided - timedelta(days=20)),
                    created_by=world.who(unit, Role.UNIT_OPERATOR),
                    assessed_by=world.who(unit, Role.UNIT_OPERATOR),
                    assessment="Anggota memenuhi kriteria dan siap bekerja.",
                    decree_number=f"WP.CONTOH-{unit.pk}.{number}.OT.02.02",
                    decree_on=decided,
                    inaugurated_on=decided + timedelta(days=14),
                    inaugurated_by="Kepala Kantor Wilayah",
                )
            )
    names = [f"SK-{place}.pdf" for place in range(len(rows))]
    files = paperwork.documents(world, Document.Kind.PDF, names)
    for row, paper in zip(rows, files, strict=True):
        row.decree = paper
    CommunityGroup.objects.bulk_create(rows)
    paperwork.own(rows, files)
    for row in rows:
        world.groups.setdefault(row.office_id, []).append(row)
        world.note(
            row,
            "communitygroup.established",
            world.who(row.office, Role.UNIT_HEAD),
            Role.UNIT_HEAD,
            row.status_since,
        )
    GroupMembership.objects.bulk_create(_memberships(world))


def propose_groups(world: World) -> None:
    """One assessed group for each Bapas: the draft of its decree is to be made."""
    field_ = Field.objects.get(name="Ekonomi")
    rows, members = [], []
    for unit in filter(is_bapas, world.units):
        operator = world.who(unit, Role.UNIT_OPERATOR)
        row = CommunityGroup(
            office=unit,
            field=field_,
            name=f"Pokmas Lipas {field_.name} {unit.regency.name}",
            status="assessed",
            status_since=world.moment(world.today - timedelta(days=2)),
            created_at=world.moment(world.today - timedelta(days=6)),
            created_by=operator,
            assessed_by=operator,
            assessment="Anggota bergerak di bidang usaha dan siap bekerja.",
        )
        rows.append(row)
        working = [each for each in world.partners[unit.pk] if each.is_working]
        members += [
            GroupMembership(
                group=row,
                partnership=partnership,
                role="member" if place else "chair",
                starts_on=world.today - timedelta(days=6),
            )
            for place, partnership in enumerate(working[-5:])
        ]
    CommunityGroup.objects.bulk_create(rows)
    GroupMembership.objects.bulk_create(members)
    for row in rows:
        world.note(
            row,
            "communitygroup.assessed",
            row.assessed_by,
            Role.UNIT_OPERATOR,
            row.status_since,
        )


def _memberships(world: World) -> list[GroupMembership]:
    roles = ["chair", "secretary", "treasurer", "member", "member", "member"]
    rows = []
    for office_id, groups in world.groups.items():
        active = [p for p in world.partners[office_id] if p.status == "active"]
        for place, group in enumerate(groups):
            members = active[place * 5 : place * 5 + 5]
            rows += [
                GroupMembership(
                    group=group,
                    partnership=partnership,
                    role=role,
                    starts_on=group.decree_on,
                )
                for partnership, role in zip(members, roles, strict=False)
            ]
    return rows

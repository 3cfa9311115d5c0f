"""Builds the demo country: staff, partners, groups, agreements, activities.

Rows are made in bulk with the statuses a year of work would have left, so that a first
start takes seconds; the same seed gives the same country.
"""

import hashlib
import io
import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw
from pypdf import PdfWriter

from agreements.models import Agreement
from outreach.models import Activity, ActivityType, BeneficiaryCount, Evidence
from partners.models import (
    CommunityGroup,
    Field,
    GroupMembership,
    Partner,
    Representative,
)
from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents.models import Document
from pokmas.offices.models import Office
from reports.demo import words
from reports.demo.people import KUPANG, make_logins

REGIONS = [
    "Kanwil Ditjenpas Nusa Tenggara Timur",
    "Kanwil Ditjenpas Bali",
    "Kanwil Ditjenpas Sulawesi Tengah",
    "Kanwil Ditjenpas Jakarta",
    "Kanwil Ditjenpas D.I. Yogyakarta",
]
MONTHS = 6
PHOTOS = 6


@dataclass
class World:
    """What is built so far, and the dice it is built with."""

    today: date
    scale: int
    dice: random.Random
    offices: dict[str, Office] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    staff: dict[tuple[int, str], User] = field(default_factory=dict)
    partners: dict[int, list[Partner]] = field(default_factory=dict)
    groups: dict[int, list[CommunityGroup]] = field(default_factory=dict)
    agreements: dict[int, list[Agreement]] = field(default_factory=dict)
    papers: dict[str, list[tuple[str, int, str]]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    @property
    def units(self) -> list[Office]:
        return [o for o in self.offices.values() if o.level == Office.Level.UNIT]

    def day(self, first: int, last: int) -> date:
        """A day between `first` and `last` days ago."""
        return self.today - timedelta(days=self.dice.randint(last, first))

    def moment(self, day: date, hour: int = 9) -> datetime:
        """Some minute of that hour, at the latest now."""
        minute = self.dice.randint(0, 59)
        then = datetime.combine(day, time(hour, minute), ZoneInfo("Asia/Makassar"))
        return min(then, timezone.now())

    def person(self) -> str:
        return f"{self.dice.choice(words.GIVEN)} {self.dice.choice(words.FAMILY)}"

    def who(self, office: Office, role: Role) -> User:
        return self.staff[office.pk, role]

    def note(self, obj, action: str, by: User, role: Role, at: datetime) -> None:
        """An audit entry as the service would have left it then, at the latest now."""
        self.entries.append(
            Entry(
                at=min(at, timezone.now()),
                actor=by,
                capacity=f"{role.label} · {obj.office.name}",
                action=action,
                about_type=ContentType.objects.get_for_model(obj),
                about_id=obj.pk,
                label=str(obj)[:200],
                office=obj.office,
                region_id=obj.office.region_id,
            )
        )


@transaction.atomic
def build(*, seed: int, scale: int, today: date) -> World:
    """Fill an empty portal. Needs the reference data of `load_offices`."""
    world = World(today=today, scale=scale, dice=random.Random(seed))
    regional = Office.objects.filter(name__in=REGIONS)
    offices = (
        Office.objects.active()
        .filter(region__in=regional)
        .select_related("regency")
        .order_by("pk")
    )
    headquarters = Office.objects.get(level=Office.Level.HEADQUARTERS)
    world.offices = {office.name: office for office in [headquarters, *offices]}
    world.users = make_logins(world.offices, today - timedelta(days=400))
    _papers(world)
    _staff(world)
    _partners(world)
    _groups(world)
    _agreements(world)
    _activities(world)
    Entry.objects.bulk_create(world.entries, batch_size=2000)
    return world


def _papers(world: World) -> None:
    """A blank PDF and a few drawn pictures, stored once and pointed to by many rows."""
    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(content)
    world.papers["pdf"] = [_store(content.getvalue())]
    world.papers["photo"] = [_store(_picture(world.dice)) for _ in range(PHOTOS)]


def _store(content: bytes) -> tuple[str, int, str]:
    """Name, size and fingerprint of the stored file."""
    name = default_storage.save("documents/demo/paper", ContentFile(content))
    return name, len(content), hashlib.sha256(content).hexdigest()


def _picture(dice: random.Random) -> bytes:
    """Hills below a sky: a photo that shows nobody."""
    picture = Image.new("RGB", (1200, 800), (190 + dice.randint(0, 40), 215, 235))
    pen = ImageDraw.Draw(picture)
    pen.ellipse([880, 80, 1010, 210], fill=(250, 214, 120))
    for layer in range(4):
        base = 380 + layer * 110
        shade = (60 + layer * 18, 120 - layer * 16, 100 - layer * 18)
        points = [(0, 800)]
        points += [(x, base + dice.randint(-70, 70)) for x in range(0, 1300, 150)]
        pen.polygon([*points, (1200, 800)], fill=shade)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    return content.getvalue()


def _documents(world: World, kind: str, names: list[str]) -> list[Document]:
    """One document row a name, all showing the same few demo papers."""
    files = world.papers["photo" if kind == Document.Kind.JPEG else "pdf"]
    rows = []
    for place, name in enumerate(names):
        file, size, digest = files[place % len(files)]
        rows.append(Document(file=file, name=name, kind=kind, size=size, sha256=digest))
    return Document.objects.bulk_create(rows, batch_size=2000)


def _own(owners: list, documents: list[Document]) -> None:
    """Give each document its owner, whose viewers may then download it."""
    if not owners:
        return
    kind = ContentType.objects.get_for_model(owners[0])
    for owner, document in zip(owners, documents, strict=True):
        document.owner_type, document.owner_id = kind, owner.pk
    Document.objects.bulk_update(documents, ["owner_type", "owner_id"], batch_size=1000)


def _staff(world: World) -> None:
    """A head and an operator for every unit; the demo logins keep their chairs."""
    held = {
        (assignment.office_id, assignment.role): assignment.user
        for assignment in Assignment.objects.filter(
            office__in=world.offices.values()
        ).select_related("user")
    }
    missing = [
        (unit, role)
        for unit in world.units
        for role in (Role.UNIT_HEAD, Role.UNIT_OPERATOR)
        if (unit.pk, role) not in held
    ]
    users = User.objects.bulk_create(
        User(
            email=f"{role.replace('_', '.')}.{unit.code}@demo.pokmas.test",
            full_name=world.person(),
            password="!",
            is_demo=True,
        )
        for unit, role in missing
    )
    Assignment.objects.bulk_create(
        Assignment(
            user=user,
            office=unit,
            role=role,
            starts_on=world.today - timedelta(days=400),
        )
        for user, (unit, role) in zip(users, missing, strict=True)
    )
    pairs = zip(missing, users, strict=True)
    world.staff = held | {(unit.pk, role): user for (unit, role), user in pairs}
    for place, unit in enumerate(world.units):
        unit.head_name = world.who(unit, Role.UNIT_HEAD).full_name
        unit.head_nip = f"19750101{place:010d}"
        unit.address = unit.address or f"Jalan Contoh Nomor {place + 1}"
    Office.objects.bulk_update(world.units, ["head_name", "head_nip", "address"])


def _partners(world: World) -> None:
    fields = list(Field.objects.filter(is_active=True))
    rows, chosen = [], []
    for unit in world.units:
        count = world.dice.randint(*((11, 15) if _is_bapas(unit) else (3, 6)))
        names = _partner_names(world, unit, count * world.scale)
        for kind, name in names:
            rows.append(_partner(world, unit, kind, name, place=len(rows)))
            chosen.append(world.dice.choice(fields))
    Partner.objects.bulk_create(rows, batch_size=1000)
    Partner.fields.through.objects.bulk_create(
        [
            Partner.fields.through(partner=partner, field=field)
            for partner, field in zip(rows, chosen, strict=True)
        ],
        batch_size=2000,
    )
    for partner in rows:
        world.partners.setdefault(partner.office_id, []).append(partner)
        _partner_history(world, partner)
    own = next(
        p for p in world.partners[world.offices[KUPANG].pk] if p.status == "active"
    )
    Representative.objects.create(partner=own, user=world.users["mitra"])


def _is_bapas(unit: Office) -> bool:
    return unit.kind == Office.Kind.PROBATION


def _partner_names(world: World, unit: Office, count: int) -> list[tuple[str, str]]:
    city = unit.regency.name.removeprefix("Kabupaten ").removeprefix("Kota ")
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


PARTNER_STATUSES = ["active"] * 14 + [
    "approved",
    "submitted",
    "submitted",
    "verifying",
    "returned",
]


def _partner(world: World, unit: Office, kind: str, name: str, place: int) -> Partner:
    status = world.dice.choice(PARTNER_STATUSES)
    leader = world.person()
    created = world.day(380, 200) if status == "active" else world.day(20, 6)
    since = created + timedelta(days=5)
    operator, head = (
        world.who(unit, Role.UNIT_OPERATOR),
        world.who(unit, Role.UNIT_HEAD),
    )
    decided = status in {"active", "approved", "returned"}
    return Partner(
        office=unit,
        kind=kind,
        name=name,
        registration_number=f"CONTOH-{place:05d}",
        leader_name=leader,
        leader_position="Ketua" if kind != "company" else "Direktur",
        contact_name=world.person(),
        phone=f"+62812{world.dice.randint(10_000_000, 99_999_999)}",
        email=f"mitra{place}@demo.pokmas.test",
        address=f"Jalan Contoh Nomor {world.dice.randint(1, 99)}",
        village=world.dice.choice(["Oebobo", "Kelapa Lima", "Maulafa", "Alak", ""]),
        regency=unit.regency,
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
        reason="Lampirkan akta pendirian yang terbaca." if status == "returned" else "",
    )


def _partner_history(world: World, partner: Partner) -> None:
    operator = world.who(partner.office, Role.UNIT_OPERATOR)
    head = world.who(partner.office, Role.UNIT_HEAD)
    steps = [("partner.submitted", operator, Role.UNIT_OPERATOR, 0)]
    if partner.status != "submitted":
        steps.append(("partner.verifying", operator, Role.UNIT_OPERATOR, 2))
    if partner.status in {"active", "approved"}:
        steps.append(("partner.approved", head, Role.UNIT_HEAD, 4))
    if partner.status == "active":
        steps.append(("partner.active", head, Role.UNIT_HEAD, 5))
    if partner.status == "returned":
        steps.append(("partner.returned", head, Role.UNIT_HEAD, 5))
    for action, by, role, days in steps:
        world.note(partner, action, by, role, partner.created_at + timedelta(days=days))


def _groups(world: World) -> None:
    mandatory = list(Field.objects.filter(is_mandatory=True))
    rows = []
    for unit in filter(_is_bapas, world.units):
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
                    decree_number=f"W.CONTOH-{unit.pk}.{number}.OT.02.02",
                    decree_on=decided,
                    inaugurated_on=decided + timedelta(days=14),
                    inaugurated_by="Kepala Kantor Wilayah",
                )
            )
    names = [f"SK-{place}.pdf" for place in range(len(rows))]
    papers = _documents(world, Document.Kind.PDF, names)
    for row, paper in zip(rows, papers, strict=True):
        row.decree = paper
    CommunityGroup.objects.bulk_create(rows)
    _own(rows, papers)
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


def _memberships(world: World) -> list[GroupMembership]:
    roles = ["chair", "secretary", "treasurer", "member", "member", "member"]
    rows = []
    for office_id, groups in world.groups.items():
        active = [p for p in world.partners[office_id] if p.status == "active"]
        for place, group in enumerate(groups):
            members = active[place * 5 : place * 5 + 5]
            rows += [
                GroupMembership(
                    group=group, partner=partner, role=role, starts_on=group.decree_on
                )
                for partner, role in zip(members, roles, strict=False)
            ]
    return rows


AGREEMENT_STATUSES = ["signed"] * 12 + [
    "draft", "discussion", "legal_review", "ready_to_sign",
]  # fmt: skip


def _agreements(world: World) -> None:
    rows = [
        _agreement(world, partner, place)
        for place, partner in enumerate(
            p
            for partners in world.partners.values()
            for p in partners
            if p.status == "active" and world.dice.random() < 0.75
        )
    ]
    signed = [row for row in rows if row.status == "signed"]
    names = [f"PKS-{place}.pdf" for place in range(len(signed))]
    papers = _documents(world, Document.Kind.PDF, names)
    for row, paper in zip(signed, papers, strict=True):
        row.scan = paper
    Agreement.objects.bulk_create(rows, batch_size=1000)
    _own(signed, papers)
    for row in rows:
        _agreement_history(world, row)
        world.agreements.setdefault(row.office_id, []).append(row)


def _agreement_history(world: World, row: Agreement) -> None:
    role, operator = Role.UNIT_OPERATOR, world.who(row.office, Role.UNIT_OPERATOR)
    drafted_at = row.status_since - timedelta(days=20)
    world.note(row, "agreement.drafted", operator, role, drafted_at)
    if row.status == "signed":
        head = world.who(row.office, Role.UNIT_HEAD)
        world.note(row, "agreement.signed", head, Role.UNIT_HEAD, row.status_since)


def _agreement(world: World, partner: Partner, place: int) -> Agreement:
    status = world.dice.choice(AGREEMENT_STATUSES)
    signed_on = world.day(340, 30)
    years = world.dice.choice([1, 1, 2, 3])
    starts_on = signed_on if status == "signed" else world.today + timedelta(days=30)
    ends_on = starts_on + timedelta(days=365 * years - 1)
    unit = partner.office
    since = signed_on if status == "signed" else world.day(8, 1)
    subject = words.AGREEMENTS.get(partner.kind, words.AGREEMENT)
    operator = world.who(unit, Role.UNIT_OPERATOR)
    return Agreement(
        office=unit,
        kind="pks",
        partner=partner,
        title=f"PKS {subject} dengan {partner.name}",
        our_number=f"W.CONTOH-{place:04d}.OT.03.02" if status == "signed" else "",
        partner_number=f"CONTOH/{place:04d}" if status == "signed" else "",
        number_year=signed_on.year if status == "signed" else None,
        urgency="Klien dan warga binaan memerlukan pendampingan dari masyarakat.",
        form=words.SERVICES[partner.kind],
        subject=f"{subject} bagi klien dan warga binaan {unit.name}.",
        starts_on=starts_on,
        ends_on=ends_on,
        our_signatory=world.who(unit, Role.UNIT_HEAD).full_name,
        our_position=f"Kepala {unit.name}",
        partner_signatory=partner.leader_name,
        partner_position=partner.leader_position,
        signed_on=signed_on if status == "signed" else None,
        signed_at_place=unit.regency.name if status == "signed" else "",
        status=status,
        status_since=world.moment(since),
        created_at=world.moment(since - timedelta(days=20)),
        created_by=operator,
        submitted_by=operator if status in {"legal_review", "signed"} else None,
    )


def _activities(world: World) -> None:
    types = {row.code: row for row in ActivityType.objects.all()}
    rows = []
    for unit in world.units:
        partners = [p for p in world.partners[unit.pk] if p.status == "active"]
        if not partners:
            continue
        count = world.dice.randint(*_how_many(unit))
        for _ in range(count * world.scale):
            rows.append(_activity(world, unit, world.dice.choice(partners), types))
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
    for row, _partner in rows:
        _activity_history(world, row)


def _how_many(unit: Office) -> tuple[int, int]:
    """Between how many activities in MONTHS; the unit of the demo logins works most."""
    if unit.name == KUPANG:
        return 90, 100
    return (18, 30) if _is_bapas(unit) else (6, 12)


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
        place=world.dice.choice(words.PLACES).format(office=unit.name, city=city),
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
    photos = _documents(world, Document.Kind.JPEG, names)
    rows = Evidence.objects.bulk_create(
        [
            Evidence(
                activity=activity, kind="photo", document=photo, caption="Foto contoh"
            )
            for activity, photo in zip(held, photos, strict=True)
        ],
        batch_size=2000,
    )
    _own(rows, photos)


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

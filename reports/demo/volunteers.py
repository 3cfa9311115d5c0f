"""The volunteers of the demo, each with an account; one of them signs in."""

from datetime import timedelta

from partners.fields.models import Field
from partners.models import Promise, Promotion, Skill, Volunteer
from partners.volunteers.days import SLOTS
from partners.volunteers.first import VOLUNTEER
from pokmas.accounts.models import Assignment, Consent, ConsentText, User
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.offices.models import Office
from reports.demo import paperwork, words
from reports.demo.people import DOMAIN, KUPANG
from reports.demo.world import World

UNITS, EACH = 10, 3
STATUSES = ["active"] * 6 + ["submitted", "submitted", "returned", "suspended"]
STAGES = ["initial_approach"] * 3 + ["further_collaboration"] * 2
STAGES += ["independent_programme"]
STAGES_IN_ORDER = Volunteer.Stage.values
REASONS = {
    "returned": "Nama belum sesuai KTP; tulis lengkap.",
    "suspended": "Sedang merantau sampai akhir tahun.",
}


def build(world: World) -> None:
    """A few in each of some units, among them the unit of the login."""
    home = world.offices[KUPANG]
    units = [home, *(unit for unit in world.units if unit != home)][:UNITS]
    promise = Promise.objects.holding(world.today)
    consent = ConsentText.objects.newest(VOLUNTEER, world.today)
    users = _accounts(world, units * EACH * world.scale)
    rows = [
        _volunteer(world, unit, user, promise, place)
        for place, (unit, user) in enumerate(users)
    ]
    for row in rows:
        row.consent = consent
    Consent.objects.bulk_create(
        Consent(user=row.user, text=consent, given_at=row.created_at) for row in rows
    )
    Volunteer.objects.bulk_create(rows, batch_size=1000)
    _link(world, rows, Volunteer.skills.through, "skill", list(Skill.objects.all()))
    fields = list(Field.objects.filter(is_active=True))
    _link(world, rows, Volunteer.interests.through, "field", fields)
    for row in rows:
        _history(world, row)
    _ladder(world, [row for row in rows if row.stage])


def _accounts(world: World, units: list[Office]) -> list[tuple[Office, User]]:
    """Each with its unit; the first is the one who signs in."""
    others = User.objects.bulk_create(
        User(
            email=f"sahabat{place}@{DOMAIN}",
            full_name=world.person(),
            password="!",
            is_demo=True,
        )
        for place in range(1, len(units))
    )
    Assignment.objects.bulk_create(
        Assignment(user=user, office=unit, role=Role.VOLUNTEER, starts_on=world.today)
        for unit, user in zip(units[1:], others, strict=True)
    )
    return list(zip(units, [world.users["sahabat"], *others], strict=True))


def _volunteer(world, unit, user, promise, place) -> Volunteer:
    status = world.dice.choice(STATUSES) if place else "active"
    accepted = status in {"active", "suspended"}
    # Who signs in leads a programme, so he is there since long.
    first = 60 if place else 200
    created = world.day(300, first) if accepted else world.day(6, 1)
    since = created + timedelta(days=4 if status != "submitted" else 0)
    created_at = world.moment(created)
    status_since = max(created_at, world.moment(since))
    slots = [slot for slot, _words in SLOTS]
    return Volunteer(
        office=unit,
        user=user,
        created_by=user,
        name=user.full_name,
        sex=world.dice.choice(Volunteer.Sex.values),
        birth_year=world.today.year - world.dice.randint(20, 64),
        regency=unit.regency,
        phone=f"+62813{world.dice.randint(10_000_000, 99_999_999)}",
        email=user.email,
        occupation=world.dice.choice(words.OCCUPATIONS),
        availability=sorted(world.dice.sample(slots, world.dice.randint(2, 6))),
        status=status,
        status_since=status_since,
        created_at=created_at,
        stage=world.dice.choice(STAGES if place else STAGES[-1:]) if accepted else "",
        promise=promise,
        promised_at=created_at,
        decided_by=world.who(unit, Role.UNIT_HEAD) if accepted else None,
        decided_at=status_since if accepted else None,
        reason=REASONS.get(status, ""),
    )


def _link(world, rows, through, name, offered) -> None:
    """One or two of what is offered for each."""
    through.objects.bulk_create(
        through(volunteer=row, **{name: each})
        for row in rows
        for each in world.dice.sample(offered, world.dice.randint(1, 2))
    )


def _ladder(world: World, rows: list[Volunteer]) -> None:
    """What brought them from stage to stage, a month for each."""
    risen = []
    for row in rows:
        for stage in STAGES_IN_ORDER[1 : STAGES_IN_ORDER.index(row.stage) + 1]:
            day = row.decided_at.date() + timedelta(
                days=30 * STAGES_IN_ORDER.index(stage)
            )
            head = world.who(row.office, Role.UNIT_HEAD)
            risen.append(
                Promotion(
                    volunteer=row,
                    stage=stage,
                    promoted_on=min(day, world.today),
                    evidence=words.EVIDENCE[stage],
                    decided_by=head,
                )
            )
            at = world.moment(risen[-1].promoted_on)
            world.note(row, "volunteer.promoted", head, Role.UNIT_HEAD, at)
    Promotion.objects.bulk_create(risen)
    names = [f"bukti-{place}.pdf" for place in range(len(risen))]
    files = paperwork.documents(world, Document.Kind.PDF, names)
    paperwork.own(risen, files)


def _history(world: World, volunteer: Volunteer) -> None:
    at = volunteer.created_at
    world.note(volunteer, "volunteer.submitted", volunteer.user, Role.VOLUNTEER, at)
    head, at = world.who(volunteer.office, Role.UNIT_HEAD), volunteer.status_since
    happened = {"suspended": ["active", "suspended"], "submitted": []}
    for verb in happened.get(volunteer.status, [volunteer.status]):
        world.note(volunteer, f"volunteer.{verb}", head, Role.UNIT_HEAD, at)

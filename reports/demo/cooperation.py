"""Two agreements of the demo logins' unit, with all that came of them: one in its
second year, and one that ends soon."""

from datetime import timedelta

from agreements.evaluations.due import day_of
from agreements.models import (
    Agreement,
    Contact,
    Evaluation,
    Outcome,
    PlanItem,
    ProofBaseline,
)
from agreements.plans.progress import progress_of
from agreements.proofs.card import card_of
from agreements.proofs.models import State
from agreements.proofs.services import prove
from outreach.models import Activity, ActivityType, PlannedActivity
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from reports.demo import paperwork, words
from reports.demo.people import KUPANG
from reports.demo.world import World

# How often something is planned, for how many people, and who sees to it.
PLAN = [(2, 40, "both"), (3, 60, "second"), (4, 120, "first")]
CONTACTS = [
    ("ours", "main", "Kepala Subseksi Bimbingan Kemasyarakatan"),
    ("ours", "deputy", "Pembimbing Kemasyarakatan"),
    ("theirs", "main", "Koordinator program"),
    ("theirs", "deputy", "Sekretaris"),
]
# What is planned where too little was done to tell.
USUAL = ["legal_counselling", "independence_training", "personality_guidance"]
SHOWN = {
    "contact": "Narahubung dihubungi lewat telepon dan membenarkan datanya.",
    "papers": "Surat asli diperlihatkan di loket.",
    "photos": "Album kegiatan semester pertama.",
    "reports": "Laporan semester pertama diterima Kanwil.",
    "publication": "Berita kegiatan di laman unit.",
}
# How the first one stood on the day of its baseline.
AT_FIRST = {"scan", "numbers", "in_force", "papers"}


def settle_dates(rows: list[Agreement], world: World) -> None:
    """Before they are stored: since when the two run, and until when."""
    here = [row for row in rows if row.status == "signed" and row.office.name == KUPANG]
    for row, (since, until) in zip(here, ((400, 600), (340, 25)), strict=False):
        row.starts_on = row.signed_on = world.today - timedelta(days=since)
        row.ends_on = world.today + timedelta(days=until)
        row.number_year = row.signed_on.year
        row.status_since = world.moment(row.signed_on)
        row.created_at = world.moment(row.signed_on - timedelta(days=20))
    world.shown = here[:2]


def build(world: World) -> None:
    _name_contacts(world)
    for row in world.shown:
        _plan(world, row)
    for row, close in zip(world.shown, (_first_year, _end), strict=False):
        close(world, row)


def _name_contacts(world: World) -> None:
    """Two a side; the last one named says himself that he is the one."""
    rows = [
        Contact(
            agreement=agreement,
            side=side,
            place=place,
            name=f"{words.GIVEN[4 * number + count]} {words.FAMILY[number + count]}",
            position=position,
            phone=f"+62811000{number:02d}{count:03d}",
            since=agreement.starts_on,
            confirmed_on=agreement.starts_on + timedelta(days=10),
            confirmed_by=world.who(agreement.office, Role.UNIT_OPERATOR),
        )
        for number, agreement in enumerate(world.shown)
        for count, (side, place, position) in enumerate(CONTACTS)
    ]
    rows[-1].confirmed_on = rows[-1].confirmed_by = None
    Contact.objects.bulk_create(rows)
    for agreement in world.shown:
        operator = world.who(agreement.office, Role.UNIT_OPERATOR)
        at = agreement.status_since + timedelta(days=10)
        role, action = Role.UNIT_OPERATOR, "agreement.contacts"
        world.note(agreement, action, operator, role, at)


def _plan(world: World, agreement: Agreement) -> None:
    types = {row.code: row for row in ActivityType.objects.all()}
    done = Activity.objects.filter(agreement=agreement).select_related("type")
    codes = dict.fromkeys([*(row.type.code for row in done), *USUAL])
    first = agreement.starts_on.replace(day=1)
    items = PlanItem.objects.bulk_create(
        PlanItem(
            agreement=agreement,
            order=place,
            type_code=code,
            type_name=types[code].name,
            first_month=first,
            last_month=min(world.today, agreement.ends_on).replace(day=1),
            times=times,
            target=target,
            party=party,
        )
        for place, (code, (times, target, party)) in enumerate(
            zip(codes, PLAN, strict=False), start=1
        )
    )
    by_type = {types[item.type_code].pk: item for item in items}
    PlannedActivity.objects.bulk_create(
        PlannedActivity(activity=activity, item=by_type[activity.type_id])
        for activity in done
        if activity.type_id in by_type
    )
    operator = world.who(agreement.office, Role.UNIT_OPERATOR)
    at = agreement.status_since + timedelta(days=3)
    world.note(agreement, "agreement.planned", operator, Role.UNIT_OPERATOR, at)


def _first_year(world: World, agreement: Agreement) -> None:
    """Evaluated and confirmed; every element shown, the beginning locked."""
    _evaluation(
        world, agreement, "yearly", day_of(agreement), ago=20, is_confirmed=True
    )
    officer = world.who(agreement.office, Role.UNIT_OPERATOR)
    card = card_of(agreement)
    missing = [line for line in card.open if line.element.code in SHOWN]
    names = [f"bukti-{line.element.code}.pdf" for line in missing]
    files = paperwork.documents(world, Document.Kind.PDF, names, by=officer)
    for line, file in zip(missing, files, strict=True):
        prove(
            agreement,
            element=line.element,
            state=State.MET,
            note=SHOWN[line.element.code],
            file=file,
            by=officer,
        )
    head = world.who(agreement.office, Role.UNIT_HEAD)
    day = world.today - timedelta(days=390)
    ProofBaseline.objects.create(
        agreement=agreement,
        locked_on=day,
        locked_at=world.moment(day),
        locked_by=head,
        lines=[
            line.frozen()
            | {"state": "met" if line.element.code in AT_FIRST else "unmet", "text": ""}
            for line in card.lines
        ],
    )
    at = world.moment(day)
    world.note(agreement, "agreement.baseline_locked", head, Role.UNIT_HEAD, at)


def _end(world: World, agreement: Agreement) -> None:
    """Its report waits for the head."""
    row = _evaluation(world, agreement, "final", agreement.ends_on, ago=2)
    states = ["achieved", "partly", "missed"]
    Outcome.objects.bulk_create(
        Outcome(
            evaluation=row,
            order=place,
            item=item,
            wanted=f"{item.type_name} terlaksana {item.times} kali",
            state=state,
            proof="Laporan kegiatan dan daftar hadir",
            remains="" if state == "achieved" else "Dilanjutkan tahun berikutnya",
        )
        for place, (item, state) in enumerate(
            zip(agreement.plan_items.all(), states, strict=True), start=1
        )
    )


def _evaluation(world, agreement, kind, day, *, ago, is_confirmed=False) -> Evaluation:
    operator = world.who(agreement.office, Role.UNIT_OPERATOR)
    head = world.who(agreement.office, Role.UNIT_HEAD)
    progress = progress_of(agreement).begun_by(day)
    submitted_at = world.moment(world.today - timedelta(days=ago))
    confirmed_at = submitted_at + timedelta(days=1) if is_confirmed else None
    role, action = Role.UNIT_OPERATOR, "agreement.evaluated"
    world.note(agreement, action, operator, role, submitted_at)
    if is_confirmed:
        role, action = Role.UNIT_HEAD, "agreement.evaluation_confirmed"
        world.note(agreement, action, head, role, confirmed_at)
    return Evaluation.objects.create(
        agreement=agreement,
        kind=kind,
        due_on=day,
        times=progress.times,
        fulfilled=progress.fulfilled,
        target=progress.target,
        served=progress.sums.served,
        comment="Dua kegiatan bergeser karena jadwal narasumber.",
        benefit="Klien memperoleh keterampilan dan pendampingan hukum di luar kantor.",
        problems="Jarak antarkabupaten jauh; sebagian peserta datang terlambat.",
        advice="continue",
        status="confirmed" if is_confirmed else "submitted",
        submitted_by=operator,
        submitted_at=submitted_at,
        confirmed_by=head if is_confirmed else None,
        confirmed_at=confirmed_at,
        created_by=operator,
        created_at=submitted_at,
    )

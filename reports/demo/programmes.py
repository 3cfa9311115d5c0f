"""Programmes that a volunteer and partners of the demo lead, each in another phase."""

from dataclasses import dataclass
from datetime import timedelta

from outreach.models import Activity, PhaseReport, Programme, ProgrammeActivity
from outreach.programmes.models import PHASES, Phase
from partners.models import Partner, Volunteer
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.offices.models import Office
from reports.demo import paperwork
from reports.demo.people import KUPANG
from reports.demo.world import World

# Days from one phase to the next, and activities held for a programme.
STEP, HELD = 18, 3


@dataclass(frozen=True)
class Idea:
    """A programme, the phase it is in, and how that phase stands."""

    title: str
    problem: str
    change: str
    phase: Phase
    status: str = "writing"
    reason: str = ""


LED_BY_VOLUNTEER = Idea(
    "Kelas menulis lamaran kerja (contoh)",
    "Klien yang terampil tidak dipanggil karena surat lamarannya tidak lengkap.",
    "individual",
    Phase.IMPLEMENTATION,
)
HERE = [
    Idea(
        "Kebun sayur di halaman griya (contoh)",
        "Klien belum mempunyai kegiatan tetap pada bulan-bulan pertama.",
        "individual",
        Phase.EVALUATION,
        "completed",
    ),
    Idea(
        "Perpustakaan keliling (contoh)",
        "Anak klien tidak mempunyai buku bacaan di rumah.",
        "individual",
        Phase.PLANNING,
        "submitted",
    ),
]
# One at each of some other units.
ELSEWHERE = [
    Idea(
        "Latihan menyeduh kopi (contoh)",
        "Kedai kopi kekurangan tenaga, sedangkan klien mencari pekerjaan.",
        "institution",
        Phase.FORMULATION,
        "returned",
        "Tulis berapa peserta yang dituju dan siapa yang melatih.",
    ),
    Idea(
        "Malam bercerita keluarga (contoh)",
        "Keluarga ragu menerima kembali anggotanya.",
        "individual",
        Phase.IDEA,
    ),
    Idea(
        "Bengkel sepeda (contoh)",
        "Peserta memerlukan keterampilan yang cepat dikuasai.",
        "individual",
        Phase.PLANNING,
        "stopped",
        "Yang memimpin pindah ke kota lain; tempatnya belum diganti.",
    ),
]
TEXTS = {
    Phase.IDEA: "Belajar bersama sekali seminggu, dipandu yang berpengalaman.",
    Phase.FORMULATION: "Sasaran: dua belas peserta menyelesaikan delapan pertemuan.",
    Phase.PLANNING: "Pertemuan tiap Rabu pagi; alat dipinjam dari mitra pendukung.",
    Phase.IMPLEMENTATION: "Delapan pertemuan terlaksana; dua diganti hari.",
    Phase.EVALUATION: "Peserta lebih percaya diri; latihan berpasangan membantu.",
}
EVALUATION = {
    "target": TEXTS[Phase.FORMULATION],
    "result": "Sepuluh peserta menyelesaikan semuanya; dua pindah tempat tinggal.",
    "feedback": "Waktunya cocok; peserta minta lebih banyak praktik.",
    "replicate": "yes",
}
NOTE = "Sudah dibahas bersama; silakan dilanjutkan."


def build(world: World) -> None:
    home = world.offices[KUPANG]
    volunteer = Volunteer.objects.get(user=world.users["sahabat"])
    made = [_begin(world, home, LED_BY_VOLUNTEER, volunteer)]
    made += [_begin(world, home, idea) for idea in HERE]
    others = [unit for unit in world.units if unit != home and _partners(world, unit)]
    made += [
        _begin(world, unit, idea) for unit, idea in zip(others, ELSEWHERE, strict=False)
    ]
    reports = [report for each in made for report in _write(world, each)]
    PhaseReport.objects.bulk_create(reports)
    plans = [report for report in reports if report.phase == Phase.PLANNING]
    names = [f"jadwal-{place}.pdf" for place in range(len(plans))]
    paperwork.own(plans, paperwork.documents(world, Document.Kind.PDF, names))
    _hold(made)


def _partners(world: World, unit: Office) -> list[Partner]:
    return [row.partner for row in world.partners[unit.pk] if row.status == "active"]


def _begin(
    world: World, unit: Office, idea: Idea, volunteer: Volunteer | None = None
) -> Programme:
    lead, *supporters = _partners(world, unit)
    operator = world.who(unit, Role.UNIT_OPERATOR)
    begun = world.today - timedelta(days=STEP * (PHASES.index(idea.phase) + 1))
    created_at = world.moment(begun)
    # Open since the phase before was approved, or judged the other day.
    days = STEP + 3 if idea.status == "writing" else 3
    since = max(created_at, world.moment(world.today - timedelta(days)))
    programme = Programme.objects.create(
        office=unit,
        volunteer=volunteer,
        partner=None if volunteer else lead,
        title=idea.title,
        problem=idea.problem,
        changes_sought=[idea.change],
        budget=1_500_000,
        funding="donation" if volunteer else "partner",
        phase=idea.phase,
        status=idea.status,
        status_since=since,
        reason=idea.reason,
        submitted_by=volunteer.user if volunteer else operator,
        created_at=created_at,
        created_by=operator,
    )
    programme.supporters.set(supporters[:1])
    world.note(programme, "programme.begun", operator, Role.UNIT_OPERATOR, created_at)
    return programme


def _write(world: World, programme: Programme) -> list[PhaseReport]:
    """What was said of each phase so far, and what the head answered."""
    head = world.who(programme.office, Role.UNIT_HEAD)
    by = programme.submitted_by
    role = Role.VOLUNTEER if programme.volunteer else Role.UNIT_OPERATOR
    now, rows = PHASES.index(programme.phase), []
    for place, phase in enumerate(PHASES[: now + 1]):
        day = programme.created_at.date() + timedelta(days=STEP * place)
        is_over = place < now or programme.status == "completed"
        if not is_over and programme.status in ("writing", "stopped"):
            break
        written_at = world.moment(day + timedelta(days=STEP - 5))
        said_at = world.moment(day + timedelta(days=STEP - 3), 14)
        rows.append(
            PhaseReport(
                programme=programme,
                phase=phase,
                owner=str(programme.lead)[:120],
                due_on=day + timedelta(days=STEP),
                text=TEXTS[phase],
                written_by=by,
                written_at=written_at,
                note=NOTE if is_over else "",
                decided_by=head if is_over else None,
                approved_at=said_at if is_over else None,
                **_more(programme, phase),
            )
        )
        world.note(programme, "programme.phase_submitted", by, role, written_at)
        if is_over and place < now:
            action = "programme.phase_approved"
            world.note(programme, action, head, Role.UNIT_HEAD, said_at)
    last = {
        "completed": "completed",
        "returned": "phase_returned",
        "stopped": "stopped",
    }
    if verb := last.get(programme.status):
        at = programme.status_since
        world.note(programme, f"programme.{verb}", head, Role.UNIT_HEAD, at)
    return rows


def _more(programme: Programme, phase: Phase) -> dict:
    if phase == Phase.PLANNING:
        begins = programme.created_at.date() + timedelta(days=3 * STEP)
        return {"starts_on": begins, "ends_on": begins + timedelta(days=56)}
    return EVALUATION if phase == Phase.EVALUATION else {}


def _hold(programmes: list[Programme]) -> None:
    """Activities of the unit that were held for those underway or over."""
    for programme in programmes:
        if programme.phase not in (Phase.IMPLEMENTATION, Phase.EVALUATION):
            continue
        free = Activity.objects.filter(
            office=programme.office,
            status="verified",
            type__code="independence_training",
            held_on__gte=programme.created_at.date(),
            programme_link=None,
        )
        ProgrammeActivity.objects.bulk_create(
            ProgrammeActivity(programme=programme, activity=activity)
            for activity in free.order_by("-held_on", "pk")[:HELD]
        )

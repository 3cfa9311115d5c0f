"""What is reported of some activities beside their figures: meetings of restorative
justice, what the media told, and what looked odd."""

from datetime import timedelta

from outreach.coverage.links import key_of
from outreach.models import (
    Activity,
    ActivityType,
    Coverage,
    HintAnswer,
    Restitution,
    RestorativeMeeting,
    RestorativeOutcome,
)
from pokmas.accounts.roles import Role
from reports.demo.people import KUPANG
from reports.demo.world import World

TITLE = "Pertemuan pemulihan bersama {partner}"
OUTPUT = "Kedua pihak didengar; kesepakatannya dibacakan dan diterima."
# Who came for victim, offender and community, men and women; the outcome, and what was
# agreed on.
MEETINGS = [
    ((1, 2, 2, 1, 3, 2), "Sepakat penuh", ["Permintaan maaf", "Ganti kerugian"]),
    ((0, 2, 3, 0, 4, 1), "Sepakat sebagian", ["Permintaan maaf"]),
    ((2, 1, 1, 2, 2, 2), "Ditunda", []),
]
FOLLOWED = {
    "Sepakat penuh": "Pelaksanaan kesepakatan dipantau bersama.",
    "Sepakat sebagian": "Sisa ganti kerugian dibicarakan lagi.",
    "Ditunda": "Pertemuan kedua setelah pihak korban siap.",
}
STORIES = [
    ("online", "Kabar Timor (contoh)", "Klien Bapas belajar bersama warga"),
    ("radio", "Radio Flobamora (contoh)", "Bincang pagi tentang kerja sosial"),
    ("social", "@warga.peduli.contoh", "Membersihkan taman bersama"),
    ("print", "Harian Cendana (contoh)", "Mitra dan Bapas membuka kelas baru"),
]
CHANGES = [["individual"], ["individual", "institution"], [], ["policy"]]


def plan(rows: list[tuple]) -> None:
    """What was planned of each; some of what one unit verified were meetings."""
    for place, (row, _partner) in enumerate(rows):
        row.changes_sought = CHANGES[place % len(CHANGES)]
        row.expected = 20 if place % 3 else None
        row.planned_on, row.planned_place = row.held_on, row.place
    kind = ActivityType.objects.get(code="restorative_justice")
    for row, partner in _of_meetings(rows):
        row.type, row.output = kind, OUTPUT
        row.title = TITLE.format(partner=partner.name)
        row.planned_on -= timedelta(days=3)


def _of_meetings(rows):
    verified = [
        (row, partner)
        for row, partner in rows
        if row.office.name == KUPANG and row.status == "verified"
    ]
    verified.sort(key=lambda pair: pair[0].held_on)
    return verified[-2 * len(MEETINGS) :: 2]


def build(world: World, rows: list[tuple]) -> None:
    """After the activities themselves are there."""
    of_meetings = [row for row, _partner in _of_meetings(rows)]
    for activity, told in zip(of_meetings, MEETINGS, strict=False):
        _meeting(activity, *told)
    held = [row for row, _partner in rows if row.office.name == KUPANG]
    verified = [row for row in held if row.status == "verified"]
    for place, (activity, story) in enumerate(zip(verified, STORIES, strict=False)):
        _coverage(world, activity, place, *story)
    if waiting := next((row for row in held if row.status == "reported"), None):
        _answer(world, waiting)


def _meeting(activity: Activity, numbers, outcome, agreed) -> None:
    meeting = RestorativeMeeting.objects.create(
        activity=activity,
        outcome=RestorativeOutcome.objects.get(name=outcome),
        agreed=FOLLOWED[outcome],
        agreed_on=activity.held_on + timedelta(days=30),
        **dict(zip(RestorativeMeeting.FIGURES, numbers, strict=True)),
    )
    meeting.restitution.set(Restitution.objects.filter(name__in=agreed))


def _coverage(world: World, activity: Activity, place, kind, outlet, headline) -> None:
    has_link = kind in Coverage.WITH_LINK
    link = f"https://contoh.invalid/berita/{place}" if has_link else ""
    Coverage.objects.create(
        activity=activity,
        office=activity.office,
        kind=kind,
        outlet=outlet,
        headline=headline,
        published_on=min(activity.held_on + timedelta(days=1), world.today),
        link=link,
        key=key_of(link),
        created_by=world.who(activity.office, Role.UNIT_OPERATOR),
    )


def _answer(world: World, activity: Activity) -> None:
    HintAnswer.objects.create(
        activity=activity,
        code="copied",
        asked="Hasilnya hampir sama dengan laporan kegiatan sejenis minggu lalu.",
        answer="Materinya sama untuk kelompok lain.",
        answered_by=world.who(activity.office, Role.UNIT_OPERATOR),
    )

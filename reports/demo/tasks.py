"""What offices of the demo asked of each other, and what came of it."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from outreach.models import Activity
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from pokmas.coordination.models import Message, Task
from pokmas.offices.models import Office
from reports.demo.people import HQ, KUPANG, NTT
from reports.demo.world import World

TO_ALL = "Lengkapi narahubung setiap kerja sama yang berlaku (contoh)"
DETAILS = "Dua orang dari tiap pihak, dengan nomor telepon yang masih dipakai."
TO_REGION = "Kirim daftar unit yang memerlukan pelatihan petugas (contoh)"
ASK = "Tanyakan kepada mitra apakah kerja sama ini diperpanjang (contoh)"
ANSWER = "Sudah ditelepon; mitra menjawab pekan depan."
MEND = "Cocokkan jumlah peserta dengan daftar hadir (contoh)"
TIDY = "Pindahkan papan nama pokmas ke ruang tunggu (contoh)"
DONE = "Sudah dilakukan seluruhnya."
REASONS = {
    "handed_back": "Belum ada kerja sama yang berlaku di unit ini.",
    "withdrawn": "Sudah dikerjakan bersama tugas lain.",
}
# How far the units of the Kanwil are, one after the other.
STAGES = ("assigned", "done", "unassigned", "done", "handed_back")


@dataclass(frozen=True)
class Giver:
    office: Office
    person: User
    role: Role


def build(world: World) -> None:
    region, home = world.offices[NTT], world.offices[KUPANG]
    kanwil = Giver(region, world.users["admin.kanwil"], Role.REGIONAL_ADMIN)
    batch = uuid.UUID(int=world.dice.getrandbits(128), version=4)
    units = [unit for unit in world.units if unit.region_id == region.pk]
    units.sort(key=lambda unit: unit != home)
    for place, unit in enumerate(units):
        status = STAGES[place % len(STAGES)]
        more = {"details": DETAILS, "batch": batch}
        _give(world, kanwil, unit, TO_ALL, status, 10, **more)
    top = Giver(world.offices[HQ], world.users["pusat"], Role.HEADQUARTERS)
    _give(world, top, region, TO_REGION, "done", 4)
    _within(world, home)


def _within(world: World, unit: Office) -> None:
    """By the head to the own people, about records of the unit."""
    head = Giver(unit, world.who(unit, Role.UNIT_HEAD), Role.UNIT_HEAD)
    asked = _give(world, head, unit, ASK, "assigned", 5, about=world.shown[1])
    at = asked.created_at + timedelta(days=1)
    Message.objects.create(task=asked, text=ANSWER, by=asked.owner, at=at)
    world.note(asked, "task.written", asked.owner, Role.UNIT_OPERATOR, at)
    returned = Activity.objects.filter(office=unit, status="returned").first()
    _give(world, head, unit, MEND, "assigned", -2, about=returned)
    _give(world, head, unit, TIDY, "withdrawn", 3)


def _give(
    world: World,
    giver: Giver,
    office: Office,
    what: str,
    status: str,
    days: int,
    **more,
) -> Task:
    """Given last week, due in that many days."""
    wide = office.is_wide
    chief = Role.REGIONAL_HEAD if wide else Role.UNIT_HEAD
    worker = Role.REGIONAL_ADMIN if wide else Role.UNIT_OPERATOR
    given_at = world.moment(world.today - timedelta(days=7))
    named_at, ended_at = (given_at + timedelta(days=day) for day in (1, 3))
    has_owner = status in ("assigned", "done")
    is_named = has_owner and giver.office != office
    task = Task.objects.create(
        office=office,
        given_from=giver.office,
        what=what,
        until=world.today + timedelta(days=days),
        owner=world.who(office, worker) if has_owner else None,
        answer=DONE if status == "done" else "",
        reason=REASONS.get(status, ""),
        status=status,
        status_since={"unassigned": given_at, "assigned": named_at}.get(
            status, ended_at
        ),
        created_at=given_at,
        created_by=giver.person,
        **more,
    )
    world.note(task, "task.given", giver.person, giver.role, given_at, giver.office)
    if is_named:
        head = world.who(office, chief)
        world.note(task, "task.assigned_to", head, chief, named_at)
    if status == "done":
        world.note(task, "task.done", task.owner, worker, ended_at)
    if status == "handed_back":
        head = world.who(office, chief)
        world.note(task, "task.handed_back", head, chief, ended_at)
    if status == "withdrawn":
        by, role = giver.person, giver.role
        world.note(task, "task.withdrawn", by, role, ended_at, giver.office)
    return task

"""What the tests of the whole house must know of this room."""

from pokmas.accounts.roles import Role
from tests.house.access import HEAD, HQ, KANWIL, KANWIL_HEAD, OFFICERS, form, get
from tests.pokmas.coordination.factories import TaskFactory

ACCESS = {
    "coordination:index": get(OFFICERS),
    "coordination:create": form(OFFICERS),
    "coordination:detail": get(OFFICERS, "task"),
    "coordination:assign": form({HQ, KANWIL_HEAD, KANWIL, HEAD}, "task"),
    "coordination:finish": form(OFFICERS, "task"),
    "coordination:write": form(OFFICERS, "task"),
    "coordination:hand_back": form(OFFICERS, "task"),
    "coordination:give_again": form(OFFICERS, "task"),
    "coordination:reopen": form(OFFICERS, "task"),
    "coordination:withdraw": form(OFFICERS, "task"),
}
MARKED = {"task": ["what", "details", "answer", "reason"]}


def rows(world):
    return {
        "task": TaskFactory(office=world.unit, created_by=world.people[Role.UNIT_HEAD])
    }


def variants(world):
    owner = world.people[Role.UNIT_OPERATOR]
    head = world.people[Role.UNIT_HEAD]
    return [
        TaskFactory(office=world.unit, created_by=head, **state)
        for state in (
            {"status": "assigned", "owner": owner},
            {"status": "done", "owner": owner, "answer": "Sudah dilengkapi."},
            {"status": "handed_back", "reason": "Bukan tugas unit ini."},
            {"status": "withdrawn", "reason": "Tidak perlu lagi."},
        )
    ]


VARIANTS = {"task": variants}
# Ahead of the day of the run, whenever that is.
LATE = {"until": "31-12-2099"}
AT = {"coordination:create": LATE, "coordination:reopen": LATE}

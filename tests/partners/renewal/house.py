"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from pokmas.accounts.roles import Role
from tests.factories import PartnershipFactory, person
from tests.house.access import HEAD, HQ, KANWIL, KANWIL_HEAD, OPERATOR, form

ACCESS = {
    "partners:reexamine": form({OPERATOR, KANWIL, HQ}, "ending"),
    "partners:prolong": form({HEAD, KANWIL_HEAD, HQ}, "reexamined"),
}
MARKED = {"ending": ["contact_name"], "reexamined": ["contact_name"]}


def rows(world):
    soon = world.unit.today + timedelta(days=20)
    return {
        "ending": PartnershipFactory(
            office=world.unit, status="active", approved_until=soon
        ),
        "reexamined": PartnershipFactory(
            office=world.unit,
            status="active",
            approved_until=soon,
            reexamined_on=world.unit.today,
            reexamined_by=person(Role.UNIT_OPERATOR, world.unit),
        ),
    }

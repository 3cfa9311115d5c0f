"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from tests.agreements.register.house import WRITERS
from tests.factories import AgreementFactory
from tests.house.access import form

ACCESS = {"agreements:amend": form(WRITERS, "in_force")}


def rows(world):
    today = world.unit.today
    return {
        "in_force": AgreementFactory(
            office=world.unit,
            partner=world.records["partner"],
            status="signed",
            kind="mou",
            ends_on=today + timedelta(days=300),
        )
    }

"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from tests.factories import VolunteerFactory
from tests.house.access import HEAD, OPERATOR, form

ACCESS = {"partners:volunteer_renew": form({HEAD, OPERATOR}, "lapsing")}
# As long as no rule asks for a term, none ends.
CLOSED = {"partners:volunteer_renew"}


def rows(world):
    soon = world.unit.today + timedelta(days=20)
    return {"lapsing": VolunteerFactory(office=world.unit, accepted_until=soon)}

"""What the tests of the whole house must know of this room."""

from tests.factories import PatternFactory
from tests.house.access import DUTA, OPERATOR, form, get

ACCESS = {
    "outreach:patterns": get({OPERATOR, DUTA}),
    "outreach:change_pattern": form({OPERATOR, DUTA}, "pattern"),
    "outreach:keep_pattern": form({OPERATOR, DUTA}, "activity"),
}

MARKED = {"pattern": ["name", "title", "place"]}


def rows(world):
    return {"pattern": PatternFactory(office=world.unit)}

"""What the tests of the whole house must know of this room."""

from tests.factories import PatternFactory
from tests.house.access import DUTA, HQ, KANWIL, OPERATOR, form, get

KEEPERS = {OPERATOR, DUTA, KANWIL, HQ}
ACCESS = {
    "outreach:patterns": get(KEEPERS),
    "outreach:change_pattern": form(KEEPERS, "pattern"),
    "outreach:keep_pattern": form(KEEPERS, "activity"),
}

MARKED = {"pattern": ["name", "title", "place"]}


def rows(world):
    return {"pattern": PatternFactory(office=world.unit)}

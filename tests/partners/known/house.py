"""What the tests of the whole house must know of this room."""

from tests.factories import PartnershipFactory
from tests.house.access import DUTA, HEAD, HQ, KANWIL, OPERATOR, get, post

FINDERS = {OPERATOR, HEAD, DUTA, KANWIL, HQ}
ACCESS = {
    "partners:seek": get({OPERATOR, DUTA, KANWIL, HQ}),
    "partners:alike": get(FINDERS, "likened"),
    "partners:typed": get(FINDERS, "likened"),
    "partners:set_apart": post(FINDERS, "likened", "twin"),
    "partners:ask_units": post(FINDERS, "likened", "twin"),
    "partners:take_back": post(FINDERS, "likened", "twin"),
}
# Nothing was said of the two.
CLOSED = {"partners:take_back"}
NOT_SHOWN = {"partners:typed"}


def rows(world):
    # Alike in one world, and not from one world to another.
    name = f"Yayasan Kembar {world.unit.pk}"
    likened, twin = (
        PartnershipFactory(office=world.unit, status="active", name=name)
        for _each in range(2)
    )
    return {"likened": likened, "twin": twin.partner}

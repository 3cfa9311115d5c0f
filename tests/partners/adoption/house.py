"""What the tests of the whole house must know of this room."""

from django.core import signing

from partners.known.sight import CHOSEN
from tests.factories import PartnershipFactory
from tests.house.access import DUTA, HEAD, OPERATOR, form

ACCESS = {
    # Of any partner, and opened from a list alone.
    "partners:propose": form({OPERATOR, DUTA}, "sign"),
    "partners:adopt": form({HEAD}, "proposed"),
    "partners:turn_down": form({HEAD}, "proposed"),
}
COMMON = {"sign"}


def rows(world):
    there = PartnershipFactory(status="active")
    proposed = PartnershipFactory(
        office=world.unit, partner=there.partner, status="proposed"
    )
    other = PartnershipFactory(status="active").partner
    return {"proposed": proposed, "sign": signing.dumps(other.pk, salt=CHOSEN)}

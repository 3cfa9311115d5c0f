"""What the tests of the whole house must know of this room."""

from django.core import signing

from partners.known.sight import CHOSEN
from tests.factories import PartnershipFactory
from tests.house.access import DUTA, HEAD, OPERATOR, form, get

ACCESS = {
    # Of any partner, and opened from a list alone.
    "partners:propose": form({OPERATOR, DUTA}, "sign"),
    "partners:adopt": form({HEAD}, "proposed"),
    "partners:send_back": form({HEAD}, "proposed"),
    "partners:turn_down": form({HEAD}, "proposed"),
    "partners:mend_proposal": get({OPERATOR, DUTA}, "sent_back"),
    "partners:propose_again": form({OPERATOR, DUTA}, "sent_back"),
    "partners:drop_proposal": form({OPERATOR, DUTA}, "sent_back"),
}
COMMON = {"sign"}


def rows(world):
    there = PartnershipFactory(status="active")
    proposed = PartnershipFactory(
        office=world.unit, partner=there.partner, status="proposed"
    )
    other = PartnershipFactory(status="active").partner
    sent_back = PartnershipFactory(
        office=world.unit,
        partner=PartnershipFactory(status="active").partner,
        status="sent_back",
        reason="Uji",
    )
    return {
        "proposed": proposed,
        "sent_back": sent_back,
        "sign": signing.dumps(other.pk, salt=CHOSEN),
    }

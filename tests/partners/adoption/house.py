"""What the tests of the whole house must know of this room."""

from django.core import signing

from partners.known.sight import CHOSEN
from tests.factories import PartnershipFactory
from tests.house.access import DUTA, HEAD, HQ, KANWIL, KANWIL_HEAD, OPERATOR, form, get

HEADS = {HEAD, KANWIL_HEAD, HQ}
WRITERS = {OPERATOR, DUTA, KANWIL, HQ}
ACCESS = {
    # Of any partner, and opened from a list alone.
    "partners:propose": form(WRITERS, "sign"),
    "partners:adopt": form(HEADS, "proposed"),
    "partners:send_back": form(HEADS, "proposed"),
    "partners:turn_down": form(HEADS, "proposed"),
    "partners:mend_proposal": get(WRITERS, "sent_back"),
    "partners:propose_again": form(WRITERS, "sent_back"),
    "partners:drop_proposal": form(WRITERS, "sent_back"),
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

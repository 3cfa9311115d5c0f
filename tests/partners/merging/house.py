"""What the tests of the whole house must know of this room."""

from partners.merging import services
from pokmas.accounts.roles import Role
from tests.factories import PartnershipFactory, person
from tests.house.access import HEAD, HQ, KANWIL, WITH_PARTNER, form, get

ACCESS = {
    "partners:merge": form({HQ, KANWIL, HEAD}, "mergeable", "same"),
    "partners:merged": get(WITH_PARTNER, "former"),
}
# Asks whether one is sure.
CLOSED = {"partners:merge"}


def rows(world):
    first, second, kept, former = (
        PartnershipFactory(office=world.unit, status=status)
        for status in ("active", "ended", "active", "ended")
    )
    services.merge(kept.partner, former.partner, by=person(Role.UNIT_HEAD, world.unit))
    return {"mergeable": first, "same": second.partner, "former": former.partner}

"""What the tests of the whole house must know of this room."""

from partners.merging import services
from pokmas.accounts.roles import Role
from tests.factories import PartnershipFactory
from tests.house.access import HEAD, HQ, KANWIL, WITH_PARTNER, form, get

ACCESS = {
    "partners:merge": form({HQ, KANWIL, HEAD}, "mergeable", "same"),
    "partners:merged": get(WITH_PARTNER, "former"),
}


def rows(world):
    first, second, former = (
        PartnershipFactory(office=world.unit, status=status)
        for status in ("active", "ended", "ended")
    )
    kept = world.records["partnership"]
    services.merge(kept.partner, former.partner, by=world.people[Role.UNIT_HEAD])
    kept.refresh_from_db()
    return {"mergeable": first, "same": second.partner, "former": former.partner}

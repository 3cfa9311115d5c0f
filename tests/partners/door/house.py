"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from partners.models import Slip
from pokmas.accounts import sealed
from pokmas.accounts.roles import Role
from tests.factories import PartnershipFactory, VolunteerFactory
from tests.house.access import OPERATOR, PUBLIC, form

ACCESS = {
    "partners:take_over": form(PUBLIC),
    "partners:print_slip": form({OPERATOR}, "unclaimed"),
    "partners:revoke_slip": form({OPERATOR}, "unclaimed"),
    "partners:volunteer_print_slip": form({OPERATOR}, "unclaimed_volunteer"),
    "partners:volunteer_revoke_slip": form({OPERATOR}, "unclaimed_volunteer"),
}
# No guess is a code.
CLOSED = {"partners:take_over"}


def slip(world, code, **owner):
    return Slip.objects.create(
        **owner,
        digest=sealed.digests(code)[0],
        printed_by=world.people[Role.UNIT_OPERATOR],
        ends_on=world.unit.today + timedelta(days=30),
    )


def rows(world):
    unclaimed = PartnershipFactory(office=world.unit, status="submitted")
    volunteer = VolunteerFactory(office=world.unit, status="active")
    slip(world, f"partner {unclaimed.pk}", partnership=unclaimed)
    slip(world, f"volunteer {volunteer.pk}", volunteer=volunteer)
    return {"unclaimed": unclaimed, "unclaimed_volunteer": volunteer}

"""What the tests of the whole house must know of this room."""

from partners.models import Partnership
from pokmas.accounts.roles import Role
from tests.factories import PartnershipFactory, RepresentativeFactory
from tests.house.access import WITH_PARTNER, get
from tests.pokmas.documents.factories import DocumentFactory

ACCESS = {
    "partners:index": get(WITH_PARTNER),
    "partners:detail": get(WITH_PARTNER, "partner"),
}

MARKED = {
    "partner": ["name", "leader_name", "contact_name", "address", "services"],
    "draft": ["name", "leader_name", "contact_name"],
}


def rows(world):
    office, operator = world.unit, world.people[Role.UNIT_OPERATOR]
    partner = PartnershipFactory(office=office, status="active")
    draft = PartnershipFactory(office=office, status="draft", created_by=operator)
    for own in (partner, draft):
        RepresentativeFactory(partner=own, user=world.people[Role.PARTNER])
    return {
        "partner": partner,
        "draft": draft,
        "document": DocumentFactory(owner=partner),
    }


def partners(world):
    return [
        PartnershipFactory(office=world.unit, status=status)
        for status in Partnership.TRANSITIONS
    ]


VARIANTS = {"partner": partners}

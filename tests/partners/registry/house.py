"""What the tests of the whole house must know of this room."""

from partners.models import Partnership
from pokmas.accounts.roles import OF_PARTNERS, Role
from tests.factories import PartnershipFactory, RepresentativeFactory
from tests.house.access import WITH_PARTNER, get
from tests.pokmas.documents.factories import DocumentFactory

ACCESS = {
    "partners:index": get(WITH_PARTNER),
    "partners:detail": get(WITH_PARTNER, "partnership"),
    "partners:partner": get(WITH_PARTNER, "partner"),
}

MARKED = {
    "partner": ["name", "leader_name", "address"],
    "partnership": ["contact_name", "services"],
    "applicant": ["name", "leader_name"],
    "draft": ["contact_name"],
}


def rows(world):
    office, operator = world.unit, world.people[Role.UNIT_OPERATOR]
    partnership = PartnershipFactory(office=office, status="active")
    draft = PartnershipFactory(office=office, status="draft", created_by=operator)
    for own in (partnership, draft):
        for role in OF_PARTNERS:
            RepresentativeFactory(partner=own, user=world.people[role], role=role)
    return {
        "partner": partnership.partner,
        "partnership": partnership,
        "applicant": draft.partner,
        "draft": draft,
        "document": DocumentFactory(owner=partnership),
    }


def partnerships(world):
    return [
        PartnershipFactory(office=world.unit, status=status)
        for status in Partnership.TRANSITIONS
    ]


VARIANTS = {"partnership": partnerships}

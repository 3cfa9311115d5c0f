"""What the tests of the whole house must know of this room."""

from tests.factories import AgreementFactory, PartnerFactory
from tests.house.access import OPERATOR, form

AT = {"agreements:guide": {"screen": "nota"}}
ACCESS = {
    "agreements:guide": form({OPERATOR}, "in_force"),
    "agreements:guide_partner": form({OPERATOR}, "outsider"),
}


def rows(world):
    partner = PartnerFactory(office=world.unit, status="approved")
    AgreementFactory(office=world.unit, partner=partner, status="signed")
    return {"outsider": partner.at(world.unit)}

"""What the tests of the whole house must know of this room."""

from tests.factories import CoverageFactory
from tests.house.access import (
    DUTA,
    EVERYBODY,
    HEAD,
    HQ,
    KANWIL,
    KANWIL_HEAD,
    OPERATOR,
    form,
    get,
    post,
)

NOTERS = {HEAD, OPERATOR, DUTA, KANWIL_HEAD, KANWIL, HQ}
ACCESS = {
    "outreach:coverage_index": get(EVERYBODY),
    "outreach:cover": form(NOTERS, "reported"),
    "outreach:coverage_remove": post(NOTERS, "coverage"),
}

AT = {"outreach:cover": {"link": "https://contoh.test/berita"}}
MARKED = {"coverage": ["headline", "outlet"]}


def rows(world):
    return {"coverage": CoverageFactory(activity=world.records["activity"])}

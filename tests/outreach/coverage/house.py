"""What the tests of the whole house must know of this room."""

from tests.factories import CoverageFactory
from tests.house.access import DUTA, EVERYBODY, HEAD, OPERATOR, form, get, post

ACCESS = {
    "outreach:coverage_index": get(EVERYBODY),
    "outreach:cover": form({HEAD, OPERATOR, DUTA}, "reported"),
    "outreach:coverage_remove": post({HEAD, OPERATOR, DUTA}, "coverage"),
}

AT = {"outreach:cover": {"link": "https://contoh.test/berita"}}
MARKED = {"coverage": ["headline", "outlet"]}


def rows(world):
    return {"coverage": CoverageFactory(activity=world.records["activity"])}

"""What the tests of the whole house must know of this room."""

from tests.factories import FieldVisitFactory
from tests.house.access import HQ, KANWIL, OPERATOR, form
from tests.pokmas.documents.factories import DocumentFactory

ACCESS = {"partners:visit": form({OPERATOR, KANWIL, HQ}, "submitted")}
MARKED = {"visited": ["visitors", "note"]}
ANSWERS = {"point": "-10.1772, 123.6070"}


def rows(world):
    visit = FieldVisitFactory(partnership=world.records["partnership"])
    DocumentFactory(owner=visit, kind="image/jpeg", name="kunjungan.jpg")
    return {"visited": visit}

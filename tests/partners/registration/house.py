"""What the tests of the whole house must know of this room."""

from tests.house.access import (
    DUTA,
    EVERYBODY,
    HQ,
    KANWIL,
    OPERATOR,
    PARTNER,
    PUBLIC,
    WITH_PARTNER,
    form,
    get,
    post,
)
from tests.pokmas.documents.factories import DocumentFactory

# A Kanwil and headquarters enter their own partners.
WRITERS = {OPERATOR, KANWIL, HQ}
ACCESS = {
    "partners:start": get(PUBLIC),
    "partners:status": get(PUBLIC),
    "partners:correct": form({*WRITERS, PARTNER}, "partnership"),
    "partners:withdraw": form({*WRITERS, PARTNER}, "partnership"),
    "partners:discard": form({*WRITERS, DUTA, PARTNER}, "draft"),
    "partners:register": form(EVERYBODY),
    "partners:mine": get(EVERYBODY),
    "partners:create": form({*WRITERS, DUTA}),
    "partners:place": form(WITH_PARTNER, "draft"),
    "partners:identity": form(WITH_PARTNER, "draft"),
    "partners:work": form(WITH_PARTNER, "draft"),
    "partners:remove_paper": post(WITH_PARTNER, "draft", "paper"),
    "partners:check": form({*WRITERS, PARTNER}, "draft"),
    "partners:submitted": get(WITH_PARTNER, "partnership"),
}

CLOSED = {"partners:register"}  # asks in several steps


def rows(world):
    return {"paper": DocumentFactory(owner=world.records["draft"])}

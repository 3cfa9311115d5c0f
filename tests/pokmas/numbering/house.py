"""What the tests of the whole house must know of this room."""

from pokmas.numbering.models import OfficeCode
from tests.house.access import (
    HEAD,
    HQ,
    KANWIL,
    KANWIL_HEAD,
    OPERATOR,
    REVIEWER,
    form,
    get,
)
from tests.pokmas.numbering.factories import NumberBookFactory, NumberFactory

READERS = {HQ, KANWIL_HEAD, KANWIL, REVIEWER, HEAD, OPERATOR}
MANAGERS = {HQ, KANWIL, HEAD}

ACCESS = {
    "numbering:index": get(READERS),
    "numbering:create": form({KANWIL, HEAD, OPERATOR}),
    "numbering:detail": get(READERS, "number"),
    "numbering:cancel": form({KANWIL, HEAD}, "number"),
    "numbering:books": get(READERS),
    "numbering:book": get(READERS, "number_book"),
    "numbering:continue": form({HEAD}, "number_book"),
    "numbering:settings": form(MANAGERS),
    "numbering:template": form(MANAGERS, "number_kind"),
}
WORDS = {"number_kind": "letter"}
# A kind of paper: everybody asks for that of his own office.
COMMON = {"number_kind"}
MARKED = {"number": ["gist", "addressed_to"]}
ANSWERS = {"classification": None, "pattern": "WP.22-{urut}", "last": "7"}
TYPED = {"pattern": "{urut} %s"}


def rows(world):
    for office, code in ((world.unit.region, "22"), (world.unit, "3")):
        OfficeCode.objects.create(office=office, code=code)
    book = NumberBookFactory(office=world.unit)
    return {
        "number_book": book,
        "number": NumberFactory(office=world.unit, book=book, sequence=book.last),
    }


def printed(world, text):
    book = NumberBookFactory(office=world.unit, year=2025)
    NumberFactory(
        office=world.unit,
        book=book,
        year=2025,
        gist=text[:300],
        addressed_to=text[:200],
        text=f"{text[:80]} 1",
    )
    return book


PAPERS = {"numbering.book": printed, "numbering.book_f4": printed}

"""What the tests of the whole house must know of this room."""

from pokmas.imports.models import Import
from tests.house.access import (
    HEAD,
    HQ,
    KANWIL,
    KANWIL_HEAD,
    OPERATOR,
    form,
    get,
)
from tests.pokmas.imports.factories import ImportFactory

ACCESS = {
    "imports:index": get({HQ, KANWIL_HEAD, KANWIL, HEAD, OPERATOR}),
    # Those above are told that each unit brings in its own.
    "imports:create": form({HQ, KANWIL, OPERATOR}, "list_kind"),
    "imports:headings": form({HQ, KANWIL_HEAD, KANWIL, OPERATOR}, "list_kind"),
    "imports:detail": get({HEAD, OPERATOR}, "import"),
    "imports:row": get({HEAD, OPERATOR}, "import", "import_row"),
    "imports:let_in": form({OPERATOR}, "import", "import_row"),
    "imports:progress": get({HEAD, OPERATOR}, "import"),
    "imports:map": form({OPERATOR}, "import"),
    "imports:mend": form({OPERATOR}, "import"),
    "imports:compare": form({OPERATOR}, "import"),
    "imports:enter": form({OPERATOR}, "import"),
    "imports:confirm": form({HEAD}, "import"),
    "imports:send_back": form({HEAD}, "import"),
    "imports:drop": form({OPERATOR}, "import"),
    "imports:undo": form({OPERATOR}, "import"),
}
WORDS = {"list_kind": "partners", "import_row": "2"}
COMMON = {"list_kind"}
# Take spreadsheets alone; and nobody explained a heading.
CLOSED = {"imports:create", "imports:mend", "imports:headings"}
MARKED = {"import": ["name"]}


def rows(world):
    return {"import": ImportFactory(office=world.unit)}


def variants(world):
    """At each status; and one of agreements, of which a row clashes with one beside."""
    clashing = ImportFactory(office=world.unit, kind="agreements", way="")
    clashing.rows.update(
        result="conflict", answers={"name": "Yayasan Kasih", "as": {"clash": 1}}
    )
    return [
        *(ImportFactory(office=world.unit, status=each) for each in Import.TRANSITIONS),
        clashing,
    ]


VARIANTS = {"import": variants}

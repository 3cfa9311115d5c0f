"""What the tests of the whole house must know of this room."""

from datetime import date

from pokmas.offices.models import OfficeChange
from tests.house.access import HQ, KANWIL, OFFICERS, form, get, post

ACCESS = {
    "offices:index": get(OFFICERS),
    "offices:listing": get(OFFICERS),
    "offices:changes": get(OFFICERS),
    "offices:detail": get(OFFICERS, "office"),
    "offices:edit": form({HQ, KANWIL}, "office"),
    "offices:create": form({HQ, KANWIL}, "office"),
    "offices:area": form({HQ, KANWIL}, "office"),
    "offices:target": get({HQ}, "office", "change_kind"),
    "offices:reorganise": form({HQ}, "office", "change_kind"),
    "offices:cancel": post({HQ}, "office_change"),
}

WORDS = {"change_kind": OfficeChange.Kind.MOVE}
ANSWERS = {"number_template": "W.22-{nomor}"}
CLOSED = {"offices:reorganise"}  # asks in several steps


def rows(world):
    return {
        "office": world.unit,
        "office_change": OfficeChange.objects.create(
            office=world.unit,
            kind=OfficeChange.Kind.RENAME,
            effective_on=date(2999, 1, 1),
            decree_number="UJI-1",
            after={"name": "Bapas Baru"},
        ),
    }

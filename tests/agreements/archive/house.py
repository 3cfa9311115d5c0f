"""What the tests of the whole house must know of this room."""

from tests.agreements.register.house import HEADS, WRITERS
from tests.factories import AgreementFactory
from tests.house.access import form

SIGNERS = {*HEADS, *WRITERS}

ACCESS = {
    "agreements:scans": form(SIGNERS),
    "agreements:add_scan": form(SIGNERS, "archived"),
    "agreements:remove_scan": form(SIGNERS, "scanned"),
}
MARKED = {"archived": ["title", "subject"]}


def rows(world):
    common = {
        "office": world.unit,
        "partner": world.records["partner"],
        "status": "signed",
        "is_archived": True,
    }
    scanned = AgreementFactory(**common)
    scanned.scan.owner = scanned
    scanned.scan.save()
    return {"archived": AgreementFactory(**common, scan=None), "scanned": scanned}

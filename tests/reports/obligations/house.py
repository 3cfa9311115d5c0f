"""What the tests of the whole house must know of this room."""

from datetime import date

from reports.models import ReportDuty
from tests.house.access import HQ, KANWIL, KANWIL_HEAD, OFFICERS, form, get

ACCESS = {
    "reports:matrix": get(OFFICERS),
    "reports:due": get(OFFICERS),
    "reports:remind": form({HQ, KANWIL, KANWIL_HEAD}),
}


def rows(world):
    """Reports have been asked for long enough that some are missing."""
    ReportDuty.objects.update(valid_from=date(2026, 1, 1))
    return {}

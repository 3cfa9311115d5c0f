"""What the tests of the whole house must know of this room."""

from tests.house.access import HQ, KANWIL, KANWIL_HEAD, OFFICERS, form, get

ACCESS = {
    "reports:matrix": get(OFFICERS),
    "reports:due": get(OFFICERS),
    "reports:remind": form({HQ, KANWIL, KANWIL_HEAD}),
}

"""What the tests of the whole house must know of this room."""

from tests.house.access import WITH_PARTNER, get, post

ACCESS = {
    "agreements:extract": post(WITH_PARTNER, "agreement"),
    "agreements:extract_progress": get(WITH_PARTNER, "agreement"),
}

"""What the tests of the whole house must know of this room."""

from tests.house.access import WITH_PARTNER, get, post

ACCESS = {
    "papers:ask": post(WITH_PARTNER, "kind_of_paper", "agreement"),
    "papers:progress": get(WITH_PARTNER, "kind_of_paper", "agreement"),
}

WORDS = {"kind_of_paper": "agreements.extract"}

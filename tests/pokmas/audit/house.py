"""What the tests of the whole house must know of this room."""

from tests.house.access import HQ, WATCHERS, WITH_PARTNER, get, post

ACCESS = {
    "audit:index": get(WATCHERS),
    "audit:chain": get({HQ}),
    "audit:inspect": post({HQ}),
    "audit:record": get(WITH_PARTNER, "kind", "partnership"),
}

WORDS = {"kind": "partners.partnership"}
CLOSED = {"audit:inspect"}  # changes the audit and no record

"""What the tests of the whole house must know of this room."""

from tests.house.access import PLANNERS, get, post

REPORTERS = PLANNERS
ACCESS = {
    "outreach:offline": get(REPORTERS),
    "outreach:offline_state": get(REPORTERS),
    "outreach:offline_photo": post(REPORTERS),
    "outreach:offline_entry": post(REPORTERS),
}
NOT_SHOWN = {"outreach:offline_state"}
# Takes a photo with its own fingerprint.
CLOSED = {"outreach:offline_photo", "outreach:offline_entry"}

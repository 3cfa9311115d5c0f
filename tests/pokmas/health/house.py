"""What the tests of the whole house must know of this room."""

from tests.house.access import HQ, PUBLIC, get

ACCESS = {
    "health:live": get(PUBLIC),
    "health:ready": get(PUBLIC),
    "health:status": get({HQ}),
}
NOT_SHOWN = {"health:live", "health:ready"}

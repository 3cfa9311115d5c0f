"""What the tests of the whole house must know of this room."""

from tests.house.access import WITH_PARTNER, get

ACCESS = {"outreach:restorative_index": get(WITH_PARTNER)}

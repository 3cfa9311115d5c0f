"""What the tests of the whole house must know of this room."""

from tests.factories import ActivityTypeFactory

COMMON = {"activity_type"}


def rows(world):
    return {"activity_type": ActivityTypeFactory()}

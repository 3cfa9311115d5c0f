"""What the tests of the whole house must know of this room."""

from tests.house.access import EVERYBODY, get

ACCESS = {"search:index": get(EVERYBODY)}

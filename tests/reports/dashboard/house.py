"""What the tests of the whole house must know of this room."""

from tests.house.access import OFFICERS, get

ACCESS = {"reports:dashboard": get(OFFICERS)}

"""What the tests of the whole house must know of this room."""

from tests.house.access import OPERATOR, form

ACCESS = {"agreements:plan": form({OPERATOR}, "agreement")}

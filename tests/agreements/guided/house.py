"""What the tests of the whole house must know of this room."""

from tests.house.access import OPERATOR, form

ACCESS = {"agreements:guide": form({OPERATOR}, "in_force")}

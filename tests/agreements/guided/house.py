"""What the tests of the whole house must know of this room."""

from tests.house.access import OPERATOR, form

AT = {"agreements:guide": {"screen": "nota"}}
ACCESS = {"agreements:guide": form({OPERATOR}, "in_force")}

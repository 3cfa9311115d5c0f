"""What the tests of the whole house must know of this room."""

from tests.house.access import HEAD, OPERATOR, get

ACCESS = {"partners:group_members": get({HEAD, OPERATOR}, "group")}
NOT_SHOWN = {"partners:group_members"}

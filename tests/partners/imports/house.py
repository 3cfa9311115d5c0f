"""What the tests of the whole house must know of this room."""

from tests.house.access import HEAD, HQ, OPERATOR, get

ACCESS = {"partners:group_members": get({HQ, HEAD, OPERATOR}, "group")}
NOT_SHOWN = {"partners:group_members"}

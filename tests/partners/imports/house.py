"""What the tests of the whole house must know of this room."""

from tests.house.access import HEAD, HQ, KANWIL, KANWIL_HEAD, OPERATOR, get

READERS = {HQ, KANWIL_HEAD, KANWIL, HEAD, OPERATOR}
ACCESS = {"partners:group_members": get(READERS, "group")}
NOT_SHOWN = {"partners:group_members"}

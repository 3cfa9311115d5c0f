"""What the tests of the whole house must know of this room."""

from tests.house.access import HEAD, OPERATOR, form

ACCESS = {
    "outreach:correct": form({OPERATOR, HEAD}, "activity"),
    "outreach:replace": form({OPERATOR, HEAD}, "activity"),
}

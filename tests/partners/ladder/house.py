"""What the tests of the whole house must know of this room."""

from tests.house.access import HEAD, OFFICERS, OPERATOR, VOLUNTEER, form, get

ACCESS = {
    "partners:volunteer_stages": get({*OFFICERS, VOLUNTEER}, "volunteer"),
    "partners:volunteer_promote": form({HEAD, OPERATOR}, "volunteer"),
}

"""What the tests of the whole house must know of this room."""

from tests.house.access import HEAD, HQ, KANWIL_HEAD, form

ACCESS = {
    "partners:suspend": form({HEAD, KANWIL_HEAD, HQ}, "partnership"),
    "partners:resume": form({HEAD, KANWIL_HEAD, HQ}, "partnership"),
}

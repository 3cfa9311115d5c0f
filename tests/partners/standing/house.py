"""What the tests of the whole house must know of this room."""

from tests.house.access import HEAD, form

ACCESS = {
    "partners:suspend": form({HEAD}, "partnership"),
    "partners:resume": form({HEAD}, "partnership"),
}

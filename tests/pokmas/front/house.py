"""What the tests of the whole house must know of this room."""

from tests.house.access import PUBLIC, get

ACCESS = {
    "home": get(PUBLIC),
    "help": get(PUBLIC),
    "help_page": get(PUBLIC, "help_slug"),
    "accessibility": get(PUBLIC),
    "manifest": get(PUBLIC),
    "service_worker": get(PUBLIC),
    "set_language": get(PUBLIC, methods=("post", "get")),
}
NOT_SHOWN = {"manifest", "service_worker"}

WORDS = {"help_slug": "partners"}
CLOSED = {"set_language"}

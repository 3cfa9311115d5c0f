"""What the tests of the whole house must know of this room."""

from tests.house.access import OFFICERS, PUBLIC, WITH_PARTNER, form, get

ACCESS = {
    "documents:check": form(PUBLIC),
    "documents:check_code": get(PUBLIC, "code"),
    "check_code": get(PUBLIC, "code"),
    "documents:issued": get(OFFICERS, "code"),
    "documents:download": get(WITH_PARTNER, "document", "file_name"),
    "documents:thumbnail": get(WITH_PARTNER, "photo"),
}

WORDS = {"file_name": "berkas.pdf"}
MARKED = {"document": ["name"]}
CLOSED = {"documents:check"}  # keeps nothing

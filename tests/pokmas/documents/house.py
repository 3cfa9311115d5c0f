"""What the tests of the whole house must know of this room."""

from tests.house.access import OFFICERS, PUBLIC, WITH_PARTNER, form, get

ACCESS = {
    "documents:check": form(PUBLIC),
    "documents:check_code": get(PUBLIC, "code"),
    "check_code": get(PUBLIC, "code"),
    "documents:issued": get(OFFICERS, "code"),
    "documents:word": get(OFFICERS, "code"),
    "documents:package": get(OFFICERS, "code"),
    "documents:issued_view": get(OFFICERS, "code"),
    "documents:issued_page": get(OFFICERS, "code", "page_number", "zoom"),
    "documents:download": get(WITH_PARTNER, "document", "file_name"),
    "documents:thumbnail": get(WITH_PARTNER, "photo"),
    "documents:view": get(WITH_PARTNER, "document"),
    "documents:page": get(WITH_PARTNER, "document", "page_number", "zoom"),
}
NOT_SHOWN = {
    "documents:download",
    "documents:issued",
    "documents:issued_page",
    "documents:package",
    "documents:page",
    "documents:thumbnail",
    "documents:word",
}

WORDS = {"file_name": "berkas.pdf", "page_number": 1, "zoom": 1}
MARKED = {"document": ["name"]}
CLOSED = {"documents:check"}  # keeps nothing

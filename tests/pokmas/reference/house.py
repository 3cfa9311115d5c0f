"""What the tests of the whole house must know of this room."""

from tests.house.access import HQ, form, get, post

ACCESS = {
    "reference:home": get({HQ}),
    "reference:index": get({HQ}, "list"),
    "reference:create": form({HQ}, "list"),
    "reference:change": form({HQ}, "list", "field"),
    "reference:archive": post({HQ}, "list", "field"),
    "reference:restore": post({HQ}, "list", "field"),
}

WORDS = {"list": "fields"}

"""What the tests of the whole house must know of this room."""

from tests.house.access import DUTA, OPERATOR, PARTNER, form

ACCESS = {
    "outreach:create": form({OPERATOR, DUTA, PARTNER}),
    "outreach:change": form({OPERATOR, DUTA, PARTNER}, "activity"),
    "outreach:cancel": form({OPERATOR, DUTA, PARTNER}, "activity"),
    "outreach:bring_back": form({OPERATOR, DUTA, PARTNER}, "activity"),
}

ANSWERS = {"funding": "dipa", "partners": None}
# Asked once something else was chosen.
LATER = {
    "outreach:create": {
        *("agreement", "agreement_id"),
        *("programme", "programme_id"),
    }
}

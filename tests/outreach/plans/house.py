"""What the tests of the whole house must know of this room."""

from tests.house.access import PLANNERS, form

ACCESS = {
    "outreach:create": form(PLANNERS),
    "outreach:change": form(PLANNERS, "activity"),
    "outreach:cancel": form(PLANNERS, "activity"),
    "outreach:bring_back": form(PLANNERS, "activity"),
}

ANSWERS = {"funding": "dipa", "partners": None}
# Asked once something else was chosen.
LATER = {
    "outreach:create": {
        *("agreement", "agreement_id"),
        *("programme", "programme_id"),
    }
}

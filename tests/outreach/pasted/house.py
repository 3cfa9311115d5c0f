"""What the tests of the whole house must know of this room."""

from tests.house.access import PLANNERS, form, get

ACCESS = {
    "outreach:paste": form(PLANNERS),
    # Without a text it leads back to where one is pasted.
    "outreach:placed": get(PLANNERS),
}
# Keeps a text in the session alone.
CLOSED = {"outreach:paste"}

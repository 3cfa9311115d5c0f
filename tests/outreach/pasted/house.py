"""What the tests of the whole house must know of this room."""

from tests.house.access import DUTA, OPERATOR, PARTNER, form, get

ACCESS = {
    "outreach:paste": form({OPERATOR, DUTA, PARTNER}),
    # Without a text it leads back to where one is pasted.
    "outreach:placed": get({OPERATOR, DUTA, PARTNER}),
}
# Keeps a text in the session alone.
CLOSED = {"outreach:paste"}

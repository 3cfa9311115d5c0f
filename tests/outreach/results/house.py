"""What the tests of the whole house must know of this room."""

from tests.factories import ActivityFactory
from tests.house.access import DUTA, HEAD, OPERATOR, PARTNER, form, post

ACCESS = {
    "outreach:report": form({OPERATOR, DUTA, PARTNER}, "activity"),
    "outreach:verify": form({HEAD}, "reported"),
    "outreach:review_photo": post({HEAD}, "evidence"),
}

MARKED = {"reported": ["title"]}
ANSWERS = {"sheet": "a"}


def rows(world):
    return {"reported": ActivityFactory(office=world.unit, status="reported")}

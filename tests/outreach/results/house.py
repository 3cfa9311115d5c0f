"""What the tests of the whole house must know of this room."""

from tests.factories import ActivityFactory
from tests.house.access import HEAD, HQ, KANWIL_HEAD, PLANNERS, form, post

ACCESS = {
    "outreach:report": form(PLANNERS, "activity"),
    "outreach:verify": form({HEAD, KANWIL_HEAD, HQ}, "reported"),
    "outreach:review_photo": post({HEAD}, "evidence"),
}

MARKED = {"reported": ["title"]}
ANSWERS = {"sheet": "a"}


def rows(world):
    return {"reported": ActivityFactory(office=world.unit, status="reported")}

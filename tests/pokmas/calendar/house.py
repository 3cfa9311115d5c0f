"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from pokmas.calendar.models import CalendarFeed
from tests.house.access import EVERYBODY, OPERATOR, PUBLIC, form, get, post

ACCESS = {
    "calendar:index": get(EVERYBODY),
    "calendar:feed": form(EVERYBODY, personal=True),
    "calendar:close_feed": post(EVERYBODY, personal=True),
    "calendar:feed_file": get(PUBLIC, "token"),
}
NOT_SHOWN = {"calendar:feed_file"}


def rows(world):
    user = world.people[OPERATOR]
    feed = CalendarFeed(user=user, assignment=user.acting)
    feed.renew()
    feed.renewed_at -= timedelta(days=30)
    feed.save()
    return {"feed": feed}

"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from django.utils import timezone

from pokmas.accounts.roles import Role
from tests.factories import ActivityFactory, ParticipantFactory
from tests.house.access import (
    DUTA,
    EVERYBODY,
    OFFICERS,
    OPERATOR,
    form,
    get,
    post,
)

RECORDERS = {OPERATOR, DUTA}
ACCESS = {
    "outreach:participants": form(RECORDERS, "activity"),
    "outreach:unregister": post(RECORDERS, "participant"),
    "outreach:join": post(EVERYBODY, "activity"),
    "outreach:attendance": form(RECORDERS, "attended"),
    "outreach:scan": form(RECORDERS, "attended"),
    "outreach:code": get(EVERYBODY, "attended"),
    "outreach:sheet_a": get(RECORDERS, "activity"),
    "outreach:sheet_b": get(RECORDERS, "activity"),
    "outreach:mine": get(EVERYBODY),
    "outreach:present": form(EVERYBODY, personal=True),
    "outreach:outcomes": form(RECORDERS, personal=True),
    "outreach:overdue": get(OFFICERS),
}

MARKED = {"participant": ["affiliation"]}


def rows(world):
    now = timezone.now()
    attended = ActivityFactory(
        office=world.unit,
        partners=[world.records["partner"]],
        starts_at=now - timedelta(hours=1),
        ends_at=now,
    )
    participant = ParticipantFactory(
        activity=attended, user=world.people[Role.UNIT_OPERATOR]
    )
    return {"attended": attended, "participant": participant}


NOT_SHOWN = {"outreach:sheet_a", "outreach:sheet_b"}
ANSWERS = {"officers": None}
# What a page says it has shown, or a code that is of one person, activity and day.
CLOSED = {
    "outreach:attendance",
    "outreach:outcomes",
    "outreach:present",
    "outreach:scan",
}

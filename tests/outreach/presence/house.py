"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from django.utils import timezone

from outreach.models import Activity, Outcome, Participant
from outreach.presence import codes
from outreach.presence.people import officers
from pokmas.accounts.roles import Role
from tests.factories import ActivityFactory, ParticipantFactory
from tests.house.access import (
    DUTA,
    EVERYBODY,
    HQ,
    KANWIL,
    OFFICERS,
    OPERATOR,
    form,
    get,
    post,
)

RECORDERS = {OPERATOR, DUTA, KANWIL, HQ}
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


def _registered():
    return Participant.objects.order_by("pk").first()


# Each row has a field of its own; what is said of the rest holds for those that were
# shown.
AT = {
    "outreach:attendance": {
        "rest": lambda: Outcome.objects.of_people().first().pk,
        "seen": lambda: _registered().pk,
    },
    "outreach:outcomes": {
        "rest": lambda: Outcome.objects.of_sessions().first().pk,
        "seen": lambda: list(
            Activity.objects.without_result().values_list("pk", flat=True)
        ),
    },
    "outreach:participants": {
        "officers": lambda: officers(_registered().activity).first().pk
    },
    "outreach:present": {"c": lambda: codes.of_sheet(_registered().activity)},
    "outreach:scan": {"code": lambda: codes.of_person(_registered())},
}
# For volunteers and partners that take part; an officer is registered by another.
CLOSED = {"outreach:join"}

"""Who comes to the activities of the unit of the logins, and how past sessions went."""

from datetime import timedelta

from django.utils import timezone

from outreach.models import Activity, Outcome, Participant, SessionResult
from partners.models import Volunteer
from pokmas.accounts.roles import Role
from reports.demo.people import KUPANG
from reports.demo.world import World

SHOWN = 30
COMING = ("came", "came", "came", "excused", "absent")


def build(world: World) -> None:
    """Of the latest activities all but some past plans, which wait for an outcome."""
    home = world.offices[KUPANG]
    operator, head = (
        world.who(home, role) for role in (Role.UNIT_OPERATOR, Role.UNIT_HEAD)
    )
    helpers = list(Volunteer.objects.filter(office=home, status="active"))
    effects = {each.effect: each for each in reversed(list(Outcome.objects.all()))}
    recent = Activity.objects.filter(office=home).exclude(status="cancelled")
    people, sessions = [], []
    for activity in recent.order_by("-held_on", "-pk")[:SHOWN]:
        known = {"activity": activity, "registered_by": operator}
        rows = [
            *(
                Participant(kind="officer", user=each, **known)
                for each in (operator, head)
            ),
            *(
                Participant(kind="volunteer", volunteer=each, **known)
                for each in helpers
            ),
        ]
        people += rows
        if activity.has_result:
            sessions.append(
                SessionResult(
                    activity=activity, outcome=effects["held"], noted_by=operator
                )
            )
            for place, row in enumerate(rows):
                row.outcome = effects[COMING[place % len(COMING)]]
                row.marked_by = operator
                if row.outcome.effect == "came" and row.kind == "volunteer":
                    row.scanned_at = activity.starts_at + timedelta(minutes=place)
    for row in people:
        row.affiliation = home.name
        row.registered_at = min(row.activity.created_at, timezone.now())
    Participant.objects.bulk_create(people, batch_size=1000)
    SessionResult.objects.bulk_create(sessions)

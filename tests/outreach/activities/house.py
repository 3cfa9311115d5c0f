"""What the tests of the whole house must know of this room."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from outreach.models import Activity, ClosedMonth
from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from tests.factories import ActivityFactory, EvidenceFactory
from tests.house.access import EVERYBODY, WITH_PARTNER, get
from tests.pokmas.documents.corpus import jpeg, upload

ACCESS = {
    "outreach:index": get(EVERYBODY),
    "outreach:detail": get(EVERYBODY, "activity"),
    "outreach:of_partner": get(WITH_PARTNER, "partner"),
    "outreach:of_group": get(WITH_PARTNER, "group"),
    "outreach:of_agreement": get(WITH_PARTNER, "agreement"),
}

MARKED = {"activity": ["title", "place", "output"], "evidence": ["caption"]}


def rows(world):
    activity = ActivityFactory(
        office=world.unit, partners=[world.records["partner"]], status="planned"
    )
    operator = world.people[Role.UNIT_OPERATOR]
    photo = documents.store(upload("foto.jpg", jpeg()), by=operator)
    evidence = EvidenceFactory(activity=activity, document=photo)
    return {"activity": activity, "evidence": evidence, "photo": evidence.document}


def activities(world):
    """At each status, and two whose month is closed."""
    by = world.people[Role.PARTNER]
    ClosedMonth.objects.create(office=world.unit, month=date(2026, 7, 1))
    july = datetime(2026, 7, 14, tzinfo=UTC)
    ahead = ActivityFactory(
        office=world.unit,
        status="cancelled",
        partners=[world.records["partner"]],
        starts_at=timezone.now() + timedelta(days=7),
    )
    usual = [
        ActivityFactory(office=world.unit, status=status, created_by=by)
        for status in Activity.TRANSITIONS
    ]
    late = [
        ActivityFactory(office=world.unit, status=status, starts_at=july)
        for status in ("reported", "locked")
    ]
    return [*usual, *late, ahead]


VARIANTS = {"activity": activities}

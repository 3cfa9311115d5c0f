"""What the tests of the whole house must know of this room."""

from django.utils import timezone

from outreach.models import PhotoRefusal
from pokmas.accounts.roles import Role
from tests.factories import ActivityFactory, EvidenceFactory
from tests.house.access import HEAD, HQ, KANWIL_HEAD, OFFICERS, PLANNERS, form, get

ACCESS = {
    "outreach:queue": get(OFFICERS),
    "outreach:report": form(PLANNERS, "activity"),
    "outreach:verify": form({HEAD, KANWIL_HEAD, HQ}, "reported"),
    "outreach:take_back": form({HEAD, KANWIL_HEAD, HQ}, "verified"),
    "outreach:add_photos": form(PLANNERS, "owed"),
}

MARKED = {"reported": ["title"]}
ANSWERS = {"sheet": "a"}
# The photo of the walks is that of the activity beside it.
AT = {"outreach:report": {"answer_photo": "Dua kegiatan pada hari yang sama."}}


def rows(world):
    owed = ActivityFactory(
        office=world.unit, status="reported", partners=[world.records["partner"]]
    )
    EvidenceFactory(
        activity=owed,
        refusal=PhotoRefusal.objects.first(),
        refused_by=world.people[Role.UNIT_HEAD],
        refused_at=timezone.now(),
    )
    return {
        "reported": ActivityFactory(office=world.unit, status="reported"),
        "owed": owed,
        "verified": ActivityFactory(office=world.unit, status="verified"),
    }

"""What was done of the work plan of an agreement, for the floor below."""

from collections import defaultdict

from agreements.models import Agreement
from agreements.plans.activities import ACTIVITIES, Done
from outreach.activities.models import Activity
from outreach.types.models import ActivityType

Status = Activity.Status
# Where an activity stands, in the words of a plan; what was called off is left out.
COUNTED_AS = {
    Status.PLANNED: "planned",
    Status.REPORTED: "reported",
    Status.RETURNED: "reported",
    Status.VERIFIED: "verified",
    Status.LOCKED: "verified",
}


def _types() -> list[tuple[str, str]]:
    return list(ActivityType.objects.in_use().values_list("code", "name"))


def _done(agreement: Agreement) -> dict[int | None, Done]:
    rows = Activity.objects.filter(agreement=agreement, superseded_on=None)
    rows = rows.filter(status__in=COUNTED_AS).with_served().order_by()
    found = defaultdict(Done)
    for item, status, served in rows.values_list(
        "planned_as__item", "status", "served"
    ):
        done, name = found[item], COUNTED_AS[Status(status)]
        setattr(done, name, getattr(done, name) + 1)
        if name == "verified":
            done.served += served
    return dict(found)


ACTIVITIES.know(types=_types, done=_done)

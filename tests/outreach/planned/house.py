"""What the tests of the whole house must know of this room."""

from agreements.models import PlanItem
from tests.factories import ActivityFactory, AgreementFactory, PlanItemFactory
from tests.house.access import PLANNERS, form

ACCESS = {"outreach:put_in_plan": form(PLANNERS, "reported_activity")}
AT = {"outreach:put_in_plan": {"plan_item": lambda: PlanItem.objects.latest("pk").pk}}
MARKED = {"reported_activity": ["title", "place", "output"]}


def rows(world):
    """One that its agreement's plan may count."""
    partner = world.records["partner"]
    agreement = AgreementFactory(office=world.unit, partner=partner)
    PlanItemFactory(agreement=agreement)
    activity = ActivityFactory(
        office=world.unit, agreement=agreement, partners=[partner], status="reported"
    )
    return {"reported_activity": activity}

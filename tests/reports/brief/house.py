"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from agreements.models import RegionMonth
from tests.factories import ActivityFactory, AgreementFactory, UnitFactory
from tests.house.access import HQ, KANWIL, KANWIL_HEAD, REVIEWER, get, post

ABOVE = {HQ, KANWIL_HEAD, KANWIL, REVIEWER}
ACCESS = {
    "reports:brief": get(ABOVE, "region"),
    "reports:brief_paper": get(ABOVE, "region"),
    "reports:brief_pass_on": post(ABOVE, "region"),
}


def paper(world, text):
    """Typed by people, as far as each field goes."""
    region, today = world.unit.region, world.unit.today
    UnitFactory(parent=region, name=text[:120])
    AgreementFactory(
        office=world.unit,
        status="signed",
        title=text[:200],
        signed_on=today - timedelta(400),
        starts_on=today - timedelta(400),
        ends_on=today + timedelta(30),
    )
    ActivityFactory(office=world.unit, status="reported", title=text[:200])
    month = today.replace(day=1)
    return RegionMonth.objects.get_or_create(office=region, month=month)[0]


PAPERS = {"reports.brief": paper}

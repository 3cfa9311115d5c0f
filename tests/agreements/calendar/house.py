"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from agreements.models import RegionMonth
from tests.factories import AgreementFactory
from tests.house.access import (
    HQ,
    KANWIL,
    KANWIL_HEAD,
    PUBLIC,
    REVIEWER,
    WITH_PARTNER,
    get,
    post,
)

ABOVE = {HQ, KANWIL_HEAD, KANWIL, REVIEWER}
ACCESS = {
    "agreements:calendar": get(WITH_PARTNER),
    "agreements:moved_feed": get(PUBLIC, "token"),
    "agreements:region_months": get(ABOVE),
    "agreements:open_month": post({KANWIL_HEAD, KANWIL, REVIEWER}),
    "agreements:region_month": get(ABOVE, "region_month"),
}
CLOSED = {"agreements:open_month"}  # that of this month is open already
NOT_SHOWN = {"agreements:moved_feed"}


def rows(world):
    return {"region_month": _month_of(world.unit.region)}


def _month_of(region):
    month = region.today.replace(day=1)
    return RegionMonth.objects.get_or_create(office=region, month=month)[0]


def paper(world, text):
    """Typed by people, as far as each field goes."""
    world.records["partner"].name = text[:150]
    world.records["partner"].save()
    today = world.unit.today
    told = [("pks", "signed", 30), ("mou", "signed", -3), ("joint", "suspended", 300)]
    for kind, status, left in told:
        AgreementFactory(
            office=world.unit,
            partner=world.records["partner"],
            kind=kind,
            status=status,
            title=text[:200],
            signed_on=today - timedelta(400),
            starts_on=today - timedelta(400),
            ends_on=today + timedelta(left),
        )
    return _month_of(world.unit.region)


PAPERS = {"agreements.region": paper}

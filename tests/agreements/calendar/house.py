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
NOT_SHOWN = {"agreements:moved_feed"}


def rows(world):
    # That of this month is still to be opened.
    last = world.unit.today.replace(day=1) - timedelta(days=1)
    return {"region_month": _month_of(world.unit.region, last)}


def _month_of(region, day):
    month = day.replace(day=1)
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
    return _month_of(world.unit.region, today)


PAPERS = {"agreements.region": paper}

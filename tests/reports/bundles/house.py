"""What the tests of the whole house must know of this room."""

from datetime import date

from reports.figures.periods import Kind, Period
from tests.factories import PlanFileFactory, PlanItemFactory
from tests.house.access import (
    HEAD,
    HQ,
    KANWIL,
    KANWIL_HEAD,
    OFFICERS,
    OPERATOR,
    REVIEWER,
    form,
    get,
    post,
)

KEEPERS = {HQ, KANWIL_HEAD, KANWIL, REVIEWER, HEAD, OPERATOR}
ACCESS = {
    "reports:bundles": get(OFFICERS),
    "reports:bundle": get(OFFICERS, personal=True),
    "reports:bundle_make": post(KEEPERS, personal=True),
    "reports:bundle_add": form(KEEPERS, personal=True),
    "reports:bundle_remove": post({HEAD, OPERATOR}, "plan_file"),
}
MARKED = {"plan_file": ["shows"]}


def _asked():
    period = Period.of(Kind.QUARTERLY, date.today()).code
    return {"code": "KPI-07", "period": period}


QUERY = dict.fromkeys(
    ["reports:bundle", "reports:bundle_make", "reports:bundle_add"], _asked
)


def rows(world):
    item = PlanItemFactory(office=world.unit)
    return {"plan_file": PlanFileFactory(item=item)}

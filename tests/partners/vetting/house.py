"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import CriterionFactory, PartnershipFactory
from tests.house.access import (
    HEAD,
    HQ,
    KANWIL,
    KANWIL_HEAD,
    OFFICERS,
    OPERATOR,
    form,
    get,
)

ACCESS = {
    "partners:queue": get(OFFICERS),
    "partners:take": form({OPERATOR, KANWIL, HQ}, "submitted"),
    "partners:hand_over": form({HEAD, OPERATOR}, "submitted"),
    "partners:put_back": form({HEAD, OPERATOR}, "submitted"),
    "partners:verify": form({OPERATOR, KANWIL, HQ}, "submitted"),
    "partners:decide": form({HEAD, KANWIL_HEAD, HQ}, "verifying"),
}

# Nobody has taken it: there is nothing to put back.
CLOSED = {"partners:put_back"}
COMMON = {"criterion"}
MARKED = {"examined": ["name"], "judged": ["name"]}


def rows(world):
    # Long overdue, and shown so wherever tasks are listed.
    submitted = PartnershipFactory(
        office=world.unit,
        status="submitted",
        status_since=timezone.now() - timedelta(days=60),
    )
    verifying = PartnershipFactory(office=world.unit, status="verifying")
    return {
        "submitted": submitted,
        "examined": submitted.partner,
        "verifying": verifying,
        "judged": verifying.partner,
        "criterion": CriterionFactory(),
    }

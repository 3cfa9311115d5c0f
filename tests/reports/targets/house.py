"""What the tests of the whole house must know of this room."""

from datetime import date

from pokmas.accounts.roles import Role
from tests.factories import EnteredValueFactory, TargetFactory
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
    "reports:targets": get(OFFICERS),
    "reports:target_records": get(OFFICERS, personal=True),
    "reports:target_set": form({HQ, KANWIL_HEAD, KANWIL}, personal=True),
    "reports:target_spread": form({HQ, KANWIL_HEAD, KANWIL}),
    "reports:value_index": get(OFFICERS),
    "reports:value_enter": form({OPERATOR}),
    "reports:value_detail": get(OFFICERS, "value"),
    "reports:value_change": form({OPERATOR}, "value"),
    "reports:value_confirm": form({HEAD}, "value"),
}
MARKED = {"value": ["note"]}
# Without an indicator and a period there is nothing to ask; and the first look keeps
# nothing.
CLOSED = {"reports:value_enter", "reports:target_set", "reports:target_spread"}


def rows(world):
    TargetFactory(office=world.unit)
    operator = world.people[Role.UNIT_OPERATOR]
    value = EnteredValueFactory(office=world.unit, entered_by=operator)
    return {"value": value}


def values(world):
    head = world.people[Role.UNIT_HEAD]
    return [
        EnteredValueFactory(
            office=world.unit,
            starts_on=date(2026, place + 1, 1),
            status=status,
            reason="Alasan uji" if status == "returned" else "",
            confirmed_by=head if status == "confirmed" else None,
        )
        for place, status in enumerate(("entered", "returned", "confirmed"))
    ]


VARIANTS = {"value": values}

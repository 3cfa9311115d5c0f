"""What the tests of the whole house must know of this room."""

from datetime import date
from decimal import Decimal

from pokmas.accounts.roles import Role
from reports.figures.periods import Kind, Period
from reports.indicators.models import Indicator
from reports.targets.models import EnteredValue
from reports.targets.spreading import Way, spread
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
ANSWERS = {"decree_number": "KEP-7", "decree_on": "14-09-2026"}


def _what():
    """The first of what a unit says itself, of a time of which it said nothing."""
    for each in Indicator.objects.holding(date.today()):
        if each.is_entered:
            kind = each.rhythm
            return each.code, Period.of(kind, date(2026, 8, 1)).code
    raise AssertionError("nothing is entered")


def _below():
    unit = EnteredValue.objects.order_by("pk").first().office
    indicator = next(iter(Indicator.objects.holding(date.today())))
    period = Period.of(Kind.YEARLY, date.today()).code
    return {"code": indicator.code, "office": unit.pk, "period": period}


# Without an indicator and a period there is nothing to ask.
QUERY = {
    "reports:value_enter": lambda: {"what": "|".join(_what())},
    "reports:target_set": _below,
}


def _seen():
    """What the first look at the spread shows."""
    region = EnteredValue.objects.order_by("pk").first().office.region
    indicator = next(iter(Indicator.objects.holding(date.today())))
    period = Period.of(Kind.YEARLY, date.today())
    return spread(indicator, region, period, Way.COPY, Decimal(1)).mark


AT = {
    "reports:target_spread": {
        "indicator": lambda: _below()["code"],
        "period": lambda: _below()["period"],
        "way": "copy",
        "amount": "1",
        "seen": _seen,
    }
}


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

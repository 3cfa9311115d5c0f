"""Each figure against rows made for it; and each leads to the list that makes it."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from pokmas.accounts.roles import Role
from reports.figures.figures import (
    CHANGES,
    FIGURES,
    Scope,
    activities_by_type,
    trend,
    values,
)
from reports.figures.figures import served_by_category as by_category
from reports.figures.periods import Month
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    CommunityGroupFactory,
    PartnerFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db

OCTOBER = Month(2026, 10)


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


def fill(unit):
    """Two counted activities of 12 and 7, one waiting; three agreements; a group."""
    moment = datetime(2026, 10, 14, 2, tzinfo=UTC)
    for status, counts in (
        ("verified", {("adult_client", "male"): 12}),
        ("locked", {("adult_client", "female"): 4, ("family", "male"): 3}),
        ("reported", {("adult_client", "male"): 50}),
    ):
        ActivityFactory(office=unit, status=status, starts_at=moment, counts=counts)
    ActivityFactory(
        office=unit, status="verified", starts_at=datetime(2026, 9, 30, 2, tzinfo=UTC)
    )
    since = datetime(2026, 2, 2, 2, tzinfo=UTC)
    for ends_on in (date(2027, 1, 9), date(2027, 12, 31), date(2026, 9, 30)):
        AgreementFactory(
            office=unit, status="signed", ends_on=ends_on, partner__status_since=since
        )
    PartnerFactory(office=unit, status="approved")
    CommunityGroupFactory(office=unit, status="active")


EXPECTED = {
    "activities": 2,
    "served": 19,
    "waiting": 1,
    "in_force": 2,
    "expiring": 1,
    "partners": 3,
    "uninvolved": 1,
    "groups": 1,
}


def test_all_figures_cost_one_query_and_that_for_the_branch(django_assert_num_queries):
    unit = UnitFactory()
    fill(unit)
    fill(UnitFactory())
    scope = Scope(unit, OCTOBER)

    # The branch of the unit, what became of it since, the figures.
    with django_assert_num_queries(3):
        found = values(scope)

    assert found == EXPECTED


@pytest.mark.parametrize(
    "role", [Role.UNIT_OPERATOR, Role.REGIONAL_ADMIN, Role.HEADQUARTERS]
)
@pytest.mark.parametrize("code", FIGURES)
def test_each_figure_opens_a_list_of_the_same_count(sign_in, code, role):
    unit = UnitFactory()
    fill(unit)
    fill(UnitFactory())
    office = {
        Role.UNIT_OPERATOR: unit,
        Role.REGIONAL_ADMIN: unit.region,
        Role.HEADQUARTERS: None,
    }[role]
    user = person(role, office)

    response = sign_in(user).get(FIGURES[code].url(Scope(unit, OCTOBER)))

    shown = response.context["served" if code == "served" else "page"]
    assert (shown if code == "served" else shown.count) == EXPECTED[code]


def test_persons_served_by_category_and_sex_add_up():
    unit = UnitFactory()
    fill(unit)

    rows = {row["category"]: row for row in by_category(Scope(unit, OCTOBER))}

    assert (rows["adult_client"]["male"], rows["adult_client"]["female"]) == (12, 4)
    assert sum(row["sum"] for row in rows.values()) == 19


def test_the_trend_has_a_row_for_each_month_even_an_empty_one():
    unit = UnitFactory()
    fill(unit)

    rows = trend(Scope(unit, OCTOBER), months=3)

    assert [(row["month"], row["activities"]) for row in rows] == [
        ("2026-08-01", 0),
        ("2026-09-01", 1),
        ("2026-10-01", 2),
    ]


def test_activities_by_type_count_each_activity_once():
    unit = UnitFactory()
    fill(unit)

    rows = activities_by_type(Scope(unit, OCTOBER))

    assert [(row["activities"], row["served"]) for row in rows] == [(2, 19)]


def test_the_changes_sought_are_counted_and_lead_to_their_lists(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    unit, day = operator.acting.office, datetime(2026, 10, 5, tzinfo=UTC)
    for sought in (["policy"], ["policy", "individual"], []):
        ActivityFactory(
            office=unit, status="verified", starts_at=day, changes_sought=sought
        )
    scope = Scope(unit, OCTOBER)

    found = values(scope, CHANGES)
    page = sign_in(operator).get(CHANGES["change_policy"].url(scope))

    assert list(found.values()) == [1, 0, 2]
    assert page.context["page"].count == 2

"""The figures narrowed by period, type, field and office: each opens its list."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from outreach.models import ActivityType
from partners.models import Field
from pokmas.accounts.roles import STAFF, Role
from tests.factories import (
    ActivityFactory,
    CommunityGroupFactory,
    PostFactory,
    RegionFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
URL = reverse("reports:dashboard")
COUNTS = {("adult_client", "male"): 12}


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


def held(office, year, month, kind, group=None):
    day = datetime(year, month, 5, 2, tzinfo=UTC)
    ActivityFactory(
        office=office,
        group=group,
        status="verified",
        starts_at=day,
        type=kind,
        counts=COUNTS,
    )


@pytest.fixture
def kinds():
    return list(ActivityType.objects.order_by("pk")[:2])


@pytest.fixture
def field():
    return Field.objects.order_by("pk").first()


@pytest.fixture
def region(kinds, field):
    region = RegionFactory()
    unit = UnitFactory(parent=region, name="Bapas Ab")
    group = CommunityGroupFactory(office=unit, field=field, status="active")
    held(unit, 2026, 11, kinds[0])
    held(unit, 2026, 11, kinds[1], group)
    held(unit, 2026, 8, kinds[1])
    held(unit, 2025, 11, kinds[0])
    held(PostFactory(parent=unit), 2026, 10, kinds[0])
    held(UnitFactory(parent=region, name="Lapas Ba"), 2026, 11, kinds[0])
    held(UnitFactory(), 2026, 11, kinds[0])
    return region


def links(board):
    """All numbers of the page with their lists, and what each counts."""
    found = list(zip(("activities", "served"), board.total, strict=True))
    found = [(name, number, url) for name, (_label, number, url) in found]
    for row in [*board.by_type, *board.by_office, *board.by_month]:
        found += [("activities", row.activities, row.url)]
        found += [("served", row.served, row.url)]
    return found


def wrong(client, board):
    found = []
    for name, number, url in links(board):
        context = client.get(url).context
        count = context["served" if name == "served" else "listing"]
        count = count if name == "served" else count.page.count
        if count != number:
            found.append((name, number, count, url))
    return found


def place_of(role, region):
    if role == Role.HEADQUARTERS:
        return None
    is_regional = role.value.startswith("regional")
    return region if is_regional else region.children.get(name="Bapas Ab")


@pytest.mark.parametrize("role", sorted(STAFF))
@pytest.mark.parametrize(
    "period", ["monthly:2026-11-01", "quarterly:2026-07-01", "yearly:2026-01-01"]
)
def test_every_number_opens_a_list_of_just_so_many(sign_in, region, role, period):
    client = sign_in(person(role, place_of(role, region)))

    board = client.get(URL, {"period": period}).context["board"]

    assert board.total[0][1] > 0
    assert wrong(client, board) == []


@pytest.mark.parametrize(
    "role", [Role.HEADQUARTERS, Role.REGIONAL_HEAD, Role.UNIT_HEAD]
)
def test_so_it_does_when_narrowed_to_a_type_a_field_and_a_unit(
    sign_in, region, kinds, field, role
):
    client = sign_in(person(role, place_of(role, region)))
    unit = region.children.get(name="Bapas Ab")
    ways = [{"type": kinds[1].pk}, {"field": field.pk}]
    ways += [{"type": kinds[1].pk, "field": field.pk, "office": unit.pk}]

    for asked in ways:
        asked |= {"period": "yearly:2026-01-01"}
        board = client.get(URL, asked).context["board"]
        assert (asked, board.total[0][1] > 0) == (asked, True)
        assert wrong(client, board) == []


def test_it_shows_twelve_months_each_by_its_name_beside_the_year_before(
    sign_in, region
):
    client = sign_in(person(Role.REGIONAL_HEAD, region))

    board = client.get(URL, {"period": "monthly:2026-11-01"}).context["board"]

    months = [row[0].text for row in board.chart.rows]
    assert (len(months), months[0], months[-1]) == (12, "Des 25", "Nov 26")
    assert all(f">{month[:3]}<" in board.chart.svg for month in months)
    assert [cell.text for cell in board.chart.rows[-1]] == ["Nov 26", "36", "12"]
    assert board.chart.title == "Penerima manfaat naik 200% dari setahun sebelumnya"


@pytest.mark.parametrize(
    "asked", ["x", "monthly:2027-01-01", "monthly:1999-01-01", "yearly:2026-02-01", ""]
)
def test_a_period_that_may_not_be_is_the_present_month(sign_in, region, asked):
    client = sign_in(person(Role.REGIONAL_HEAD, region))

    page = client.get(URL, {"period": asked, "type": "x", "office": "9" * 30})

    assert page.context["board"].period.code == "monthly:2026-11-01"


def test_it_costs_the_same_for_any_number_of_units(
    sign_in, region, kinds, django_assert_max_num_queries
):
    client = sign_in(person(Role.REGIONAL_HEAD, region))
    client.get(URL)
    for _number in range(12):
        held(UnitFactory(parent=region), 2026, 11, kinds[0])

    with django_assert_max_num_queries(12):
        page = client.get(URL)

    assert len(page.context["board"].by_office) == 14

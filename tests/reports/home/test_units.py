"""The table of units: each number opens its list, nobody is ranked, months go back."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.offices.models import Office
from reports.figures.units import COLUMNS
from reports.home.units import Months, Table
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    PartnershipFactory,
    PostFactory,
    RegionFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
WIDE = [Role.HEADQUARTERS, Role.REGIONAL_HEAD, Role.REGIONAL_ADMIN]
MONTHS = ["2026-11", "2026-10"]


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


def fill(unit, times):
    counts = {("adult_client", "male"): 12}
    for month in (11, 10, 9):
        day = datetime(2026, month, 5, 2, tzinfo=UTC)
        ActivityFactory.create_batch(
            times, office=unit, status="verified", starts_at=day, counts=counts
        )
        ActivityFactory(office=unit, status="reported", starts_at=day, counts=counts)
    year_ago = datetime(2025, 11, 5, 2, tzinfo=UTC)
    ActivityFactory(office=unit, status="locked", starts_at=year_ago)
    AgreementFactory(office=unit, status="signed", ends_on=date(2027, 1, 9))
    since = datetime(2026, 10, 1, 2, tzinfo=UTC)
    PartnershipFactory.create_batch(
        times, office=unit, status="submitted", status_since=since
    )


@pytest.fixture
def region():
    region = RegionFactory()
    for times, name in ((2, "Bapas Ba"), (1, "Lapas Ab")):
        unit = UnitFactory(parent=region, name=name)
        fill(unit, times)
        fill(PostFactory(parent=unit), 1)
    UnitFactory(parent=region, name="Rutan Sunyi")
    fill(UnitFactory(), 3)
    return region


def table(office, **params):
    return Table(office, Months(office, params))


def cells(row):
    return dict(zip((each.code for each in COLUMNS), row.cells, strict=True))


def counted(client, cell, code):
    context = client.get(cell.url).context
    return context["served"] if code == "served" else context["listing"].page.count


@pytest.mark.parametrize("role", WIDE)
@pytest.mark.parametrize("month", MONTHS)
def test_every_number_of_the_table_opens_a_list_of_the_same_count(
    sign_in, region, role, month
):
    top = None if role == Role.HEADQUARTERS else region
    user = person(role, top)
    client = sign_in(user)

    rows = table(user.acting.office, month=month).rows

    assert len(rows) >= 2
    for row in rows:
        for code, cell in cells(row).items():
            if cell.url and code != "silent":
                found = counted(client, cell, code)
                assert (row.name, code, f"{found}") == (row.name, code, cell.text)


@pytest.mark.parametrize("role", WIDE)
def test_headquarters_opens_the_table_of_a_region_and_its_numbers(
    sign_in, region, role
):
    client = sign_in(person(role, None if role == Role.HEADQUARTERS else region))

    page = client.get(reverse("reports:units", args=[region.pk]), {"month": "2026-10"})

    rows = {row.name: cells(row) for row in page.context["units"].rows}
    assert list(rows) == ["Bapas Ba", "Lapas Ab", "Rutan Sunyi"]
    assert rows["Bapas Ba"]["activities"].text == "3"
    assert rows["Bapas Ba"]["before"].note == "="
    for row in rows.values():
        for code, cell in row.items():
            if cell.url and code != "silent":
                assert f"{counted(client, cell, code)}" == cell.text


def test_the_table_is_alphabetical_and_sorted_only_when_asked(region):
    def names(**params):
        return [row.name for row in table(region, **params).rows]

    assert names() == ["Bapas Ba", "Lapas Ab", "Rutan Sunyi"]
    assert names(sort="activities") == ["Rutan Sunyi", "Lapas Ab", "Bapas Ba"]
    assert names(sort="-activities") == ["Bapas Ba", "Lapas Ab", "Rutan Sunyi"]
    # A number that a unit does not have stands last, whichever way.
    assert names(sort="-silent")[-1] == names(sort="silent")[-1] == "Rutan Sunyi"
    assert names(sort="nonsense") == names()


def test_whoever_is_late_or_silent_is_marked(region):
    timely = UnitFactory(parent=region, name="Zona Tepat")
    day = datetime(2026, 11, 5, 2, tzinfo=UTC)
    ActivityFactory(office=timely, status="verified", starts_at=day)
    silent = UnitFactory(parent=region, name="Zona Diam")
    ActivityFactory(
        office=silent, status="verified", starts_at=day - timedelta(days=30)
    )

    late = {row.name: row.is_late for row in table(region).rows}

    assert late == {
        "Bapas Ba": True,
        "Lapas Ab": True,
        "Rutan Sunyi": True,
        "Zona Diam": True,
        "Zona Tepat": False,
    }


def test_a_unit_that_is_closed_keeps_its_row_in_the_months_before(region):
    unit = Office.objects.get(name="Lapas Ab")
    Office.objects.filter(pk=unit.pk).update(
        is_active=False, valid_to=date(2026, 11, 10)
    )

    assert "Lapas Ab" not in [row.name for row in table(region).rows]
    assert "Lapas Ab" in [row.name for row in table(region, month="2026-10").rows]


@pytest.mark.parametrize("asked", ["2027-01", "1999-12", "x", "2026-13", ""])
def test_a_month_that_may_not_be_is_the_present_one(region, asked):
    months = Months(region, {"month": asked})

    assert (months.month.year, months.month.number) == (2026, 11)
    assert months.after is None


def test_the_home_and_the_table_cost_the_same_for_any_number_of_units(
    sign_in, region, django_assert_max_num_queries
):
    client = sign_in(person(Role.REGIONAL_HEAD, region))
    client.get(reverse("reports:home"))
    for number in range(20):
        UnitFactory(parent=region, name=f"Lapas {number}")

    with django_assert_max_num_queries(12):
        page = client.get(reverse("reports:home"), {"month": "2026-10"})

    assert "Lapas 19" in page.content.decode()
    assert "Oktober 2026" in page.content.decode()

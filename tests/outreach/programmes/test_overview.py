"""The programmes of a region in one view: each number opens its list."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from outreach.programmes.models import PhaseReport, ProgrammeActivity
from pokmas.accounts.roles import Role
from tests.factories import (
    ActivityFactory,
    PostFactory,
    ProgrammeFactory,
    RegionFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
URL = reverse("outreach:programme_overview")


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


def late(programme):
    PhaseReport.objects.create(
        programme=programme,
        phase=programme.phase,
        owner="Penanggung jawab",
        due_on=date(2026, 11, 20),
        text="Uji",
        written_by=person(Role.UNIT_OPERATOR, programme.office),
    )


@pytest.fixture
def region():
    region = RegionFactory()
    unit = UnitFactory(parent=region, name="Bapas Ab")
    post = PostFactory(parent=unit)
    late(ProgrammeFactory(office=unit))
    ProgrammeFactory(office=post, phase="planning", status="submitted")
    ProgrammeFactory(office=post, phase="implementation")
    busy = ProgrammeFactory(office=unit, phase="implementation", status="returned")
    held = datetime(2026, 11, 5, 2, tzinfo=UTC)
    activity = ActivityFactory(office=unit, status="verified", starts_at=held)
    ProgrammeActivity.objects.create(programme=busy, activity=activity)
    ProgrammeFactory(office=unit, phase="evaluation", status="completed")
    other = UnitFactory(parent=region, name="Lapas Ba")
    ProgrammeFactory(office=other, phase="formulation", status="stopped")
    UnitFactory(parent=region, name="Rutan Tanpa Program")
    ProgrammeFactory(office=UnitFactory())
    return region


def numbers(row):
    return [number for _label, number, _url in row]


def test_a_post_counts_for_its_unit_and_no_other_region_is_seen(sign_in, region):
    client = sign_in(person(Role.REGIONAL_HEAD, region))

    found = client.get(URL).context["overview"]

    assert [(row.label, numbers(row.numbers)) for row in found.rows] == [
        ("Bapas Ab", [1, 0, 1, 2, 1, 1, 0, 1, 0]),
        ("Lapas Ba", [0, 0, 0, 0, 0, 0, 0, 0, 1]),
    ]
    assert numbers(found.total) == [1, 0, 1, 2, 1, 1, 0, 1, 1]


@pytest.mark.parametrize(
    "role", [Role.REGIONAL_HEAD, Role.HEADQUARTERS, Role.UNIT_HEAD]
)
def test_every_number_opens_a_list_of_just_so_many(sign_in, region, role):
    unit = region.children.get(name="Bapas Ab")
    place = {Role.REGIONAL_HEAD: region, Role.UNIT_HEAD: unit}.get(role)
    client = sign_in(person(role, place))
    pages = [URL, *([f"{URL}?office={region.pk}"] if role != Role.UNIT_HEAD else [])]

    for page in pages:
        found = client.get(page).context["overview"]
        rows = [*(row.numbers for row in found.rows), found.total]
        wrong = [
            (label, number, count)
            for row in rows
            for label, number, url in row
            if (count := client.get(url).context["listing"].page.count) != number
        ]
        assert wrong == []


def test_it_costs_the_same_for_any_number_of_units(
    sign_in, region, django_assert_max_num_queries
):
    client = sign_in(person(Role.REGIONAL_HEAD, region))
    client.get(URL)
    for _number in range(12):
        ProgrammeFactory(office=UnitFactory(parent=region))

    with django_assert_max_num_queries(12):
        page = client.get(URL)

    assert len(page.context["overview"].rows) == 14


def test_another_region_is_not_found(sign_in, region):
    client = sign_in(person(Role.REGIONAL_HEAD, RegionFactory()))

    assert client.get(URL, {"office": region.pk}).status_code == 404

"""What the acceptance of a report fixes, and the rows behind a counted number."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pokmas.accounts.roles import Role
from reports.models import AcceptedValue
from reports.monthly import services
from tests.factories import (
    ActivityFactory,
    CommunityGroupFactory,
    GroupMembershipFactory,
    ReportFactory,
    TargetFactory,
    UnitFactory,
    person,
)
from tests.pokmas.steps.world import with_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel("2026-11-30 04:00Z", tick=False):
        yield


def test_an_accepted_report_fixes_what_was_reached_and_was_to_be(monkeypatch):
    unit = UnitFactory()
    ActivityFactory(office=unit, status="verified", held_on=date(2026, 9, 9))
    month = {"kind": "monthly", "starts_on": date(2026, 9, 1)}
    TargetFactory(office=unit, code="KPI-07", value=2, **month)
    report = ReportFactory(office=unit)
    with_pdf(report)
    type(report).objects.filter(pk=report.pk).update(status="submitted")
    report.refresh_from_db()
    monkeypatch.setattr(services, "is_current", lambda report: True)

    services.accept(report, by=person(Role.REGIONAL_ADMIN, unit.region))

    kept = AcceptedValue.objects.get(office=unit, code="KPI-07")
    assert (kept.numerator, kept.target, kept.kind) == (1, 2, "monthly")
    assert kept.region == unit.region


def asked(unit, **more):
    params = {"office": unit.pk, "period": "yearly:2026-01-01", **more}
    said = "&".join(f"{name}={value}" for name, value in params.items())
    return f"{reverse('reports:target_records')}?{said}"


def test_the_rows_of_a_number_are_named_at_one_cost(sign_in):
    unit = UnitFactory()
    group = CommunityGroupFactory(
        office=unit,
        status="active",
        status_since=datetime(2026, 1, 5, tzinfo=UTC),
        name="Pokmas Melati",
    )
    GroupMembershipFactory(group=group, starts_on=date(2026, 2, 1))
    client = sign_in(person(Role.REGIONAL_ADMIN, unit.region))
    client.get(asked(unit, code="KPI-02"))

    with CaptureQueriesContext(connection) as few:
        page = client.get(asked(unit, code="KPI-02"))
    for _number in range(4):
        GroupMembershipFactory(group=group, starts_on=date(2026, 2, 1))
    with CaptureQueriesContext(connection) as many:
        client.get(asked(unit, code="KPI-02"))

    assert "Pokmas Melati" in page.text
    assert len(few) == len(many) <= 12


@pytest.mark.parametrize(
    "more",
    [
        {"code": "KPI-10"},
        {"code": "KPI-01", "side": "below"},
        {"code": "KPI-01", "side": "beside"},
        {"code": "KPI-99"},
    ],
)
def test_there_is_no_page_for_what_is_not_counted(sign_in, more):
    unit = UnitFactory()

    page = sign_in(person(Role.UNIT_HEAD, unit)).get(asked(unit, **more))

    assert page.status_code == 404


def test_a_stranger_finds_nothing(sign_in):
    client = sign_in(person(Role.UNIT_HEAD))
    unit = UnitFactory()

    assert client.get(asked(unit, code="KPI-02")).status_code == 404
    there = f"{reverse('reports:targets')}?office={unit.pk}"
    assert client.get(there).status_code == 404

"""Unit A was merged into unit B: B reports on A's months, each counted where it was."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from outreach.models import Activity
from pokmas.accounts.roles import Role
from pokmas.front.tags import turn_of
from pokmas.jobs import services as jobs
from reports.figures.figures import FIGURES, Scope, values
from reports.figures.periods import Month
from reports.home import page as home
from reports.models import Report
from reports.monthly import services, succession
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    PartnerFactory,
    PostFactory,
    ReportFactory,
    UnitFactory,
    person,
)
from tests.pokmas.offices.changes import decide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

MERGED_ON = date(2026, 11, 10)
JANUARY = datetime(2026, 1, 5, 2, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 14, 2, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 3, 2, tzinfo=UTC)


@pytest.fixture
def november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


@pytest.fixture
def successor():
    return UnitFactory(name="Bapas Penerus")


@pytest.fixture
def merged(successor):
    """A unit with a post, an active partner and an agreement, merged in November."""
    unit = UnitFactory(name="Bapas Lama", parent=successor.parent)
    post = PostFactory(parent=unit)
    for office, starts_at in ((unit, OCTOBER), (post, OCTOBER), (unit, NOVEMBER)):
        ActivityFactory(office=office, status="verified", starts_at=starts_at)
    partner = PartnerFactory(office=unit, status="active", status_since=JANUARY)
    AgreementFactory(office=unit, status="signed", partner=partner)
    decide(unit, "merge", other=successor, on=MERGED_ON)
    return unit


def counted(office, number):
    found = values(Scope(office, Month(2026, number)))
    return [found[code] for code in ("activities", "partners", "in_force")]


def test_each_month_is_counted_once_and_where_it_was(merged, successor):
    assert [counted(office, 10) for office in (merged, successor)] == [
        [2, 1, 1],
        [0, 0, 0],
    ]
    assert counted(successor, 11) == [1, 1, 1]


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.REGIONAL_ADMIN])
@pytest.mark.parametrize("number", [10, 11])
@pytest.mark.parametrize("code", FIGURES)
def test_a_figure_opens_a_list_of_what_its_unit_had(
    sign_in, merged, successor, code, number, role
):
    seen_by = successor if role == Role.UNIT_HEAD else successor.parent
    client = sign_in(person(role, seen_by))
    scopes = [Scope(unit, Month(2026, number)) for unit in (merged, successor)]

    pages = [client.get(FIGURES[code].url(scope)).context for scope in scopes]

    counted = [values(scope)[code] for scope in scopes]
    listed = [
        page["served"] or 0 if code == "served" else page["page"].count
        for page in pages
    ]
    assert listed == counted


def test_an_open_report_of_a_merged_unit_is_its_successors_turn(successor):
    unit = UnitFactory(name="Rutan Lama", parent=successor.parent)
    report = ReportFactory(office=unit, month=date(2026, 10, 1), status="drafting")
    decide(unit, "merge", other=successor, on=MERGED_ON)
    head = person(Role.UNIT_HEAD, successor)

    card = turn_of({}, Report.objects.for_page().get(pk=report.pk))

    assert card["where"] == [successor]
    assert [task.url for task in home.tasks(head)] == [report.get_absolute_url()]


def test_what_was_handed_on_twice_is_counted_where_it_was_first(merged, successor):
    last = UnitFactory(parent=successor.parent)
    decide(successor, "merge", other=last, on=date(2026, 11, 20))
    last.refresh_from_db()

    october = [counted(office, 10) for office in (merged, successor, last)]

    assert october == [[2, 1, 1], [0, 0, 0], [0, 0, 0]]
    assert counted(last, 11) == [1, 1, 1]


def test_a_post_that_moved_belongs_to_its_old_unit_before():
    unit, other = UnitFactory.create_batch(2)
    post = PostFactory(parent=unit)
    ActivityFactory(office=post, status="verified", starts_at=OCTOBER)
    decide(post, "move", other=other, on=MERGED_ON)

    assert [counted(office, 10)[0] for office in (unit, other)] == [1, 0]


def test_unwritten_months_become_the_turn_of_the_successor(merged, successor):
    operator = person(Role.UNIT_OPERATOR, successor)

    opened = [succession.open_owed() for _ in range(2)]

    [report] = Report.objects.all()
    assert (opened, report.office, report.month) == ([1, 0], merged, date(2026, 10, 1))
    assert report in Report.objects.awaiting(operator)
    assert [task.office for task in home.tasks(operator)] == ["Bapas Lama"]
    assert operator.notices.count() == 1


@pytest.mark.printing
def test_its_activities_are_locked_in_the_end(merged, successor):
    operator = person(Role.UNIT_OPERATOR, successor)
    succession.open_owed()
    report = Report.objects.get()

    services.rebuild(report, by=operator)
    jobs.run(report.job_id)
    report.refresh_from_db()
    services.submit(report, by=person(Role.UNIT_HEAD, successor))
    services.accept(report, by=person(Role.REGIONAL_ADMIN, successor.region))

    october = Activity.objects.in_month(report.month)
    assert set(october.values_list("status", flat=True)) == {"locked"}


def test_a_month_that_was_reported_is_not_opened_again(merged, successor):
    services.request(
        merged, date(2026, 10, 1), by=person(Role.UNIT_OPERATOR, successor)
    )

    assert succession.open_owed() == 0


def test_the_month_of_the_merger_is_reported_by_the_successor(merged, successor):
    with pytest.raises(ValidationError, match="masuk laporan Bapas Penerus"):
        services.request(
            merged, date(2026, 11, 1), by=person(Role.UNIT_OPERATOR, successor)
        )


def test_the_form_offers_the_months_of_a_merged_unit(sign_in, merged, successor):
    operator = person(Role.UNIT_OPERATOR, successor)

    client = sign_in(operator)
    form = client.get(reverse("reports:create")).context["form"]
    asked = {"office": merged.pk, "period": "monthly:2026-10-01"}
    client.post(reverse("reports:create"), asked)

    assert form["office"].value() == successor.pk
    assert merged in form.fields["office"].queryset
    assert Report.objects.get().office == merged

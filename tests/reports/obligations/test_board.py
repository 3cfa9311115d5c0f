"""What is asked for and what came, by day; and each number with its list."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from pokmas.notices.models import Notice
from reports.duties import first
from reports.duties.expected import Duties
from reports.duties.models import ReportDuty
from reports.figures.periods import Kind, Period
from reports.home import digest
from reports.models import Report
from reports.obligations import reminding
from reports.obligations.board import State, cells
from tests.factories import ReportFactory, UnitFactory, person

pytestmark = pytest.mark.django_db
MATRIX, DUE = reverse("reports:matrix"), reverse("reports:due")


@pytest.fixture(autouse=True)
def _asked_all_year():
    ReportDuty.objects.update(valid_from=date(2026, 1, 1))


@pytest.fixture(autouse=True)
def _third_of_november():
    with time_machine.travel("2026-11-03 04:00Z", tick=True):
        yield


def report(unit, month, status):
    issued = documents.issue(
        kind="reports.monthly",
        office=unit,
        owner=unit,
        title="Uji",
        holder="Uji",
        version=month,
    )
    return ReportFactory(
        office=unit,
        month=date(2026, month, 1),
        status=status,
        issued=issued,
        reason="Uji" if status == "returned" else "",
    )


def states(unit, *months, now=None):
    periods = [Period(Kind.MONTHLY, date(2026, month, 1)) for month in months]
    found = cells([unit], periods, Report.objects.all(), now)
    return [cell.state for cell in found]


def test_a_report_is_ahead_then_due_then_late_by_the_day_alone():
    unit = UnitFactory()

    assert states(unit, 9, 10, 11) == [State.LATE, State.OPEN, State.AHEAD]
    for day, state in ((5, State.OPEN), (6, State.LATE)):
        now = datetime(2026, 11, day, 4, tzinfo=UTC)
        assert states(unit, 10, now=now) == [state]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("open", State.LATE),
        ("drafting", State.LATE),
        ("submitted", State.SUBMITTED),
        ("returned", State.RETURNED),
        ("accepted", State.ACCEPTED),
    ],
)
def test_what_is_there_says_how_it_stands(status, state):
    unit = UnitFactory()
    report(unit, 9, status)

    assert states(unit, 9) == [state]


def test_on_time_is_the_day_on_which_it_was_first_handed_in():
    unit = UnitFactory()
    with time_machine.travel("2026-10-05 04:00Z", tick=True):
        early = report(unit, 9, "submitted")
    with time_machine.travel("2026-10-06 04:00Z", tick=True):
        report(unit, 8, "submitted")
    early.status = "accepted"
    early.save()

    periods = [Period(Kind.MONTHLY, date(2026, month, 1)) for month in (8, 9)]
    found = cells([unit], periods, Report.objects.all())

    assert [cell.is_on_time for cell in found] == [False, True]


def test_a_duty_holds_from_its_day_and_can_be_given_up():
    unit = UnitFactory()
    ReportDuty.objects.create(
        kind="monthly",
        level="unit",
        days=None,
        valid_from=date(2026, 7, 1),
        source="Uji",
    )
    periods = [Period(Kind.MONTHLY, date(2026, month, 1)) for month in (5, 6, 7)]

    found = [each.due_on for each in Duties().of([unit], periods)]

    assert found == [date(2026, 6, 5), date(2026, 7, 5)]


@pytest.mark.parametrize("kind", [Kind.MONTHLY, Kind.SEMESTER, Kind.YEARLY])
def test_a_portal_that_begins_asks_for_nothing_of_before(kind):
    ReportDuty.objects.all().delete()

    first.fill(apps)

    now = Period.of(kind, date(2026, 11, 3))
    assert Duties().days("unit", now)
    assert Duties().days("unit", now.back(1)) is None


def test_a_unit_owes_nothing_of_before_it_was_there_nor_of_after():
    unit = UnitFactory(
        valid_from=date(2026, 3, 10), valid_to=date(2026, 9, 15), is_active=False
    )

    periods = [Period(Kind.MONTHLY, date(2026, month, 1)) for month in range(1, 12)]
    found = [each.period.first.month for each in Duties().of([unit], periods)]

    assert found == [3, 4, 5, 6, 7, 8]


def test_a_unit_that_is_gone_owes_nothing_even_if_nobody_knows_since_when():
    assert states(UnitFactory(is_active=False), 9, 10) == []


@pytest.mark.parametrize(
    "role", [Role.UNIT_HEAD, Role.REGIONAL_HEAD, Role.HEADQUARTERS]
)
@pytest.mark.parametrize("kind", ["monthly", "semester"])
def test_every_number_opens_a_list_of_just_so_many(sign_in, role, kind):
    reader = person(role)
    unit = reader.acting.office
    if role != Role.UNIT_HEAD:
        unit = UnitFactory(**{"parent": unit} if role == Role.REGIONAL_HEAD else {})
    report(unit, 9, "accepted")
    report(unit, 8, "returned")
    client = sign_in(reader)
    page = client.get(MATRIX, {"kind": kind}).context

    numbers = [*page["all"]]
    for row in page.get("rows", ()):
        numbers += row["numbers"]
    for column in page.get("columns", ()):
        numbers += column["numbers"]
    for _region, each in page.get("regions", ()):
        numbers += each

    assert numbers
    for _label, count, url in numbers:
        assert client.get(url).context["page"].paginator.count == count


def test_the_matrix_costs_the_same_for_any_number_of_units(
    sign_in, django_assert_max_num_queries
):
    head = person(Role.REGIONAL_HEAD)
    for _number in range(12):
        report(UnitFactory(parent=head.acting.office), 9, "accepted")
    client = sign_in(head)
    client.get(MATRIX)

    with django_assert_max_num_queries(12):
        page = client.get(MATRIX)

    assert len(page.context["rows"]) == 12


def test_an_own_missing_report_is_begun_from_the_matrix(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    client = sign_in(operator)

    page = client.get(MATRIX).content.decode()
    form = client.get(reverse("reports:create"), {"period": "monthly:2026-09-01"})

    assert "/reports/create/?period=monthly:2026-09-01" in page
    assert form.context["form"]["period"].value() == "monthly:2026-09-01"


def test_a_kanwil_sees_whom_it_would_remind_and_does_so_once_a_day(sign_in):
    admin = person(Role.REGIONAL_ADMIN)
    unit = UnitFactory(parent=admin.acting.office)
    done = UnitFactory(parent=admin.acting.office)
    report(done, 9, "accepted")
    head = person(Role.UNIT_HEAD, unit)
    client = sign_in(admin)
    url = f"{reverse('reports:remind')}?period=monthly:2026-09-01"

    page = client.get(url)
    [planned] = page.context["plan"]
    client.post(url)
    client.post(url)

    assert (page.context["may_send"], client.get(url).context["may_send"]) == (1, 0)
    assert (planned.cell.office, planned.people) == (unit, [head])
    told = Notice.objects.filter(kind=reminding.REMINDED)
    assert [notice.user for notice in told] == [head]
    with time_machine.travel("2026-11-04 04:00Z", tick=True):
        answer = sign_in(admin).post(url)
    assert answer["Location"] == page.context["back"]
    assert Notice.objects.filter(kind=reminding.REMINDED, user=head).count() == 2


def test_a_unit_reminds_nobody(sign_in):
    url = reverse("reports:remind")

    assert sign_in(person(Role.UNIT_HEAD)).get(url).status_code == 403


def test_due_and_late_are_each_told_once_however_late_the_run():
    unit = UnitFactory()
    head = person(Role.UNIT_HEAD, unit)
    kanwil = person(Role.REGIONAL_ADMIN, unit.parent)

    reminding.tell_of_due()
    with time_machine.travel("2026-11-09 04:00Z", tick=True):
        reminding.tell_of_due()
        reminding.tell_of_due()

    october = f"{unit.pk}:monthly:2026-10-01"
    keys = [f"{reminding.DUE}:{october}", f"{reminding.OVERDUE}:{october}"]
    told = Notice.objects.filter(key__in=keys)
    assert [told.filter(user=each).count() for each in (head, kanwil)] == [2, 1]


def test_each_head_is_told_once_a_week_what_is_late():
    unit = UnitFactory()
    head = person(Role.UNIT_HEAD, unit)

    for day in ("03", "04", "10"):
        with time_machine.travel(f"2026-11-{day} 04:00Z", tick=True):
            digest.tell_weekly()

    told = Notice.objects.filter(kind=digest.KIND, user=head)
    assert told.count() == 2
    assert "Laporan terlambat: 11" in told.first().body

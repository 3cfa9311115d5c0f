"""What was to be reached and what was: counted, entered, together, and accepted."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.offices import reorganisation
from pokmas.offices.models import OfficeChange
from reports.figures.periods import Kind, Period
from reports.indicators.models import Indicator, Share
from reports.models import AcceptedValue
from reports.targets.page import Page
from reports.targets.reading import Reading
from reports.targets.services import keep_accepted
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    CommunityGroupFactory,
    EnteredValueFactory,
    GroupMembershipFactory,
    HeadquartersFactory,
    IndicatorFactory,
    PartnershipFactory,
    RegionFactory,
    TargetFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db

YEAR = Period(Kind.YEARLY, date(2026, 1, 1))
SEPTEMBER = Period(Kind.MONTHLY, date(2026, 9, 1))
SINCE = datetime(2025, 1, 5, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel("2026-11-30 04:00Z", tick=False):
        yield


@pytest.fixture
def unit():
    return UnitFactory()


def cell(office, code, period=YEAR, viewer=None):
    reading = Reading(office, period, viewer)
    indicator = next(each for each in reading.indicators if each.code == code)
    return reading.cell(indicator, office)


def group(unit, **more):
    return CommunityGroupFactory(
        office=unit, status="active", status_since=SINCE, **more
    )


def verified(unit, day=date(2026, 9, 10), **more):
    return ActivityFactory(office=unit, status="verified", held_on=day, **more)


def test_groups_their_partners_and_those_at_work_are_counted(unit):
    first, _second = group(unit), group(unit)
    GroupMembershipFactory(group=first, starts_on=date(2026, 2, 1))
    GroupMembershipFactory(group=first, starts_on=date(2026, 2, 1))
    GroupMembershipFactory(group=first, starts_on=date(2026, 12, 1))
    verified(unit, group=first)

    found = {code: cell(unit, code).value for code in ("KPI-01", "KPI-02", "KPI-03")}

    assert found == {"KPI-01": 2, "KPI-02": 1, "KPI-03": 50}


def test_what_began_after_the_period_does_not_count(unit):
    """Neither a group that came later nor a partner who joined one later."""
    begun = {"decree_on": date(2026, 11, 2), "inaugurated_on": date(2026, 11, 9)}
    first, _late = group(unit), group(unit, **begun)
    GroupMembershipFactory(group=first, starts_on=date(2026, 11, 20))

    in_september = [cell(unit, code, SEPTEMBER).value for code in ("KPI-01", "KPI-02")]
    in_the_year = [cell(unit, code).share for code in ("KPI-01", "KPI-02")]

    assert in_september == [1, 0]
    assert in_the_year == [Share(2), Share(1, 2)]


def test_nothing_is_divided_by_nothing(unit):
    found = cell(unit, "KPI-03")

    assert (found.value, found.divides_by_nothing) == (None, True)
    assert (found.value_text, found.achieved_text) == ("–", "–")


@pytest.mark.parametrize(
    ("reached", "target", "direction", "said", "is_odd"),
    [
        (3, 2, "up", "150,0%", False),
        (20, 3, "up", "666,7%", True),
        (0, 2, "up", "0,0%", False),
        (5, 0, "up", "n/a", False),
        (8, 10, "down", "120,0%", False),
        (10, 10, "down", "100,0%", False),
        (15, 10, "down", "50,0%", False),
    ],
)
def test_what_was_achieved(unit, reached, target, direction, said, is_odd):
    IndicatorFactory(code="UJI-01", direction=direction)
    TargetFactory(office=unit, code="UJI-01", value=target)
    EnteredValueFactory(
        office=unit,
        code="UJI-01",
        numerator=reached,
        status="confirmed",
        confirmed_by=person(Role.UNIT_HEAD, unit),
    )

    found = cell(unit, "UJI-01")

    assert (found.achieved_text, found.is_odd) == (said, is_odd)


@pytest.mark.parametrize(
    ("rule", "value"), [("sum", 18), ("mean", 9), ("max", 12), ("latest", 6)]
)
def test_months_come_to_a_year_by_the_rule_of_the_indicator(unit, rule, value):
    IndicatorFactory(code="UJI-01", over_time=rule)
    head = person(Role.UNIT_HEAD, unit)
    more = {"office": unit, "code": "UJI-01", "status": "confirmed"}
    more["confirmed_by"] = head
    EnteredValueFactory(starts_on=date(2026, 9, 1), numerator=6, **more)
    EnteredValueFactory(starts_on=date(2026, 8, 1), numerator=12, **more)
    EnteredValueFactory(starts_on=date(2026, 7, 1), numerator=50, office=unit)

    assert cell(unit, "UJI-01").value == value


@pytest.mark.parametrize(("rule", "value"), [("sum", 18), ("mean", 9), ("max", 12)])
def test_units_come_to_their_kanwil_by_the_rule_of_the_indicator(unit, rule, value):
    IndicatorFactory(code="UJI-01", over_offices=rule)
    other = UnitFactory(parent=unit.parent)
    for office, number in ((unit, 6), (other, 12)):
        head = person(Role.UNIT_HEAD, office)
        EnteredValueFactory(
            office=office,
            code="UJI-01",
            numerator=number,
            status="confirmed",
            confirmed_by=head,
        )

    assert cell(unit.parent, "UJI-01").value == value
    assert cell(HeadquartersFactory(), "UJI-01").value == value


def test_a_share_of_several_units_is_that_of_all_together(unit):
    other = UnitFactory(parent=unit.parent)
    verified(unit, group=group(unit))
    for _number in range(3):
        group(other)

    assert cell(unit.parent, "KPI-03").value == 25


def test_counted_clients_are_divided_by_what_the_unit_says(unit):
    verified(unit, counts={("adult_client", "male"): 30, ("public", "male"): 9})

    before = cell(unit, "KPI-09")
    EnteredValueFactory(
        office=unit,
        code="KPI-09",
        kind="yearly",
        starts_on=date(2026, 1, 1),
        numerator=None,
        denominator=120,
        status="confirmed",
        confirmed_by=person(Role.UNIT_HEAD, unit),
    )

    assert (before.share.numerator, before.value) == (30, None)
    assert cell(unit, "KPI-09").value == 25


def test_each_counted_number_opens_its_list(sign_in, unit):
    officer = person(Role.REGIONAL_ADMIN, unit.region)
    partner = PartnershipFactory(office=unit, status="active", status_since=SINCE)
    first, _second = group(unit), group(unit)
    GroupMembershipFactory(group=first, starts_on=date(2026, 2, 1))
    agreement = AgreementFactory(
        office=unit,
        partner=partner.partner,
        status="signed",
        signed_on=date(2026, 1, 5),
        starts_on=date(2026, 1, 5),
        ends_on=date(2027, 12, 31),
    )
    verified(unit, group=first, agreement=agreement, partners=[partner.partner])
    verified(UnitFactory())
    client = sign_in(officer)

    for office in (unit.region, unit):
        reading = Reading(office, YEAR, unit.region)
        cells = [reading.cell(each, office) for each in reading.indicators]
        numbers = [
            (each.indicator.code, number)
            for each in cells
            for number in (each.above, each.below)
            if number.url and each.indicator.code != "KPI-08"
        ]
        assert len(numbers) > 8
        for code, number in numbers:
            page = client.get(number.url)
            listing = page.context.get("page") or page.context["listing"].page
            assert (code, len(listing)) == (code, number.value), number.url


def test_the_past_of_a_merged_unit_stays_its_own(unit):
    other = UnitFactory(parent=unit.parent)
    verified(unit)
    verified(other)
    change = OfficeChange(
        office=unit,
        kind="merge",
        other=other,
        effective_on=date(2026, 11, 10),
        decree_number="SK-1",
    )
    reorganisation.decide(change, by=person(Role.HEADQUARTERS))
    unit.refresh_from_db()
    region = Reading(unit.region, SEPTEMBER)
    activities = next(each for each in region.indicators if each.code == "KPI-07")

    found = {each.office.pk: each.value for each in region.cells(activities)}
    this_year = Reading(unit.region, YEAR, opened="KPI-07")
    months = {month.first.month: at for month, _v, at in this_year.months(activities)}

    assert found == {unit.pk: 1, other.pk: 1}
    assert [each.value for each in this_year.cells(activities)] == [2]
    assert [each.office_id for each in this_year.places.moved] == [unit.pk]
    assert [months[each] for each in (8, 9)] == [Share(0), Share(2)]


def test_a_moved_unit_takes_its_year_along(unit):
    verified(unit)
    there = RegionFactory()
    change = OfficeChange(
        office=unit,
        kind="move",
        other=there,
        effective_on=date(2026, 11, 10),
        decree_number="SK-1",
    )
    was = unit.region
    reorganisation.decide(change, by=person(Role.HEADQUARTERS))
    there.refresh_from_db()

    assert (cell(was, "KPI-07").value, cell(there, "KPI-07").value) == (0, 1)
    assert [each.kind for each in Reading(there, YEAR).places.moved] == ["move"]


def test_an_accepted_report_keeps_its_numbers_and_its_version(unit):
    TargetFactory(
        office=unit, code="KPI-07", kind="monthly", starts_on=date(2026, 9, 1), value=4
    )
    verified(unit)
    keep_accepted(unit, SEPTEMBER)
    verified(unit, day=date(2026, 9, 20))
    keep_accepted(unit, SEPTEMBER)  # a second time changes nothing

    found = cell(unit, "KPI-07", SEPTEMBER)

    assert (found.is_accepted, found.value, found.now) == (True, 1, "2")
    assert (found.target, found.achieved) == (4, 25)
    assert AcceptedValue.objects.filter(office=unit, code="KPI-07").count() == 1


def test_an_indicator_changed_inside_the_year_keeps_the_accepted_months(unit):
    """From July on it is entered: June is as it was accepted, May as it was counted."""
    verified(unit, day=date(2026, 5, 5))
    verified(unit, day=date(2026, 6, 5))
    june = Period(Kind.MONTHLY, date(2026, 6, 1))
    keep_accepted(unit, june)
    AcceptedValue.objects.filter(code="KPI-07").update(numerator=7)
    Indicator.objects.create(
        code="KPI-07",
        valid_from=date(2026, 7, 1),
        name="Kegiatan bermutu",
        numerator="Kegiatan yang dinilai baik",
        unit="kegiatan",
        source="entered",
        rhythm="monthly",
        over_offices="sum",
        over_time="sum",
        legal_note="SK Uji",
    )
    verified(unit, day=date(2026, 8, 5))
    EnteredValueFactory(
        office=unit,
        code="KPI-07",
        starts_on=date(2026, 8, 1),
        numerator=100,
        status="confirmed",
        confirmed_by=person(Role.UNIT_HEAD, unit),
    )

    reading = Reading(unit, YEAR, opened="KPI-07")
    found = cell(unit, "KPI-07")
    [indicator] = [each for each in reading.indicators if each.code == "KPI-07"]
    months = {
        month.first.month: share for month, _v, share in reading.months(indicator)
    }

    assert (found.value, found.above.url) == (108, "")
    assert [months[each].numerator for each in (5, 6, 8)] == [1, 7, 100]
    assert cell(unit, "KPI-07", june).indicator.name != "Kegiatan bermutu"


def test_who_owes_a_number_is_named(sign_in, unit):
    other, some = UnitFactory.create_batch(2, parent=unit.parent)
    IndicatorFactory(code="UJI-01", rhythm="quarterly")
    for office, first in ((unit, 1), (unit, 4), (unit, 7), (some, 4)):
        EnteredValueFactory(
            office=office,
            code="UJI-01",
            kind="quarterly",
            starts_on=date(2026, first, 1),
            status="confirmed",
            confirmed_by=person(Role.UNIT_HEAD, office),
        )
    TargetFactory(office=unit, code="UJI-01")
    TargetFactory(office=some, code="UJI-01")

    reading = Reading(unit.region, YEAR)
    [line] = [each for each in reading.lines if each.indicator.code == "UJI-01"]

    assert (line.silent, line.partial) == ([other], [some])
    assert line.without_target == [other]
    client = sign_in(person(Role.REGIONAL_ADMIN, unit.region))
    [own] = [each for each in reading.cells(line.indicator) if each.office == unit]
    assert client.get(own.above.url).context["listing"].page.count == 3


def test_of_a_year_that_has_not_begun_nothing_is_reached(sign_in, unit):
    group(unit)
    client = sign_in(person(Role.UNIT_HEAD, unit))

    page = client.get(reverse("reports:targets"), {"period": "yearly:2027-01-01"})

    assert {row.cell.value for row, _line in page.context["page"].rows} == {None}
    assert "Masa ini belum dimulai" in page.text


def test_a_page_of_many_units_costs_as_much_as_of_few(sign_in, unit):
    client = sign_in(person(Role.REGIONAL_ADMIN, unit.region))
    asked = f"{reverse('reports:targets')}?open=KPI-08"
    for number in range(60):
        each = UnitFactory(parent=unit.parent)
        TargetFactory(office=each, code="KPI-08")
        if number < 3:
            verified(each, counts={("public", "male"): 5})

    with CaptureQueriesContext(connection) as queries:
        page = client.get(asked)

    assert page.status_code == 200
    assert len(queries) <= 12, [each["sql"][:90] for each in queries]
    assert page.context["page"].line.cell.value == Decimal(15)


def test_the_average_is_of_months_that_are_over(unit):
    verified(unit)
    verified(unit, date(2026, 11, 5))
    head = person(Role.UNIT_HEAD, unit)

    page = Page(Reading(unit, YEAR, unit, "KPI-07"), head, "KPI-07")

    assert (page.average, len(page.months)) == ("0,1", 11)

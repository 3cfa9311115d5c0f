"""What agreements say in the calendar, their year, and a region's month."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from agreements.calendar import events, services
from agreements.calendar.events import moved_by
from agreements.calendar.models import RegionMonth
from agreements.models import Agreement
from pokmas.accounts.roles import Role
from pokmas.calendar.sources import SOURCES, Asked
from pokmas.notices.models import Notice
from tests.factories import (
    AgreementFactory,
    HeadquartersFactory,
    RegionFactory,
    UnitFactory,
    person,
)
from tests.owner import as_owner

pytestmark = pytest.mark.django_db
URL = reverse("agreements:calendar")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-11-10 04:00Z", tick=False):
        yield


def signed(office, starts_on, ends_on, **more):
    return AgreementFactory(
        office=office,
        status="signed",
        signed_on=starts_on,
        starts_on=starts_on,
        ends_on=ends_on,
        **more,
    )


def of_days(first, last):
    user = person(Role.HEADQUARTERS, HeadquartersFactory())
    kinds = tuple(events.KINDS.values())
    return SOURCES.sources["agreements"].found(Asked(user, first, last, 50, kinds))


def found(rows, first, month):
    months = {each.name: each.counts for each in events.grid(rows, first)}
    return months[month]


@pytest.mark.parametrize(
    ("starts_on", "day"),
    [
        (date(2024, 12, 5), date(2026, 12, 4)),
        (date(2025, 11, 30), date(2026, 11, 29)),
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2024, 3, 1), date(2028, 2, 29)),
        (date(2024, 2, 29), date(2027, 2, 27)),
        (date(2026, 10, 31), date(2027, 10, 30)),
    ],
)
def test_an_evaluation_is_due_at_the_end_of_each_year_of_it(starts_on, day):
    agreement = signed(UnitFactory(), starts_on, date(2029, 12, 31))

    for first, last in [(day.replace(day=1), day), (day, day + timedelta(6))]:
        told = {(event.uid, event.day) for event in of_days(first, last)}
        assert (f"agreement-{agreement.pk}-evaluation-{day.year}", day) in told
    after = of_days(day + timedelta(1), day + timedelta(20))
    assert "evaluation" not in {event.kind.name for event in after}


def test_none_is_due_once_it_has_ended_or_before_a_year_is_over():
    unit = UnitFactory()
    signed(unit, date(2024, 12, 5), date(2026, 12, 3))
    signed(unit, date(2026, 11, 5), date(2028, 11, 4))

    grid = events.grid(Agreement.objects.all(), date(2026, 11, 1))

    assert [each.name for each in grid if "evaluation" in each.counts] == []


def test_a_month_says_what_ends_begins_and_was_signed():
    unit = UnitFactory()
    signed(unit, date(2026, 11, 2), date(2027, 3, 4))
    AgreementFactory(office=unit, status="ready_to_sign", starts_on=date(2026, 12, 1))
    AgreementFactory(office=unit, status="draft", starts_on=date(2026, 12, 2))
    begins_later = signed(unit, date(2026, 9, 1), date(2031, 1, 1))
    Agreement.objects.filter(pk=begins_later.pk).update(starts_on=date(2027, 1, 5))

    rows, first = Agreement.objects.all(), date(2026, 11, 1)

    assert found(rows, first, "2027-03") == {"ends": 1}
    assert found(rows, first, "2026-11") == {"signing": 1}
    assert found(rows, first, "2026-12") == {"plan": 1}
    assert found(rows, first, "2027-01") == {"start": 1}


def test_each_month_of_a_year_opens_in_the_calendar(sign_in):
    mine, other = UnitFactory(), UnitFactory()
    for office in (mine, other):
        signed(office, date(2025, 1, 1), date(2026, 12, 9))
    client = sign_in(person(Role.UNIT_OPERATOR, mine))

    page = client.get(URL, {"month": "9999-99"})

    december, url = page.context["months"][1]
    assert december.counts == {"ends": 1}
    month = client.get(reverse("calendar:index") + url).context["page"]
    assert [(kind.name, number) for kind, number in month.kinds] == [("ends", 1)]


def test_an_address_that_was_given_to_a_programme_is_led_on(client):
    answer = client.get("/agreements/calendar/abc.ics")

    assert (answer.status_code, answer.url) == (301, "/calendar/abc.ics")


def test_a_kanwil_opens_the_page_of_the_month_once(sign_in):
    region = RegionFactory()
    client = sign_in(person(Role.REGIONAL_ADMIN, region))
    unit = UnitFactory(parent=region)
    signed(unit, date(2026, 1, 1), date(2026, 12, 9))

    first = client.post(reverse("agreements:open_month"))
    second = client.post(reverse("agreements:open_month"))

    assert first.url == second.url
    assert RegionMonth.objects.get().month == date(2026, 11, 1)
    page = client.get(first.url).text
    assert f"validity=expiring&amp;office={unit.pk}" in page
    assert f"attention=silent&amp;office={unit.pk}" in page


def test_a_head_of_region_is_reminded_once_a_month_however_often_it_runs():
    region = RegionFactory()
    head = person(Role.REGIONAL_HEAD, region)
    services.open_month(region, by=head)

    runs = [services.remind_of_months() for _again in range(2)]
    with time_machine.travel("2026-12-03 04:00Z", tick=False):
        runs.append(services.remind_of_months())

    kept = Notice.objects.filter(user=head, kind="regionmonth.opened")
    assert runs[1] == 0
    assert set(kept.values_list("title", flat=True)) == {
        "Kerja sama wilayah, November 2026",
        "Kerja sama wilayah, Desember 2026",
    }


def test_each_number_of_a_region_opens_a_list_of_as_many(sign_in):
    region = RegionFactory()
    unit = UnitFactory(parent=region)
    today = unit.today
    for ends in (-20, -200, 30, 400):
        signed(unit, today - timedelta(500), today + timedelta(ends))
    AgreementFactory(office=unit, status="suspended")
    client = sign_in(person(Role.REGIONAL_HEAD, region))
    page = client.post(reverse("agreements:open_month"), follow=True)

    for section in page.context["sections"]:
        query = f"?{section.query}&office={unit.pk}"
        listed = client.get(reverse("agreements:index") + query)
        assert len(listed.context["page"].rows) == len(section.found), section.name
    counts = {each.name: len(each.found) for each in page.context["sections"]}
    assert counts == {"ending": 1, "ended": 1, "silent": 2, "suspended": 1}


# The indexes of agreements that no constraint needs, but for the one of their years.
OTHERS = """
    SELECT indexrelid::regclass::text FROM pg_index
    WHERE indrelid = 'agreements_agreement'::regclass
        AND indexrelid <> 'agreement_years'::regclass
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


def test_an_index_knows_whose_year_ends_in_a_month():
    rows = Agreement.objects.filter(region=1)
    with as_owner() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(OTHERS)  # of few rows any index is as good
        for (other,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {other}")

    found = events.ROWS["evaluation"](rows, date(2026, 11, 1), date(2026, 11, 30))

    assert "agreement_years" in found.order_by().explain()


def test_it_is_known_how_many_begin_in_a_month():
    """Of an index that leaves rows out no statistics are used."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_statisticsobjdef_expressions(oid), "
            "pg_get_indexdef('agreement_years'::regclass) "
            "FROM pg_statistic_ext WHERE stxname = 'agreement_months'"
        )
        [((month,), index)] = cursor.fetchall()

    assert month in index


@pytest.mark.parametrize(
    "month", [date(2027, 2, 1), date(2028, 2, 1), date(2027, 12, 1)]
)
def test_a_whole_month_has_the_years_that_its_days_have(month):
    for starts_on in (
        *(date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 2)),
        *(date(2025, 1, 1), date(2025, 1, 2), date(2024, 12, 1), date(2025, 2, 1)),
    ):
        signed(UnitFactory(), starts_on, date(2029, 12, 31))
    last = moved_by(month, 1) - timedelta(days=1)
    evaluated = events.ROWS["evaluation"]

    rows = evaluated(Agreement.objects.all(), month, last)

    days = [month + timedelta(days=number) for number in range(last.day)]
    by_days = [evaluated(Agreement.objects.all(), day, day) for day in days]
    expected = {(each.pk, each.day) for found in by_days for each in found}
    assert {(each.pk, each.day) for each in rows} == expected != set()


def test_years_are_found_before_anything_is_joined_to_them():
    user = person(Role.HEADQUARTERS, HeadquartersFactory())
    kinds = (events.KINDS["evaluation"],)
    asked = Asked(user, date(2026, 11, 2), date(2026, 11, 8), 50, kinds)

    plan = events._first("evaluation", asked)[:50].explain()

    assert "InitPlan" in plan.partition("agreement_id")[0]

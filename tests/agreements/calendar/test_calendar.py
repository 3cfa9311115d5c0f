"""The calendar of agreements, its secret address, and a region's month."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from agreements.calendar import events, services
from agreements.calendar.models import CalendarFeed, RegionMonth, hashed
from agreements.models import Agreement
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from tests.factories import (
    AgreementFactory,
    RegionFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
URL = reverse("agreements:calendar")
FEED = reverse("agreements:feed")


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

    rows = events.of_month(Agreement.objects.all(), day.replace(day=1))

    told = {(event.kind.name, event.day, event.pk) for event in rows}
    assert ("evaluation", day, agreement.pk) in told


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


def test_each_sees_the_calendar_of_his_own(sign_in):
    mine, other = UnitFactory(), UnitFactory()
    signed(mine, date(2025, 1, 1), date(2026, 12, 9), title="PKS sendiri")
    signed(other, date(2025, 1, 1), date(2026, 12, 9), title="PKS lain")
    client = sign_in(person(Role.UNIT_OPERATOR, mine))

    page = client.get(URL, {"month": "2026-12"}).text

    assert "PKS sendiri" in page
    assert "PKS lain" not in page
    assert client.get(URL, {"month": "9999-99"}).context["month"] == date(2026, 11, 1)


def made(client):
    return client.post(FEED).context["address"].partition("/agreements/")[2]


def read(client, address):
    client.logout()
    return client.get(f"/agreements/{address}")


def test_a_programme_reads_with_the_address_what_its_owner_sees(sign_in, client):
    unit = UnitFactory()
    operator = person(Role.UNIT_OPERATOR, unit)
    title = "PKS; " + "panjang, " * 12
    signed(unit, date(2026, 1, 1), date(2027, 12, 9), title=title)
    signed(unit, date(2026, 1, 1), date(2030, 12, 9), title="PKS jauh")
    signed(UnitFactory(), date(2025, 1, 1), date(2027, 12, 9), title="PKS lain")
    address = made(sign_in(operator))

    response = read(client, address)

    text = response.content.decode()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    days = re.findall(r"DTSTART;VALUE=DATE:(\d+)", text)
    yearly = ["20261231", "20261231", "20271231", "20281231"]
    assert sorted(days) == sorted([*yearly, "20271209"])
    assert "PKS\\; panjang\\," in text.replace("\r\n ", "")
    assert "PKS lain" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    kept = CalendarFeed.objects.get(user=operator)
    token = address.removeprefix("calendar/").removesuffix(".ics")
    assert kept.token_hash == hashed(token) != token


def test_a_new_address_closes_the_old_one(sign_in, client):
    operator = person(Role.UNIT_OPERATOR)
    old = made(sign_in(operator))
    new = made(sign_in(operator))

    assert [read(client, each).status_code for each in (old, new)] == [404, 200]

    sign_in(operator).post(reverse("agreements:close_feed"))

    assert read(client, new).status_code == 404


def _end(operator):
    operator.assignments.update(ended_at=timezone.now())


def _close(operator):
    type(operator).objects.filter(pk=operator.pk).update(is_active=False)


@pytest.mark.parametrize("lose", [_end, _close])
def test_who_lost_his_access_reads_nothing_more(sign_in, client, lose):
    operator = person(Role.UNIT_OPERATOR)
    address = made(sign_in(operator))

    lose(operator)

    assert read(client, address).status_code == 404


def test_a_partner_reads_its_own_without_drafts(sign_in, client):
    unit = UnitFactory()
    agreement = signed(unit, date(2025, 1, 1), date(2026, 12, 9), title="PKS kami")
    signed(unit, date(2025, 1, 1), date(2026, 12, 9), title="PKS orang")
    partner = RepresentativeFactory(partner=agreement.partner).user

    text = read(client, made(sign_in(partner))).content.decode()

    assert ("PKS kami" in text, "PKS orang" in text) == (True, False)


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


def test_a_search_that_finds_nothing_shows_an_empty_month(sign_in):
    client = sign_in(person(Role.UNIT_OPERATOR, UnitFactory()))

    page = client.get(reverse("agreements:calendar"), {"q": "*"})

    assert page.status_code == 200

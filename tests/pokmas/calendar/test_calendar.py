"""The calendar of the portal, and its secret address for programmes."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from outreach.activities import events
from outreach.activities.models import PAST_MIDNIGHT
from outreach.models import Activity
from pokmas.accounts.roles import Role
from pokmas.calendar import reading
from pokmas.calendar.models import CalendarFeed, hashed
from pokmas.calendar.sources import SOURCES, Asked
from pokmas.offices.models import Zone
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    CommunityGroupFactory,
    HeadquartersFactory,
    PartnerFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
URL = reverse("calendar:index")
FEED = reverse("calendar:feed")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-11-10 04:00Z", tick=False):
        yield


def held(office, day, hour=2, **more):
    return ActivityFactory(
        office=office, starts_at=datetime(2026, 11, day, hour, tzinfo=UTC), **more
    )


def signed(office, starts_on, ends_on, **more):
    return AgreementFactory(
        office=office,
        status="signed",
        signed_on=starts_on,
        starts_on=starts_on,
        ends_on=ends_on,
        **more,
    )


def shown(client, **asked):
    page = client.get(URL, asked).context["page"]
    return [event.title for day in page.days for event in day.events]


def test_activities_and_agreements_stand_in_one_calendar_of_ones_own(sign_in):
    mine, other = UnitFactory(zone="Asia/Jayapura"), UnitFactory()
    for office, whose in ((mine, "sendiri"), (other, "lain")):
        # 16.30 UTC of the 11th is the 12th in Jayapura.
        held(office, 11, 16, title=f"Kegiatan {whose}")
        signed(office, date(2025, 1, 1), date(2026, 11, 12), title=f"PKS {whose}")
    client = sign_in(person(Role.UNIT_OPERATOR, mine))

    page = client.get(URL)

    days = {day.date: day for day in page.context["page"].days}
    titles = [event.title for event in days[date(2026, 11, 12)].events]
    assert titles == ["PKS sendiri", "Kegiatan sendiri"]
    assert "01.00–03.00 WIT" in client.get(URL, {"view": "list"}).text
    assert "lain" not in page.text.partition("<main")[2].partition("</main")[0]


def test_kinds_are_told_apart_by_words_and_no_two_by_the_same():
    sources = SOURCES.of(person(Role.HEADQUARTERS))
    words = [str(kind.short) for source in sources for kind in source.kinds]

    assert len(words) == len(set(words)) > 1


@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_an_entry_says_in_sight_what_it_is(sign_in, view):
    operator = person(Role.UNIT_OPERATOR)
    activity = ActivityFactory(office=operator.acting.office, status="cancelled")

    page = sign_in(operator).get(URL, {"view": view, "day": activity.held_on})

    [event] = re.findall(
        r'<a class="event .*?</a>|<article.*?</article>', page.text, re.S
    )
    seen = re.sub(r'<span class="visually-hidden">.*?</span>', "", event)
    assert "Dibatalkan" in seen


def test_what_takes_several_days_stands_on_each_of_them(sign_in):
    unit = UnitFactory(zone="Asia/Jayapura")
    for day, month in ((30, 10), (11, 11)):
        start = datetime(2026, month, day, tzinfo=UTC)
        ends_at = start + timedelta(days=2, hours=4)
        ActivityFactory(
            office=unit, starts_at=start, ends_at=ends_at, title=f"Mulai {day}"
        )
    client = sign_in(person(Role.UNIT_OPERATOR, unit))

    page = client.get(URL).context["page"]

    days = {
        day.date.day: [(event.title, event.clock) for event in day.events]
        for day in page.days
        if day.events
    }
    assert days == {
        1: [("Mulai 30", "hari ke-3")],
        11: [("Mulai 11", "09.00")],
        12: [("Mulai 11", "hari ke-2")],
        13: [("Mulai 11", "hari ke-3")],
    }
    assert [number for _kind, number in page.kinds] == [2]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ({}, date(2026, 11, 1), date(2026, 11, 30)),
        ({"view": "week"}, date(2026, 11, 9), date(2026, 11, 15)),
        ({"view": "list"}, date(2026, 11, 10), date(2026, 12, 10)),
        ({"day": "2028-02-29"}, date(2028, 2, 1), date(2028, 2, 29)),
        ({"day": "31-02-2026", "view": "x"}, date(2026, 11, 1), date(2026, 11, 30)),
        ({"day": "9999-12-31"}, date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_a_page_shows_a_month_a_week_or_a_list(sign_in, asked, first, last):
    client = sign_in(person(Role.UNIT_OPERATOR))

    period = client.get(URL, asked).context["period"]

    assert (period.first, period.last) == (first, last)


def test_it_is_narrowed_by_kind_group_and_to_ones_own(sign_in):
    unit = UnitFactory()
    operator = person(Role.UNIT_OPERATOR, unit)
    group = CommunityGroupFactory(office=unit, status="active")
    held(unit, 11, title="Dengan kelompok", group=group)
    held(unit, 12, title="Milik saya", created_by=operator)
    held(unit, 13, title="Batal", status="cancelled")
    signed(unit, date(2025, 1, 1), date(2026, 11, 12), title="PKS")
    client = sign_in(operator)

    assert shown(client, kind="activities") == [
        "Dengan kelompok",
        "Milik saya",
        "Batal",
    ]
    assert shown(client, kind="cancelled") == ["Batal"]
    assert shown(client, kind="ends") == ["PKS"]
    assert shown(client, group=group.pk) == ["Dengan kelompok"]
    assert shown(client, mine="on") == ["Milik saya"]
    assert shown(client, kind="nonsense", group="x") == shown(client)


def test_of_too_many_a_grid_says_numbers_and_a_list_goes_on(sign_in, monkeypatch):
    monkeypatch.setattr(reading, "SHOWN", 4)
    unit = UnitFactory()
    for day in (11, 11, 12, 12, 12, 13):
        held(unit, day)
    client = sign_in(person(Role.UNIT_OPERATOR, unit))

    month = client.get(URL).context["page"]
    listed = client.get(URL, {"view": "list"})

    numbers = {day.date.day: day.number for day in month.days if day.number}
    assert numbers == {11: 2, 12: 3, 13: 1}
    assert not any(day.events for day in month.days)
    assert listed.context["page"].number == 2
    rest = client.get(URL + listed.context["on"][1])
    assert rest.context["page"].number == 4


def test_a_day_that_is_too_full_leads_to_its_list(sign_in, monkeypatch):
    monkeypatch.setattr(reading, "SHOWN", 2)
    unit = UnitFactory()
    for _number in range(3):
        held(unit, 10)
    client = sign_in(person(Role.UNIT_OPERATOR, unit))

    page = client.get(URL, {"view": "list"})

    [(_label, url)] = page.context["lists"]
    assert page.context["page"].number == 2
    assert len(client.get(url).context["page"].rows) == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_any_number_of_rows(
    sign_in, django_assert_max_num_queries, rows
):
    unit = UnitFactory()
    for _number in range(rows):
        held(unit, 11, partners=[PartnerFactory(office=unit)])
        signed(unit, date(2025, 1, 1), date(2026, 11, 12))
    client = sign_in(person(Role.UNIT_OPERATOR, unit))

    with django_assert_max_num_queries(12):
        client.get(URL)


@pytest.mark.parametrize("scope", [{}, {"region": 1}, {"office": 1}])
def test_an_index_finds_the_days(scope):
    rows = Activity.objects.filter(held_on__range=("2026-11-01", "2026-11-30"), **scope)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = rows.order_by("held_on", "pk")[:301].explain()

    assert "Seq Scan" not in plan
    assert "held_on" in plan.partition("Index Cond")[2]


@pytest.mark.parametrize("zone", Zone)
def test_an_index_knows_what_ends_after_midnight_in_each_zone(zone):
    clock, user = ZoneInfo(zone), person(Role.UNIT_OPERATOR, UnitFactory(zone=zone))
    longer = ActivityFactory(
        office=user.acting.office,
        starts_at=datetime(2026, 10, 31, 22, tzinfo=clock),
        ends_at=datetime(2026, 11, 1, 0, 5, tzinfo=clock),
        held_on=date(2026, 10, 31),
    )
    days = (date(2026, 11, 1), date(2026, 11, 30))
    asked = Asked(user, *days, 300, tuple(events.KINDS.values()))

    assert list(events._longer(asked)) == [longer]
    kept = [each for each in Activity._meta.indexes if "long" in each.name]
    assert {each.condition for each in kept} == {PAST_MIDNIGHT}
    scopes = {each.fields[0] for each in kept}
    assert scopes == {"held_on", "office", "region"}


# The address for programmes


def made(client):
    page = client.post(FEED, follow=True)
    return page.context["address"].partition("/calendar/")[2]


def read(client, address):
    client.logout()
    return client.get(f"/calendar/{address}")


def events_of(response):
    return {
        str(event["UID"]).partition("@")[0]: event
        for event in Calendar.from_ical(response.content).walk("VEVENT")
    }


def test_a_programme_reads_with_the_address_what_its_owner_sees(sign_in, client):
    unit = UnitFactory()
    operator = person(Role.UNIT_OPERATOR, unit)
    title = "PKS; " + "panjang, " * 12
    near = signed(unit, date(2026, 1, 1), date(2027, 12, 9), title=title)
    far = signed(unit, date(2026, 1, 1), date(2030, 12, 9), title="PKS jauh")
    signed(UnitFactory(), date(2025, 1, 1), date(2027, 12, 9), title="PKS lain")
    address = made(sign_in(operator))

    response = read(client, address)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    days = {uid: event.start for uid, event in events_of(response).items()}
    assert days == {
        f"agreement-{near.pk}-evaluation-2026": date(2026, 12, 31),
        f"agreement-{far.pk}-evaluation-2026": date(2026, 12, 31),
        f"agreement-{near.pk}-ends": date(2027, 12, 9),
        f"agreement-{far.pk}-evaluation-2027": date(2027, 12, 31),
        f"agreement-{far.pk}-evaluation-2028": date(2028, 12, 31),
    }
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    kept = CalendarFeed.objects.get(user=operator)
    token = address.removesuffix(".ics")
    assert kept.token_hash == hashed(token) != token


@pytest.mark.parametrize(
    ("zone", "ahead"),
    [("Asia/Jakarta", 7), ("Asia/Makassar", 8), ("Asia/Jayapura", 9)],
)
def test_hours_are_those_of_the_unit_wherever_a_telephone_is(
    sign_in, client, zone, ahead
):
    unit = UnitFactory(zone=zone)
    activity = held(unit, 11, title="Penyuluhan")
    address = made(sign_in(person(Role.UNIT_OPERATOR, unit)))

    response = read(client, address)

    event = events_of(response)[f"activity-{activity.pk}"]
    assert event.start.utcoffset() == timedelta(hours=ahead)
    assert (event.start, event.end) == (activity.starts_at, activity.ends_at)
    assert event["DTSTART"].params["TZID"] == zone
    [described] = Calendar.from_ical(response.content).walk("VTIMEZONE")
    assert described["TZID"] == zone


def test_what_was_moved_or_called_off_keeps_its_name_in_programmes(sign_in, client):
    unit = UnitFactory()
    activity = held(unit, 11)
    address = made(sign_in(person(Role.UNIT_OPERATOR, unit)))
    before = events_of(read(client, address))
    Activity.objects.filter(pk=activity.pk).update(
        status="cancelled", reason="Hujan", revision=4
    )

    after = events_of(read(client, address))

    [uid] = before
    assert (before[uid]["STATUS"], before[uid]["SEQUENCE"]) == ("CONFIRMED", 0)
    assert (after[uid]["STATUS"], after[uid]["SEQUENCE"]) == ("CANCELLED", 4)


def test_headquarters_is_not_flooded_with_what_all_units_do(sign_in, client):
    admin = person(Role.HEADQUARTERS, HeadquartersFactory())
    held(UnitFactory(), 11)
    own = held(UnitFactory(), 12, created_by=admin)
    address = made(sign_in(admin))

    assert list(events_of(read(client, address))) == [f"activity-{own.pk}"]


def test_an_address_is_shown_once_and_loading_anew_makes_no_other(sign_in, client):
    user = sign_in(person(Role.UNIT_OPERATOR))
    address = made(user)

    again = user.get(FEED)

    assert address not in again.text
    assert "Alamat yang lama tidak berlaku lagi" in again.text
    assert read(client, address).status_code == 200


def test_a_new_address_closes_the_old_one(sign_in, client):
    operator = person(Role.UNIT_OPERATOR)
    old = made(sign_in(operator))
    new = made(sign_in(operator))

    assert [read(client, each).status_code for each in (old, new)] == [404, 200]

    sign_in(operator).post(reverse("calendar:close_feed"))

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
    held(unit, 11, title="Kegiatan kami", partners=[agreement.partner])
    held(unit, 11, title="Kegiatan orang")
    partner = RepresentativeFactory(partner=agreement.partner).user

    text = read(client, made(sign_in(partner))).content.decode()

    assert "PKS kami" in text
    assert "Kegiatan kami" in text
    assert "orang" not in text

"""An acceptance has an end where headquarters asks for one, and is renewed."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from outreach.models import Activity
from partners.ladder import services as ladder
from partners.models import Promise, Volunteer
from partners.terms import services
from partners.volunteers import services as volunteers
from partners.volunteers import term
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from pokmas.rules.models import Rule
from tests.factories import (
    ActivityFactory,
    HeadquartersFactory,
    VolunteerFactory,
    person,
    volunteer_of,
)

pytestmark = pytest.mark.django_db
Status = Volunteer.Status
TODAY = date(2026, 9, 14)
INDEX = reverse("partners:volunteer_index")
CODE = Rule.Code.VOLUNTEER_MONTHS


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-09-14 03:00Z", tick=False):
        yield


def asks(months, since=date(2026, 1, 1)):
    Rule.objects.create(code=CODE, value=months, valid_from=since, source="Uji")


def day(ahead):
    return TODAY + timedelta(days=ahead)


def ending(ahead, **more):
    """One whose last day is so many days ahead, and who made the promise of today."""
    promise = Promise.objects.holding(TODAY)
    return VolunteerFactory(**{"accepted_until": day(ahead), "promise": promise} | more)


def operator_of(volunteer):
    return person(Role.UNIT_OPERATOR, volunteer.office)


def accepted():
    volunteer = VolunteerFactory(status=Status.SUBMITTED)
    volunteers.accept(volunteer, by=operator_of(volunteer))
    return volunteer


def names(response):
    return {row.name for row in response.context["listing"].page.rows}


def test_as_the_portal_begins_an_acceptance_has_no_end(sign_in):
    volunteer = accepted()
    client = sign_in(operator_of(volunteer))

    page = client.get(volunteer.get_absolute_url()).text
    filters = client.get(INDEX).context["filters"].form.fields

    assert volunteer.until is None
    assert "Masa tugas" not in page
    assert "term" not in filters


@pytest.mark.parametrize(
    ("months", "until"),
    [(12, date(2027, 9, 14)), (5, date(2027, 2, 14)), (0, None)],
)
def test_an_acceptance_lasts_for_the_months_of_the_rule(months, until):
    asks(months)

    assert accepted().until == until


def test_months_end_with_a_shorter_month():
    asks(1)

    assert term.last_day(date(2027, 1, 31), TODAY) == date(2027, 2, 28)


# When the rule changes: what it asked before, from when it asks otherwise
@pytest.mark.parametrize(
    ("rules", "until", "is_over"),
    [
        # It is set: those who came before have no end.
        ([(12, 0)], None, False),
        # It is taken away before their last day: nobody ends.
        ([(12, -300), (0, -20)], -10, False),
        # It is taken away after it: who ended stays ended.
        ([(12, -300), (0, -5)], -10, True),
        # It comes again: a last day of the time between ends nobody afterwards.
        ([(12, -300), (0, -20), (12, -5)], -10, False),
        # It becomes shorter or longer: what was said at acceptance holds.
        ([(12, -300), (1, -200)], -10, True),
        ([(12, -300), (24, -200)], -10, True),
    ],
)
def test_a_rule_that_comes_or_goes_changes_nothing_of_the_past(rules, until, is_over):
    for months, since in rules:
        asks(months, day(since))
    last = None if until is None else day(until)
    volunteer = VolunteerFactory(accepted_until=last)

    assert volunteer.is_over == is_over
    assert Volunteer.objects.lapsed().exists() == is_over
    assert Volunteer.objects.serving().exists() == (not is_over)
    read = Volunteer.objects.for_list().get()
    assert read.is_over == is_over


def test_the_rule_is_set_for_days_to_come_only(sign_in):
    client = sign_in(person(Role.HEADQUARTERS, HeadquartersFactory()))
    address = reverse("reference:create", args=["rules"])
    sent = {"code": CODE, "value": "12", "source": "Uji"}

    late = client.post(address, sent | {"valid_from": "14-09-2026"})
    client.post(address, sent | {"valid_from": "15-09-2026"})

    assert "paling cepat besok" in late.text
    assert Rule.objects.filter(code=CODE).latest("valid_from").value == 12
    assert term.months(TODAY) == 0


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (-1, "Masa tugas ini berakhir"),
        (0, "Masa tugas ini berlaku sampai"),
        (30, "Masa tugas ini berlaku sampai"),
        (31, None),
    ],
)
def test_the_page_says_how_long_it_lasts(sign_in, ahead, words):
    asks(12)
    volunteer = ending(ahead)

    page = sign_in(operator_of(volunteer)).get(volunteer.get_absolute_url()).text

    assert ("Masa tugas ini" in page) == (words is not None)
    assert words is None or words in page
    assert "Masa tugas sampai" in page


@pytest.mark.parametrize(
    ("asked", "found"), [("ending", {"Besok", "Sebulan"}), ("lapsed", {"Lewat"})]
)
def test_the_list_finds_those_whose_term_ends(sign_in, asked, found):
    asks(12)
    office = ending(-1, name="Lewat").office
    for name, ahead in [("Besok", 1), ("Sebulan", 30), ("Nanti", 31)]:
        ending(ahead, name=name, office=office)
    VolunteerFactory(name="Tanpa batas", office=office)
    ending(-1, name="Ditangguhkan", office=office, status=Status.SUSPENDED)

    page = sign_in(person(Role.UNIT_OPERATOR, office)).get(f"{INDEX}?term={asked}")

    assert names(page) == found


def test_the_list_says_that_a_term_is_over(sign_in):
    asks(12)
    volunteer = ending(-1)

    page = sign_in(operator_of(volunteer)).get(INDEX).text

    assert '<span class="status tone-bad">Masa tugas berakhir</span>' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_them(
    sign_in, rows, django_assert_num_queries
):
    asks(12)
    office = ending(-1).office
    for _row in range(rows - 1):
        ending(-1, office=office)
    client = sign_in(person(Role.UNIT_OPERATOR, office))
    client.get(INDEX)

    with django_assert_num_queries(8):
        client.get(INDEX)


def test_who_is_over_sees_no_activities_and_does_not_rise():
    asks(12)
    user = volunteer_of(accepted_until=day(-1))
    volunteer = user.volunteers.get()
    ActivityFactory(office=volunteer.office, status="planned")

    with pytest.raises(ValidationError, match="Perpanjang dahulu"):
        ladder.promote(
            volunteer,
            promoted_on=TODAY,
            evidence="Hadir.",
            papers=[],
            by=operator_of(volunteer),
        )

    assert not Activity.objects.visible_to(user).exists()


def test_the_unit_renews_in_one_step(sign_in):
    asks(12)
    user = volunteer_of(accepted_until=day(-1), promise=Promise.objects.get())
    volunteer = user.volunteers.get()
    operator = operator_of(volunteer)
    client = sign_in(operator)

    response = client.post(
        reverse("partners:volunteer_renew", args=[volunteer.pk]), {"revision": 0}
    )
    page = client.get(response.url).text

    volunteer.refresh_from_db()
    assert volunteer.accepted_until == date(2027, 9, 14)
    assert "Masa tugasnya sekarang sampai 14 September 2027." in page
    assert Entry.objects.get(action="volunteer.renewed").actor == operator
    told = Notice.objects.get(user=user, kind="volunteer.renewed")
    assert "14 September 2027" in told.body


def test_what_is_left_of_the_old_term_is_not_lost():
    asks(12)
    volunteer = ending(30)

    services.renew(volunteer, by=operator_of(volunteer))

    assert volunteer.accepted_until == date(2027, 10, 14)


def test_who_came_before_the_rule_is_given_a_term():
    asks(6)
    volunteer = VolunteerFactory(promise=Promise.objects.get())

    services.renew(volunteer, by=operator_of(volunteer))

    assert volunteer.until == date(2027, 3, 14)


def test_when_no_term_is_asked_for_any_more_who_ended_goes_on_without_one():
    asks(12, day(-300))
    asks(0, TODAY)
    volunteer = ending(-1)

    services.renew(volunteer, by=operator_of(volunteer))

    assert (volunteer.accepted_until, volunteer.is_serving) == (None, True)


@pytest.mark.parametrize(("months", "ahead"), [(12, 31), (0, None)])
def test_it_is_not_renewed_before_its_time(months, ahead):
    asks(months)
    volunteer = ending(0, accepted_until=ahead and day(ahead))

    with pytest.raises(ValidationError, match="belum perlu"):
        services.renew(volunteer, by=operator_of(volunteer))


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.ACTIVE}))
def test_only_an_active_one_is_renewed(status):
    asks(12)
    volunteer = ending(-1, status=status)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        services.renew(volunteer, by=operator_of(volunteer))


def test_nobody_renews_himself():
    asks(12)
    volunteer = ending(-1)
    volunteer.user = user = operator_of(volunteer)
    volunteer.save()

    with pytest.raises(ValidationError, match="orang lain"):
        services.renew(volunteer, by=user)


def test_a_promise_that_was_reworded_is_made_first(sign_in):
    asks(12)
    volunteer = ending(-1)
    Promise.objects.create(title="Janji", text="Lain.", valid_from=date(2026, 9, 1))
    operator = operator_of(volunteer)

    page = sign_in(operator).get(volunteer.get_absolute_url()).text
    with pytest.raises(ValidationError, match="membuat janji yang baru dahulu"):
        services.renew(volunteer, by=operator)

    assert "masa tugas tidak dapat diperpanjang" in page


def test_pressed_twice_it_is_renewed_once(sign_in):
    asks(12)
    volunteer = ending(-1)
    client = sign_in(operator_of(volunteer))
    address = reverse("partners:volunteer_renew", args=[volunteer.pk])

    client.post(address, {"revision": 0})
    client.post(address, {"revision": 0}, follow=True)

    volunteer.refresh_from_db()
    assert volunteer.accepted_until == date(2027, 9, 14)
    assert Entry.objects.filter(action="volunteer.renewed").count() == 1


def test_unit_and_volunteer_are_told_once_at_each_distance():
    asks(12)
    user = volunteer_of(accepted_until=date(2026, 10, 31))
    volunteer = user.volunteers.get()
    operator = operator_of(volunteer)
    ending(17, office=volunteer.office, status=Status.SUSPENDED)

    for ahead in (16, 17, 18, 40):
        at = datetime(2026, 9, 14, 1, tzinfo=UTC) + timedelta(days=ahead)
        services.tell_of_ends(at)

    told = Notice.objects.filter(kind="volunteer.term_ends").order_by("pk")
    assert sorted(told.values_list("user", flat=True)) == sorted(
        [operator.pk, user.pk] * 2
    )
    assert "berakhir 31 Oktober 2026" in told[0].title


def test_nobody_is_told_of_a_last_day_that_does_not_count():
    asks(12)
    asks(0, day(10))
    ending(15)

    services.tell_of_ends(datetime(2026, 9, 14, 3, tzinfo=UTC))

    assert not Notice.objects.exists()


def test_his_home_page_says_in_whose_hands_it_is(sign_in):
    asks(12)
    user = volunteer_of(accepted_until=day(10), promise=Promise.objects.get())

    page = sign_in(user).get(reverse("reports:home")).text

    assert "paling lambat 24 September 2026" in page


def test_of_terms_that_end_soon_none_is_read_that_ended_long_ago():
    plan = Volunteer.objects.ending().explain()

    assert "accepted_until >= " in plan

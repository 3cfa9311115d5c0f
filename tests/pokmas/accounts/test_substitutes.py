"""A head names who stands in for him while he is away."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from pokmas.accounts.models import Assignment
from pokmas.accounts.roles import Role
from pokmas.accounts.services import substitutes
from pokmas.audit.models import Entry
from tests.factories import AssignmentFactory, UserFactory, person

pytestmark = pytest.mark.django_db
PAGE = reverse("accounts:substitutes")


@pytest.fixture
def head():
    return person(Role.UNIT_HEAD)


@pytest.fixture
def officer(head):
    return person(Role.UNIT_OPERATOR, head.acting.office)


def term(user, office, *, after=0, days=5):
    starts_on = office.today + timedelta(days=after)
    return Assignment(
        user=user, starts_on=starts_on, ends_on=starts_on + timedelta(days=days)
    )


def test_a_named_officer_acts_as_the_head_with_all_his_rights(
    sign_in, mailoutbox, head, officer
):
    today = head.acting.office.today

    sign_in(head).post(
        PAGE,
        {
            "user": officer.pk,
            "starts_on": today.isoformat(),
            "ends_on": today.isoformat(),
            "decree_number": "W22-1",
        },
    )

    named = officer.assignments.get(role=Role.UNIT_HEAD)
    assert (named.title, named.office, named.created_by) == (
        "Plh. Kepala UPT",
        head.acting.office,
        head,
    )
    assert [mail.to for mail in mailoutbox] == [[officer.email]]
    assert Entry.objects.filter(action="user.substitute_named").get().actor == head


def test_he_acts_so_from_the_first_day_to_the_last_only(head, officer):
    office = head.acting.office
    named = substitutes.name_substitute(term(officer, office, after=3), by=head)

    days = [-1, 0, 5, 6]
    held = [
        officer.assignments.current(named.starts_on + timedelta(days=day))
        .filter(role=Role.UNIT_HEAD)
        .exists()
        for day in days
    ]

    assert held == [False, True, True, False]


@pytest.mark.parametrize("who", ["himself", "elsewhere", "partner", "closed"])
def test_only_another_officer_of_the_office_is_named(head, who):
    office = head.acting.office
    closed = person(Role.UNIT_OPERATOR, office)
    closed.is_active = False
    closed.save()
    people = {
        "himself": head,
        "elsewhere": person(Role.UNIT_OPERATOR),
        "partner": person(Role.PARTNER, office),
        "closed": closed,
    }

    with pytest.raises(ValidationError, match="petugas lain"):
        substitutes.name_substitute(term(people[who], office), by=head)


def test_nobody_is_named_for_a_time_with_another(head, officer):
    office = head.acting.office
    substitutes.name_substitute(term(officer, office), by=head)
    second = person(Role.UNIT_OPERATOR, office)

    with pytest.raises(ValidationError, match="sudah digantikan"):
        substitutes.name_substitute(term(second, office, after=5), by=head)


def test_nobody_is_named_for_a_day_that_is_over(head, officer):
    with pytest.raises(ValidationError, match="sudah lewat"):
        substitutes.name_substitute(
            term(officer, head.acting.office, after=-1), by=head
        )


def test_who_stands_in_names_nobody(sign_in, head, officer):
    office = head.acting.office
    standing_in = AssignmentFactory(
        user=UserFactory(),
        role=Role.UNIT_HEAD,
        office=office,
        capacity="daily_acting",
        ends_on=office.today,
    ).user

    response = sign_in(standing_in).post(PAGE, {"user": officer.pk})

    assert response.url == reverse("accounts:me")
    assert not officer.assignments.filter(role=Role.UNIT_HEAD).exists()


def test_a_head_who_is_back_ends_it_at_once(sign_in, head, officer):
    named = substitutes.name_substitute(term(officer, head.acting.office), by=head)

    sign_in(head).post(reverse("accounts:end_substitute", args=[named.pk]))

    assert not officer.assignments.current().filter(role=Role.UNIT_HEAD).exists()
    assert Entry.objects.filter(action="user.substitute_ended").get().actor == head


def test_a_head_ends_nobody_who_does_not_stand_in_for_him(head, officer):
    with pytest.raises(ValidationError, match="tidak sedang menggantikan"):
        substitutes.end_substitution(officer.assignments.get(), by=head)


def test_the_own_page_and_home_lead_there(sign_in, head):
    client = sign_in(head)

    pages = [client.get(reverse(name)) for name in ("accounts:me", "reports:home")]

    assert [PAGE in page.content.decode() for page in pages] == [True, True]


def standing_in(officer, head):
    """The officer's assignment as Plh. of that head, from today on."""
    return substitutes.name_substitute(term(officer, head.acting.office), by=head)


def test_who_stands_in_comes_in_in_his_own_role(sign_in, head, officer):
    own = officer.assignments.get()
    standing_in(officer, head)

    response = sign_in(officer).get(reverse("accounts:me"))

    assert response.wsgi_request.user.acting == own


def test_home_offers_the_substitution_until_he_acts_in_it(sign_in, head, officer):
    named = standing_in(officer, head)
    client, offer = sign_in(officer), f"Anda menggantikan {head} sampai"

    before = client.get(reverse("reports:home")).text
    client.post(reverse("accounts:switch"), {"assignment": named.pk})
    after = client.get(reverse("reports:home")).text

    assert (offer in before, offer in after) == (True, False)


def test_who_acts_in_a_substitution_is_offered_no_further_one(sign_in, head, officer):
    named = standing_in(officer, head)
    client = sign_in(officer)
    client.post(reverse("accounts:switch"), {"assignment": named.pk})

    pages = [client.get(reverse(name)) for name in ("accounts:me", "reports:home")]

    assert [PAGE in page.text for page in pages] == [False, False]


def test_a_page_that_refused_a_role_is_shown_again_in_the_other(sign_in, head, officer):
    named = standing_in(officer, head)
    client = sign_in(officer)

    refused = client.get(f"{PAGE}?a=1")
    answer = client.post(
        reverse("accounts:switch"), {"assignment": named.pk, "next": f"{PAGE}?a=1"}
    )

    assert refused.status_code == 403
    assert f'name="next" value="{PAGE}?a=1"' in refused.text
    assert answer.url == f"{PAGE}?a=1"


@pytest.mark.parametrize("goal", ["//evil.example/", "https://evil.example/", ""])
def test_nobody_is_led_out_of_the_portal_by_a_change_of_role(sign_in, officer, goal):
    post = {"assignment": officer.acting.pk, "next": goal}

    response = sign_in(officer).post(reverse("accounts:switch"), post)

    assert response.url == reverse("home")


def test_nobody_stands_in_for_more_than_ninety_days(head, officer):
    office = head.acting.office
    substitutes.name_substitute(term(officer, office, days=89), by=head)
    second = person(Role.UNIT_OPERATOR, office)

    with pytest.raises(ValidationError, match="Paling lama 90 hari"):
        substitutes.name_substitute(term(second, office, after=90, days=90), by=head)


def test_the_choice_shows_each_officer_with_his_role(sign_in, head, officer):
    page = sign_in(head).get(PAGE)

    assert f"{officer} · Operator UPT" in page.text


def test_the_named_person_is_told_in_the_portal_and_named_by_name(
    sign_in, mailoutbox, head, officer
):
    today = head.acting.office.today.isoformat()

    page = sign_in(head).post(
        PAGE, {"user": officer.pk, "starts_on": today, "ends_on": today}, follow=True
    )

    notice = officer.notices.get()
    assert notice.title.startswith(f"Anda menggantikan {head} sampai")
    assert f"{officer} ditunjuk sebagai pengganti dan diberi tahu." in page.text
    assert [mail.to for mail in mailoutbox] == [[officer.email]]

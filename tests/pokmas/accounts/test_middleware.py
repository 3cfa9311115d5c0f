"""Second factor before anything else, idle and longest time of a session."""

import re
import time
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pokmas.accounts import resume
from pokmas.accounts.middleware import EXPIRED, SEEN_AT, SIGNED_IN_AT
from pokmas.accounts.models import Assignment, RoleOverride, User
from pokmas.accounts.roles import COMMUNITY, STAFF, Role
from tests.factories import AssignmentFactory, UserFactory, person

pytestmark = pytest.mark.django_db

LAST_YEAR = date(2025, 1, 1)
PAGES = [
    "/",
    "/people/",
    "/people/me/",
    "/people/roles/",
    "/people/requests/",
    "/partners/",
    "/agreements/",
    "/activities/",
    "/reports/",
    "/offices/",
    "/audit/",
    "/notices/",
    "/jobs/",
]


def enters(client, user, *, factor=False, proven=False):
    """A session as it is after the password, or after the second factor as well."""
    client.force_login(user)
    if factor:
        Authenticator.objects.create(user=user, type="totp", data={})
    if proven:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 1}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
    return client


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_get_nowhere_without_a_second_factor(client, role):
    enters(client, person(role))

    answers = {page: client.get(page) for page in PAGES}

    goal = reverse("accounts:second_factor")
    led_to = {page: answer.headers.get("Location") for page, answer in answers.items()}
    assert led_to == dict.fromkeys(PAGES, goal)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_change_nothing_without_a_second_factor(client, role):
    enters(client, person(role))

    response = client.post(reverse("accounts:edit"), {"full_name": "X"})

    assert response.headers["Location"] == reverse("accounts:second_factor")


@pytest.mark.parametrize(
    "name",
    [
        "accounts:second_factor",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_logout",
        "help",
    ],
)
def test_the_way_to_a_second_factor_is_open(client, name):
    user = person(Role.UNIT_OPERATOR)
    enters(client, user)
    session = client.session
    session[SIGNED_IN_AT] = int(time.time())
    session.save()

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert response.wsgi_request.user.acting is None


def test_every_way_in_the_menu_of_who_has_no_second_factor_leads_on(client):
    enters(client, person(Role.UNIT_OPERATOR))

    page = client.get(reverse("accounts:second_factor"))
    ways = re.findall(
        r'class="(?:nav-link|menu-item|bar-item)" href="([^"]+)"', page.text
    )
    answers = {way: client.get(way) for way in set(ways)}
    led_back = {
        way
        for way, answer in answers.items()
        if answer.headers.get("Location") == reverse("accounts:second_factor")
    }

    assert reverse("accounts:second_factor") in ways
    assert led_back == set()
    assert "Pendaftaran saya" not in page.text


def test_a_second_factor_that_was_not_shown_in_this_session_does_not_count(client):
    enters(client, person(Role.UNIT_OPERATOR), factor=True)

    response = client.get("/people/me/")
    page = client.get(reverse("accounts:second_factor"))

    assert response.headers["Location"] == reverse("accounts:second_factor")
    assert "Tunjukkan langkah kedua" in page.content.decode()


def test_a_proof_of_another_person_does_not_count(client):
    user = person(Role.UNIT_OPERATOR)
    enters(client, user, factor=True, proven=True)
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk + 1)
    session.save()

    response = client.get("/people/me/")

    assert response.status_code == 302


def test_a_second_factor_that_was_taken_off_does_not_count_any_more(client):
    user = person(Role.UNIT_OPERATOR)
    enters(client, user, factor=True, proven=True)
    assert client.get("/people/me/").status_code == 200

    Authenticator.objects.all().delete()

    assert client.get("/people/me/").status_code == 302


@pytest.mark.parametrize("role", sorted(COMMUNITY))
def test_partners_and_volunteers_may_do_without(client, role):
    enters(client, person(role))

    assert client.get("/people/me/").status_code == 200


def test_whoever_has_both_acts_for_the_community_without_it(client):
    user = person(Role.UNIT_OPERATOR)
    volunteer = AssignmentFactory(user=user, role=Role.VOLUNTEER)
    enters(client, user)

    client.post(reverse("accounts:switch"), {"assignment": volunteer.pk})
    response = client.get("/people/me/")

    assert response.status_code == 200
    assert response.wsgi_request.user.acting == volunteer


@pytest.mark.parametrize(
    ("first_look", "is_demo", "let_in"),
    [(True, True, True), (True, False, False), (False, True, False)],
)
def test_only_a_demo_account_in_a_first_look_comes_in_without(
    client, settings, first_look, is_demo, let_in
):
    settings.FIRST_LOOK = first_look
    user = person(Role.UNIT_OPERATOR)
    User.objects.update(is_demo=is_demo)
    enters(client, User.objects.get(pk=user.pk))

    response = client.get("/people/me/")

    assert (response.status_code == 200) == let_in
    if let_in:
        assert 'class="banner"' in response.text


def test_a_piece_asked_for_by_a_script_sends_the_whole_page_there(client):
    enters(client, person(Role.UNIT_OPERATOR))

    response = client.get("/people/me/", headers={"HX-Request": "true"})

    assert response.headers["HX-Redirect"] == reverse("accounts:second_factor")


# How long a session lives


def aged(client, **ages):
    session = client.session
    for key, age in ages.items():
        session[key] = int(time.time()) - age
    session.save()


@pytest.mark.parametrize(
    ("idle", "life", "alive"),
    [
        (0, 0, True),
        (configured.SESSION_IDLE_SECONDS - 5, 3600, True),
        (configured.SESSION_IDLE_SECONDS + 5, 3600, False),
        (0, configured.SESSION_COOKIE_AGE - 5, True),
        (0, configured.SESSION_COOKIE_AGE + 5, False),
    ],
)
def test_a_session_ends_after_idle_time_and_after_its_longest_life(
    sign_in, idle, life, alive
):
    client = sign_in(person(Role.UNIT_OPERATOR))
    old_key = client.session.session_key
    aged(client, **{SEEN_AT: idle, SIGNED_IN_AT: life})

    response = client.get("/people/me/")

    assert (response.status_code == 200) == alive
    assert (client.session.session_key == old_key) == alive


def test_activity_keeps_a_session_alive(sign_in):
    client = sign_in(person(Role.UNIT_OPERATOR))
    for _visit in range(4):
        aged(client, **{SEEN_AT: configured.SESSION_IDLE_SECONDS - 60})
        assert client.get("/people/me/").status_code == 200

    assert time.time() - client.session[SEEN_AT] < 60


def test_an_ended_session_says_so_at_the_entrance(sign_in):
    user = person(Role.UNIT_OPERATOR)
    client = sign_in(user)
    aged(client, **{SEEN_AT: configured.SESSION_IDLE_SECONDS + 5})

    response = client.get("/people/me/", follow=True)

    assert client.session[EXPIRED] == user.pk
    assert "Sesi Anda berakhir karena lama tidak dipakai" in response.content.decode()


@pytest.mark.parametrize("wanted", ["*/*", "image/avif,image/*", "application/json"])
def test_what_a_page_asks_for_beside_takes_no_form_away_that_is_sent(sign_in, wanted):
    client = sign_in(person(Role.UNIT_OPERATOR))
    aged(client, **{SEEN_AT: configured.SESSION_IDLE_SECONDS + 5})
    beside = Client()
    beside.cookies["session"] = client.cookies["session"].value

    early = beside.get("/people/me/", headers={"accept": wanted})
    client.post(reverse("accounts:edit"), {"full_name": "Agustinus Nahak"})
    late = beside.get("/people/me/", headers={"accept": wanted})

    assert early.status_code == late.status_code != 200
    assert "session" not in {**early.cookies, **late.cookies}
    assert client.session[resume.KEPT]["fields"] == [["full_name", "Agustinus Nahak"]]


# Changes from outside hold at the next request


def test_a_deactivated_person_is_out_at_the_next_request(sign_in):
    user = person(Role.UNIT_OPERATOR)
    client = sign_in(user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    response = client.get("/people/me/")

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_an_ended_assignment_is_void_at_the_next_request(sign_in):
    user = person(Role.UNIT_HEAD)
    client = sign_in(user)
    assert client.get("/people/").status_code == 200

    Assignment.objects.update(ended_at=timezone.now())

    assert client.get("/people/").status_code == 403


def test_a_changed_role_holds_at_the_next_request(sign_in):
    client = sign_in(person(Role.UNIT_HEAD))
    assert client.get("/people/").status_code == 200

    RoleOverride.objects.create(
        role=Role.UNIT_HEAD, permission="accounts.view_user", granted=False
    )

    assert client.get("/people/").status_code == 403


def test_nobody_switches_to_an_assignment_that_is_not_his(sign_in):
    user = person(Role.UNIT_OPERATOR)
    client = sign_in(user)
    other = person(Role.HEADQUARTERS).acting

    client.post(reverse("accounts:switch"), {"assignment": other.pk})
    response = client.get("/people/me/")

    assert response.wsgi_request.user.acting == user.acting


def test_a_further_assignment_leaves_the_one_in_use(client):
    used = AssignmentFactory(starts_on=LAST_YEAR)
    enters(client, used.user, factor=True, proven=True)
    client.get("/people/me/")

    AssignmentFactory(user=used.user)
    response = client.get("/people/me/")

    assert len(response.wsgi_request.assignments) == 2
    assert response.wsgi_request.user.acting == used


def test_who_signs_in_anew_acts_in_the_newest_assignment(client):
    user = AssignmentFactory(starts_on=LAST_YEAR).user
    newest = AssignmentFactory(user=user)

    enters(client, user, factor=True, proven=True)
    response = client.get("/people/me/")

    assert response.wsgi_request.user.acting == newest


def test_who_acts_in_another_assignment_because_his_is_over_is_told(client):
    other = AssignmentFactory(starts_on=LAST_YEAR)
    used = AssignmentFactory(user=other.user)
    enters(client, other.user, factor=True, proven=True)
    client.get("/people/me/")

    Assignment.objects.filter(pk=used.pk).update(ended_at=timezone.now())
    first = client.get("/people/me/")
    second = client.get("/people/me/")

    told = "Penugasan yang Anda pakai sudah berakhir"
    assert first.wsgi_request.user.acting == second.wsgi_request.user.acting == other
    assert told in first.content.decode()
    assert told not in second.content.decode()


def test_a_person_without_assignments_is_let_in_and_told_what_to_do(sign_in):
    response = sign_in(UserFactory()).get("/people/me/")

    assert "Anda belum memegang penugasan" in response.content.decode()

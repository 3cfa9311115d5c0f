"""A sign-up begun on one device, whose mail is read on another: both go on."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from pokmas.accounts.services import people
from tests.factories import AssignmentFactory, UnitFactory, UserFactory, person

pytestmark = pytest.mark.django_db
AIM = reverse("partners:register")
SENT = f"{reverse('account_email_verification_sent')}?{urlencode({'next': AIM})}"
GO_ON = reverse("accounts:go_on")
HTMX = {"HX-Request": "true"}


def sign_up(client, email="ani@contoh.test"):
    answers = {
        "full_name": "Ani Uji",
        "email": email,
        "password1": "kata sandi yang panjang",
        "phone": "",
        "consent": "on",
        "next": AIM,
    }
    return client.post(reverse("account_signup"), answers)


def prove(client):
    """Open the link of the last mail and press its button."""
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", _letter())[1]
    return client.post(link.partition("?")[0], {"next": AIM})


def _letter():
    return mail.outbox[-1].body


def test_the_page_that_waits_knows_where_one_was_going(client):
    response = sign_up(client)

    page = client.get(response.url)

    assert response.url == SENT
    assert f'name="next" value="{AIM}"' in page.text
    assert f'href="{reverse("account_login")}?{urlencode({"next": AIM})}"' in page.text


def test_where_somebody_signed_up_he_comes_in_once_the_mail_was_read_elsewhere(client):
    sign_up(client)
    prove(Client())

    response = client.post(GO_ON, {"next": AIM})

    assert response.url == AIM
    assert client.get(AIM).status_code == 200


def test_the_page_goes_on_by_itself_and_the_device_is_known_from_then_on(client):
    sign_up(client)
    prove(Client())

    response = client.post(GO_ON, {"next": AIM}, headers=HTMX)

    assert response.headers["HX-Redirect"] == AIM
    assert "device" in response.cookies


def test_until_the_address_is_proved_he_waits(client):
    sign_up(client)

    asked, pressed = client.post(GO_ON, headers=HTMX), client.post(GO_ON, {"next": AIM})

    assert (asked.status_code, asked.content) == (204, b"")
    assert pressed.url == SENT
    assert "belum dipastikan" in client.get(pressed.url).text
    assert client.get(AIM).status_code == 302


def test_who_is_in_already_by_another_tab_goes_on_too(client):
    sign_up(client)
    prove(client)

    assert client.post(GO_ON, {"next": AIM}).url == AIM


def test_an_address_with_an_account_gets_the_same_answers():
    known = UserFactory(email="lama@contoh.test")
    answers = []
    for email in (known.email, "baru@contoh.test"):
        client = Client()
        first = sign_up(client, email)
        second = client.post(GO_ON, {"next": AIM})
        third = client.post(GO_ON, headers=HTMX)
        answers.append(
            (first.url, second.url, third.status_code, sorted(client.cookies))
        )

    assert answers[0] == answers[1]


def test_a_stranger_has_nothing_to_go_on_with(client):
    response = client.post(GO_ON, {"next": "https://penipu.test/"})

    assert "penipu" not in response.url
    assert client.get(reverse("accounts:me")).status_code == 302


def test_who_signed_up_with_the_address_of_one_invited_later_stays_outside(client):
    unit = UnitFactory()
    sign_up(client)
    owner = User.objects.get(email="ani@contoh.test")
    people.invite(
        AssignmentFactory.build(role=Role.UNIT_OPERATOR, office=unit, user=None),
        email=owner.email,
        full_name="Ani Uji",
        owner=owner.pk,
        by=person(Role.UNIT_HEAD, unit),
    )
    owner.refresh_from_db()
    people.accept_invitation(owner, "kata sandi yang lain sekali")

    response = client.post(GO_ON, {"next": AIM})

    assert response.url == SENT
    assert client.get(reverse("accounts:me")).status_code == 302


def test_after_a_quarter_of_an_hour_he_signs_in_himself(client, stopped_clock):
    sign_up(client)
    prove(Client())
    stopped_clock.shift(16 * 60)

    assert client.post(GO_ON, {"next": AIM}).url == SENT

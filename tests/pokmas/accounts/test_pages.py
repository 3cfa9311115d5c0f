"""Every page opens for whom it is meant, in Indonesian, and answers its form."""

import pytest
from django.urls import reverse

from pokmas.accounts.models import ConsentText
from pokmas.accounts.roles import Role
from tests.factories import UserFactory, person

pytestmark = pytest.mark.django_db

OWN_PAGES = [
    "accounts:me",
    "accounts:edit",
    "accounts:my_history",
    "accounts:request_index",
    "accounts:resume",
    "account_email",
    "account_change_password",
    "account_logout",
    "mfa_index",
    "usersessions_list",
    "mfa_list_webauthn",
]


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_open_for_an_operator(sign_in, name):
    response = sign_in(person(Role.UNIT_OPERATOR)).get(reverse(name))

    assert response.status_code == 200


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_open_for_a_person_without_any_assignment(sign_in, name):
    response = sign_in(UserFactory()).get(reverse(name))

    assert response.status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
        "account_inactive",
        "accounts:farewell",
    ],
)
def test_entrance_pages_open_for_nobody_in_particular(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 200


def test_the_full_consent_text_is_public(client):
    text = ConsentText.objects.newest(ConsentText.ACCOUNT)

    response = client.get(reverse("accounts:consent_text", args=["account"]))

    assert "Undang-Undang Nomor 27 Tahun 2022" in response.content.decode()
    assert response.context["text"] == text


def test_an_unknown_consent_text_is_not_found(client):
    response = client.get(reverse("accounts:consent_text", args=["lain"]))

    assert response.status_code == 404

import pytest

from pokmas.accounts.devices import device_name
from pokmas.accounts.privacy import email_for, mask_email, mask_phone, phone_for
from pokmas.accounts.roles import Role
from tests.factories import person


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("+6281234567890", "+628•••••••890"),
        ("123456", "••••••"),
        ("", ""),
    ],
)
def test_a_masked_number_can_be_recognised_but_not_called(number, masked):
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("ani.lestari@contoh.id", "a••••••••••@contoh.id"),
        ("a@contoh.id", "a••@contoh.id"),
        ("bukan surel", "•••••••••••"),
    ],
)
def test_a_masked_address_shows_its_first_letter_and_domain(address, masked):
    assert mask_email(address) == masked


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.UNIT_OPERATOR, True),
        (Role.UNIT_HEAD, True),
        (Role.REGIONAL_ADMIN, False),
        (Role.AMBASSADOR, False),
        (Role.VOLUNTEER, False),
    ],
)
def test_contacts_are_shown_to_those_who_need_them(role, sees):
    viewer = person(role)

    shown = phone_for(viewer, "+6281234567890"), email_for(viewer, "ani@contoh.id")

    assert (shown == ("+6281234567890", "ani@contoh.id")) == sees


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/126.0.0.0 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
            "Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) "
            "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 "
            "Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Firefox/127.0", "Firefox · Linux"),
        ("curl/8.0", ""),
    ],
)
def test_a_device_is_named_by_browser_and_system(user_agent, name):
    assert device_name(user_agent) == name

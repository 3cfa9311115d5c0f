"""A real web server whose database, or whose queue, goes away and comes back."""

import os
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.db import connection

from pokmas.accounts.roles import Role
from tests.factories import person
from tests.pokmas.health.serving import Browser, serving
from tests.pokmas.health.wires import Wire
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.worker,
    pytest.mark.xdist_group("worker"),
    pytest.mark.django_db(transaction=True),
]

SECRET = "JBSWY3DPEHPK3PXP"
PAGES = ["/", "/reports/home/", "/partners/", "/activities/", "/notices/", "/help/"]


@pytest.fixture
def database():
    there = connection.get_connection_params()
    host, port = there.get("host", ""), int(there.get("port") or 5432)
    is_socket = host.startswith("/")
    wire = Wire(f"{host}/.s.PGSQL.{port}" if is_socket else (host, port))
    yield wire
    wire.cut()


@pytest.fixture
def queue():
    url = urlsplit(settings.REDIS_URL)
    wire = Wire((url.hostname, url.port or 6379) if url.hostname else url.path)
    yield wire
    wire.cut()


@pytest.fixture
def port(database, queue, tmp_path):
    """Where the portal listens: the real server, with debugging off."""
    there = connection.settings_dict
    login, _at, _host = urlsplit(os.environ["DATABASE_URL"]).netloc.rpartition("@")
    url = urlsplit(settings.REDIS_URL)
    named = parse_qs(url.query).get("virtual_host") or [url.path.lstrip("/") or "0"]
    place = "0" if not url.hostname else named[0]
    addresses = {
        "DATABASE_URL": f"postgres://{login}@127.0.0.1:{database.port}/{there['NAME']}",
        "POKMAS_OWNER_DATABASE_URL": "",
        "REDIS_URL": f"redis://127.0.0.1:{queue.port}/{place}",
    }
    with serving(tmp_path / "web.log", **addresses) as number:
        yield number


@pytest.fixture
def partner(port):
    """A browser in which a representative of a partner is signed in."""
    user = person(Role.PARTNER)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    browser = Browser(port)
    browser.user = user
    assert browser.sign_in(user) == 302
    return browser


def test_without_the_database_every_page_says_so_at_once(partner, database):
    database.cut()

    for path in PAGES:
        status, headers, page = partner.ask(path)
        assert (path, status, headers["Retry-After"]) == (path, 503, "10")
        assert "Portal sedang dipulihkan" in page


def test_without_the_database_monitors_hear_what_is_missing(partner, database):
    database.cut()

    status, _headers, text = partner.ask("/health/ready/")

    assert (status, '"database": "bad"' in text) == (503, True)
    assert partner.status("/health/live/") == 200


def test_with_the_database_back_the_same_session_goes_on(partner, database):
    database.cut()
    assert partner.status("/reports/home/") == 503
    database.mend()

    wait_until(lambda: partner.status("/health/ready/") == 200)

    assert [partner.status(path) for path in PAGES[1:]] == [200] * 5


def test_without_the_queue_people_sign_in_and_open_pages(partner, queue):
    queue.cut()

    assert [partner.status(path) for path in PAGES[1:]] == [200] * 5
    assert Browser(partner.port).sign_in(partner.user) == 302
    assert partner.status("/health/ready/") == 200


def test_a_sign_out_while_the_queue_was_away_holds_when_it_is_back(partner, queue):
    devices = [partner, Browser(partner.port), Browser(partner.port)]
    for device in devices[1:]:
        device.sign_in(partner.user)
    old = [dict(device.cookies) for device in devices]
    queue.cut()
    devices[0].press("/accounts/logout/")
    devices[1].press("/people/me/devices/end-all/", page="/people/me/")
    queue.mend()

    for device, cookies in zip(devices, old, strict=True):
        device.cookies = cookies

    assert [device.status("/people/me/") for device in devices] == [302] * 3


def test_a_code_used_while_the_queue_was_away_is_not_taken_again(port, queue):
    operator = person(Role.UNIT_OPERATOR)
    operator.emailaddress_set.create(email=operator.email, verified=True, primary=True)
    TOTP.activate(operator, SECRET)
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    first, second = Browser(port), Browser(port)
    first.sign_in(operator)
    second.sign_in(operator)
    queue.cut()
    inside = first.press("/accounts/2fa/authenticate/", {"code": code})[0]
    queue.mend()

    again = second.press("/accounts/2fa/authenticate/", {"code": code})[0]

    assert (inside, again) == (302, 200)

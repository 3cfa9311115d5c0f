"""Without its cache and broker the portal goes on."""

import socket
import time

import pytest
from django.core.cache import cache, caches
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.server.cache import PAUSE_SECONDS, ForgivingRedisCache
from tests.factories import PASSWORD, UserFactory, person

LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


def redis_at(address):
    return {
        "default": {
            "BACKEND": "pokmas.server.cache.ForgivingRedisCache",
            "LOCATION": address,
            "KEY_PREFIX": "test",
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        },
        "local": LOCAL,
    }


@pytest.fixture(autouse=True)
def _every_test_tries_anew():
    ForgivingRedisCache.away_until = 0.0
    yield
    ForgivingRedisCache.away_until = 0.0


@pytest.fixture
def away(settings):
    """Nothing listens at the address of the cache."""
    settings.CACHES = redis_at("redis://127.0.0.1:1/0")
    caches["local"].clear()


@pytest.fixture
def silent(settings):
    """Something takes the connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.CACHES = redis_at(f"redis://127.0.0.1:{server.getsockname()[1]}/0")
        caches["local"].clear()
        server.setblocking(False)
        yield server


def test_what_was_kept_is_found_again_in_local_memory(away):
    cache.set("a", 1)
    cache.add("b", 2)

    assert cache.get_many(["a", "b"]) == {"a": 1, "b": 2}
    assert (cache.incr("a"), cache.has_key("b"), cache.delete("b")) == (2, True, True)


def test_a_server_that_does_not_answer_is_asked_once_and_then_left_in_peace(
    silent, monkeypatch
):
    monkeypatch.setattr("pokmas.server.cache.PAUSE_SECONDS", 600)

    for n in range(50):
        cache.set(f"k{n}", n)

    silent.accept()[0].close()
    with pytest.raises(BlockingIOError):
        silent.accept()


def test_a_server_that_is_back_is_found_after_a_pause(away, settings, monkeypatch):
    cache.set("a", 1)
    later = time.monotonic() + PAUSE_SECONDS + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)

    assert not cache.is_away


@pytest.mark.django_db
def test_pages_open_without_a_cache(away, sign_in):
    client = sign_in(person(Role.UNIT_OPERATOR))

    assert client.get(reverse("notices:index")).status_code == 200


@pytest.mark.django_db
def test_people_sign_in_without_a_cache(away, client):
    user = UserFactory()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)

    response = client.post(
        reverse("account_login"), {"login": user.email, "password": PASSWORD}
    )

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.django_db
def test_guessing_a_password_is_still_limited_without_a_cache(away, client):
    user = UserFactory()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)

    for _ in range(5):
        client.post(
            reverse("account_login"), {"login": user.email, "password": "salah"}
        )
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session

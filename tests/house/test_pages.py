"""What every page costs: queries and bytes."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pokmas.accounts.roles import Role
from tests.house.access import Who
from tests.house.rooms import ACCESS
from tests.house.test_walk import undone

pytestmark = pytest.mark.django_db

QUERIES = 12
BYTES = 20 * 1024
# Who opens a page, if several roles may: the everyday user first.
ORDER = [
    Role.UNIT_OPERATOR,
    Role.UNIT_HEAD,
    Role.REGIONAL_ADMIN,
    Role.REGIONAL_REVIEWER,
    Role.HEADQUARTERS,
    Role.PARTNER,
    Role.VOLUNTEER,
]
# These write: what they cost is not the cost of a page that is read.
WRITING = {"notices:open", "notices:open_whatsapp", "mfa_activate_totp"}


def pages(role):
    """The pages this role is the first to open."""
    for name, access in ACCESS.items():
        if "get" not in access.methods or name in WRITING:
            continue
        allowed = ORDER if access.roles is Who.PUBLIC else access.roles
        if next(each for each in ORDER if each in allowed) == role:
            yield name, access


@pytest.mark.parametrize("role", ORDER)
def test_every_page_is_cheap_and_light(sign_in, world, role):
    user = world.people[role]
    client = sign_in(user)
    wrong = {}
    for name, access in pages(role):
        arguments = [world.find(each, user) for each in access.on]
        url = reverse(name, args=arguments)
        with undone(client):
            client.get(url)  # the session and the content types are in the cache now
            with CaptureQueriesContext(connection) as queries:
                response = client.get(url, headers={"accept-encoding": "gzip"})
            size = len(_content(response))
        asked = [q for q in queries.captured_queries if "SAVEPOINT" not in q["sql"]]
        if b"---------" in _plain(response):
            wrong[f"{name} (choice)"] = "an empty choice without words"
        if len(asked) > QUERIES or (size > BYTES and not _is_file(response)):
            wrong[name] = f"{len(asked)} queries, {size} bytes"
    assert wrong == {}, "\n".join(f"{name}: {what}" for name, what in wrong.items())


def _content(response) -> bytes:
    if response.streaming:
        return b"".join(response.streaming_content)
    return response.content


def _plain(response) -> bytes:
    packed = response.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(_content(response)) if packed else _content(response)


def _is_file(response) -> bool:
    return not response.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("name", "packed"), [("documents:download", ""), ("partners:detail", "gzip")]
)
def test_pages_travel_packed_and_files_as_they_are(sign_in, world, name, packed):
    user = world.people[Role.UNIT_OPERATOR]
    url = reverse(name, args=[world.find(each, user) for each in ACCESS[name].on])

    response = sign_in(user).get(url, headers={"accept-encoding": "gzip, br"})

    assert response.headers.get("Content-Encoding", "") == packed
    assert "Content-Length" in response.headers

import logging
import re
import sys

import pytest
from django.conf import settings
from django.urls import reverse

from pokmas.accounts import invitations
from pokmas.server.masking import SECRET, MaskingFormatter, masked, routes
from tests.factories import UserFactory

# Arguments of addresses that anybody may read: kinds, lists, numbers of papers.
OPEN = {"slug", "purpose", "kind", "model", "code"}
ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
KEY = "Mg:1xYz9-a_B.c%3A7"


def secret_routes():
    return [
        route
        for route in routes()
        if SECRET & {name for _kind, name in ARGUMENT.findall(route)}
    ]


def filled(route):
    route = re.sub(r"\(\?P(<\w+>)(?:\[[^\]]*\])?[^)]*\)", r"\1", route)
    return ARGUMENT.sub(lambda one: "7" if one[1] == "int" else KEY, route)


@pytest.fixture
def log():
    """What the portal's log says of a record."""
    formatter = MaskingFormatter(settings.LOGGING["formatters"]["line"]["format"])
    return formatter.format


def record(message, *args, exc_info=None):
    return logging.LogRecord("x", logging.INFO, "", 1, message, args, exc_info)


def test_of_every_argument_of_an_address_it_is_said_whether_it_is_secret():
    arguments = {
        name
        for route in routes()
        for kind, name in ARGUMENT.findall(route)
        if kind != "int"
    }

    assert arguments - SECRET == OPEN


@pytest.mark.parametrize("route", secret_routes())
@pytest.mark.parametrize("shape", ["{}", "{}/", "{}extra/", "http://testserver{}?a=b"])
def test_no_secret_of_an_address_is_read_in_the_log(log, route, shape):
    said = log(record("Not Found: %s", shape.format(filled(route))))

    assert KEY not in said
    assert "…" in said


@pytest.mark.parametrize("path", ["/people//invitation/{}", "/PEOPLE/Invitation/{}"])
def test_an_address_that_is_written_otherwise_is_masked_as_well(path):
    assert KEY not in masked(path.format(KEY))


@pytest.mark.parametrize(
    "text",
    [
        "/partners/12/verify/",
        "/documents/12",
        "/reference/partner-fields/3/change/",
        "Berapa? Tidak ada.",
    ],
)
def test_what_is_no_secret_is_left(text):
    assert masked(text) == text


def test_words_that_were_searched_are_read_nowhere(log):
    said = log(record("Forbidden (%s)", "http://x/search/?q=Budi+Santoso&page=2 is"))

    assert said.endswith("Forbidden (http://x/search/?… is)")


def test_a_name_does_not_begin_a_line_of_the_log(log):
    said = log(record("Held: %s", "Bapas\n2026-01-01 INFO\u2028\u202e\x1b[31m"))

    assert said.endswith(r"Held: Bapas\n2026-01-01 INFO\u2028\u202e\x1b[31m")


def test_an_error_is_told_with_its_lines_and_without_the_key(log):
    try:
        raise ValueError(f"http://x/people/invitation/{KEY}/")
    except ValueError:
        said = log(record("Failed", exc_info=sys.exc_info()))

    assert said.splitlines()[-1] == "ValueError: http://x/people/invitation/…"


@pytest.mark.django_db
def test_a_link_that_leads_nowhere_is_not_read_in_the_log(client, caplog, log):
    token = invitations.link_for(UserFactory()).split("/")[-2]

    client.get(reverse("accounts:accept", args=[token]) + "x/")

    (noted,) = [each for each in caplog.records if each.name == "django.request"]
    assert token in noted.getMessage()
    assert token not in log(noted)


def test_every_line_of_the_log_is_masked():
    logging_ = settings.LOGGING

    assert {each["formatter"] for each in logging_["handlers"].values()} == {"line"}
    assert logging_["formatters"]["line"]["()"].endswith("MaskingFormatter")
    assert logging.getLogger("django").handlers == []

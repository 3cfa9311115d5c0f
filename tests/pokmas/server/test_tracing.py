"""What is told of a request in the log, and to those who look from outside."""

import json
import logging

import pytest
import sentry_sdk
from django.db import connection

from pokmas.jobs.tasks import run_job
from pokmas.server import errors, logs, tracing

LIVE = "/health/live/"


@pytest.fixture
def said():
    """What is written into the log as JSON, one object a line."""
    lines = []

    class Kept(logging.Handler):
        def emit(self, record):
            lines.append(json.loads(self.format(record)))

    handler = Kept()
    handler.setFormatter(logs.Json())
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def test_a_line_tells_for_which_request_it_was_written(client, said):
    response = client.get(LIVE)

    logging.getLogger("pokmas.uji").warning('Dengan "kutip"\ndan baris')

    line = said[-1]
    assert line["message"] == 'Dengan "kutip"\ndan baris'
    assert (line["request"], line["address"]) == (response["X-Request-ID"], "127.0.0.1")
    assert line["time"].endswith("+00:00")


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        (1, "proksi-0001", True),
        (0, "proksi-0001", False),
        (1, "dua\u0085 baris", False),
        (1, "x", False),
    ],
)
def test_only_the_number_of_a_proxy_of_ours_is_taken(
    client, settings, proxies, given, is_taken
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    response = client.get(LIVE, headers={"X-Request-ID": given})

    assert (response["X-Request-ID"] == given) is is_taken


def test_behind_a_proxy_the_address_is_the_one_that_it_saw(client, settings, said):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client.get(LIVE, headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.7"})

    logging.getLogger("pokmas.uji").warning("x")

    assert said[-1]["address"] == "10.0.0.7"


def test_background_work_is_done_under_the_number_of_its_request(client):
    number, headers = client.get(LIVE)["X-Request-ID"], {}
    tracing.hand_on(headers=headers)
    tracing.number.set("")
    run_job.push_request(id="tugas", **headers)
    try:
        tracing.take_over(task=run_job)
    finally:
        run_job.pop_request()

    assert tracing.number.get() == number


@pytest.mark.django_db
@pytest.mark.parametrize(("limit", "lines"), [(-1, 1), (60_000, 0)])
def test_a_slow_question_is_told_without_its_values(settings, said, limit, lines):
    settings.SLOW_QUERY_MS = limit

    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", ["3174012345678901"])

    told = [line["message"] for line in said if line["logger"] == "pokmas.slow"]
    assert len(told) == lines
    assert all("SELECT %s" in each and "3174" not in each for each in told)


def test_an_error_is_told_outside_without_data(settings):
    settings.SENTRY_DSN = "http://kunci@127.0.0.1:9/1"
    told = []
    errors.begin(transport=lambda envelope: told.append(envelope))
    try:
        try:
            raise ValueError("@".join(["siti", "example.go.id"]))
        except ValueError as error:
            sentry_sdk.capture_exception(error)
        sentry_sdk.flush()
    finally:
        sentry_sdk.init()

    text = str(told[0])
    assert "ValueError" in text
    assert "test_an_error_is_told_outside_without_data" in text
    assert "siti@example" not in text

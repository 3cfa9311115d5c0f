"""A real streaming replica: what is read from it, by whom, and what if it cannot be."""

from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from pokmas.accounts.models import RoleOverride
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.health.services import all_parts
from pokmas.health.watched import State
from pokmas.jobs import services
from pokmas.jobs.models import Job
from pokmas.jobs.services import Handler
from pokmas.launch.place import Place
from pokmas.server import replica
from tests.factories import PartnerFactory, PartnershipFactory, person
from tests.pokmas.launch.conftest import ROOT
from tests.standby import standby, told_of
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.worker,
    pytest.mark.xdist_group("worker"),
    pytest.mark.django_db(transaction=True),
]

JOBS, PARTNERS = reverse("jobs:index"), reverse("partners:index")
WAITING, FAILED, DONE = (
    str(state.label) for state in (Job.State.QUEUED, Job.State.FAILED, Job.State.DONE)
)


@pytest.fixture(scope="module")
def running():
    with standby(Place(ROOT, Path(settings.DATA_DIR))) as ours:
        yield ours


@pytest.fixture
def copy(running, transactional_db):
    """A replica that the portal is told of; it follows again when the test is over."""
    options = connection.settings_dict["OPTIONS"] | {"host": str(running.sockets)}
    options.pop("port", None)
    with told_of(OPTIONS=options):
        yield running
    if not running.program.alive:
        running.start()
    running.resume()


@pytest.fixture
def browse(sign_in):
    """Signs a person in, in a browser of his own."""

    def _browse(user):
        client = sign_in(user)
        own = Client()
        own.cookies, client.cookies = client.cookies, SimpleCookie()
        return own

    return _browse


@pytest.fixture
def failed_job(monkeypatch):
    """A job that has failed, asked for by this person."""
    done = Handler(lambda claim: None, "default", "Laporan uji")
    monkeypatch.setitem(services.HANDLERS, "test", done)
    monkeypatch.setattr(services, "ring", lambda row, **options: True)

    def _failed_job(user):
        return Job.objects.create(
            kind="test",
            key="uji",
            requested_by=user,
            assignment=user.acting,
            state=Job.State.FAILED,
        )

    return _failed_job


@contextmanager
def asked():
    """What the replica is asked meanwhile."""
    questions = []

    def note(execute, sql, params, many, context):
        questions.append(sql)
        return execute(sql, params, many, context)

    with connections[replica.ALIAS].execute_wrapper(note):
        yield questions


def states(browser):
    """How the jobs stand in the list, and whether the replica was asked."""
    with asked() as questions:
        page = browser.get(JOBS)
    words = strip_tags(page.context["listing"].rows)
    shown = [word for word in (WAITING, FAILED, DONE) if word in words]
    return shown, any("jobs_job" in each for each in questions)


def test_who_wrote_sees_it_at_once_and_others_a_moment_later(copy, browse, failed_job):
    writer, other = (person(Role.HEADQUARTERS) for _each in range(2))
    job = failed_job(writer)
    writing, reading = browse(writer), browse(other)
    copy.pause()

    writing.post(reverse("jobs:retry", args=[job.pk]))

    assert states(writing) == ([WAITING], False)
    assert states(browse(writer)) == ([WAITING], False)
    assert states(reading) == ([FAILED], True)
    copy.resume()
    assert states(writing) == ([WAITING], True)
    assert states(reading) == ([WAITING], True)


def test_who_is_done_a_job_for_sees_what_it_wrote(copy, browse, failed_job):
    writer, other = (person(Role.HEADQUARTERS) for _each in range(2))
    job = failed_job(writer)
    Job.objects.update(state=Job.State.QUEUED)
    writing, reading = browse(writer), browse(other)
    copy.pause()

    services.run(job.pk)

    assert states(writing) == ([DONE], False)
    assert states(reading) == ([WAITING], True)


def test_a_page_that_is_only_shown_may_write_too(copy, browse):
    """Who reads where somebody can be reached is noted."""
    operator = person(Role.UNIT_OPERATOR)
    reading = browse(operator)
    partner = PartnershipFactory(status="active", office=operator.acting.office)
    copy.pause()

    with asked() as before:
        reading.get(PARTNERS)
    reading.get(partner.get_absolute_url())
    with asked() as after:
        reading.get(PARTNERS)

    assert Entry.objects.about(partner).filter(actor=operator).exists()
    assert [len(each) > 1 for each in (before, after)] == [True, False]


def test_a_right_that_is_taken_away_is_gone_at_once(copy, browse):
    operator = person(Role.UNIT_OPERATOR)
    reading = browse(operator)
    copy.pause()
    RoleOverride.objects.create(
        role=Role.UNIT_OPERATOR, permission="agreements.view_agreement", granted=False
    )

    with asked() as questions:
        page = reading.get(reverse("notices:index")).text

    assert len(questions) > 0
    assert PARTNERS in page
    assert reverse("agreements:index") not in page


@pytest.mark.parametrize("path", [reverse("search:index") + "?q=uji", "/"])
def test_search_and_home_are_read_from_it(copy, browse, path):
    reading = browse(person(Role.UNIT_OPERATOR))
    copy.catch_up()

    with asked() as questions:
        page = reading.get(path, follow=True)

    assert page.status_code == 200
    assert any("office" in each for each in questions)


def test_too_far_behind_it_is_not_read(copy, browse, failed_job, settings):
    reader = person(Role.HEADQUARTERS)
    job = failed_job(reader)
    reading = browse(reader)
    copy.pause()
    settings.REPLICA_LAG_SECONDS = 0
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)

    assert states(reading) == ([WAITING], False)


def test_one_that_is_killed_is_missed_by_nobody(copy, browse, failed_job):
    reader = person(Role.HEADQUARTERS)
    failed_job(reader)
    reading = browse(reader)
    copy.catch_up()
    assert states(reading) == ([FAILED], True)
    copy.kill()

    assert states(reading) == ([FAILED], False)
    assert states(reading) == ([FAILED], False)
    (found,) = (part for part in all_parts() if part.name == "replica")
    assert (found.state, found.figures) == (State.BAD, {})


def test_who_stands_in_the_way_of_what_it_repeats_asks_the_primary(copy):
    reader = person(Role.HEADQUARTERS)
    PartnerFactory.create_batch(2)
    copy.catch_up()
    turns = []

    def read():
        turns.append(connections["default"] is connections[replica.ALIAS])
        count = PartnerFactory._meta.model.objects.count()
        if turns == [True]:
            lock_partners()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(60)")
        return count

    assert replica.ask(replica.needed_by(reader), read) == 2
    assert turns == [True, False]


def lock_partners():
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE partners_partner IN ACCESS EXCLUSIVE MODE")
        other.commit()
    finally:
        other.close()


def test_what_writes_after_all_is_done_in_the_primary(copy):
    reader = person(Role.HEADQUARTERS)
    copy.catch_up()

    made = replica.ask(replica.needed_by(reader), lambda: PartnerFactory().pk)

    assert PartnerFactory._meta.model.objects.filter(pk=made).exists()


@pytest.mark.parametrize("sheet", ["csv", "xlsx"])
def test_a_sheet_of_it_is_that_of_the_primary(copy, browse, sheet, settings):
    officer = person(Role.HEADQUARTERS)
    PartnerFactory.create_batch(30, status="active")
    taking = browse(officer)
    copy.catch_up()

    with asked() as questions:
        of_the_replica = taken(taking, sheet)
    settings.REPLICA_LAG_SECONDS = -1
    of_the_primary = taken(taking, sheet)

    assert any("datestyle" in each for each in questions)
    assert of_the_replica == of_the_primary
    entries = Entry.objects.filter(action="partnership.exported", actor=officer)
    assert [each.details["rows"] for each in entries] == [30, 30]


def taken(browser, sheet):
    answer = browser.get(f"{PARTNERS}?export={sheet}")
    return b"".join(answer.streaming_content)


def test_a_sheet_has_what_its_taker_has_just_written(copy, browse):
    officer = person(Role.HEADQUARTERS)
    taking = browse(officer)
    copy.pause()
    partner = PartnerFactory(status="active")
    replica.remember(officer.pk)

    assert partner.name in taken(taking, "csv").decode()


def test_how_far_it_is_behind_stands_on_the_page_of_health(
    copy, browse, client, settings
):
    settings.METRICS_TOKEN = "rahasia"
    watching = browse(person(Role.HEADQUARTERS))
    wait_until(lambda: metric(client) == 0, what="the replica has everything")
    copy.pause()
    PartnerFactory()

    page = watching.get(reverse("health:status")).text

    assert metric(client) > 0
    assert "Replika basis data" in page
    assert "tertinggal" in page.lower()


def metric(client):
    """Seconds, or nothing as long as the replica has received nothing."""
    answer = client.get("/metrics", headers={"authorization": "Bearer rahasia"})
    lines = answer.text.splitlines()
    of_lag = [line for line in lines if line.startswith("pokmas_replica_lag_seconds")]
    return float(of_lag[0].split()[1]) if of_lag else None


def test_the_time_limit_of_a_page_holds_there_too(copy, browse, monkeypatch):
    """It is not asked for once more, for it would take as long in the primary."""
    reading = browse(person(Role.HEADQUARTERS))
    PartnerFactory(status="active")
    copy.catch_up()
    line = connections[replica.ALIAS]

    def slow(execute, sql, params, many, context):
        if "partners_partner" in sql:
            execute("SET LOCAL statement_timeout = 1", None, False, context)
            execute("SELECT pg_sleep(60)", None, False, context)
        return execute(sql, params, many, context)

    with line.execute_wrapper(slow):
        page = reading.get(PARTNERS)

    assert page.status_code == 503

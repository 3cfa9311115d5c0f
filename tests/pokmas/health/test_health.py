import socket
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.urls import reverse
from django.utils import timezone
from psycopg.errors import QueryCanceled
from redis.exceptions import AuthenticationError

from pokmas.accounts.roles import Role
from pokmas.audit.models import Inspection
from pokmas.health import inside, outside, services
from pokmas.health.watched import ADVICE, LABELS, Finding, State, failed, span, worst
from pokmas.jobs import backups
from pokmas.jobs.models import Heartbeat, Job
from pokmas.notices.models import Notice
from pokmas.server import leaving
from tests.factories import UnitFactory, UserFactory, person
from tests.owner import as_owner
from tests.pokmas.offices.changes import decide
from tests.waiting import PATIENCE

LIVE, READY, STATUS = map(reverse, ["health:live", "health:ready", "health:status"])
LOGIN = reverse("account_login")
CLOSED_PORT = 9


@pytest.fixture
def database_away(transactional_db):
    connection.close()
    there = {name: connection.settings_dict[name] for name in ("HOST", "PORT")}
    connection.settings_dict.update(HOST="127.0.0.1", PORT=CLOSED_PORT)
    yield
    connection.close()
    connection.settings_dict.update(there)


@pytest.fixture
def broker_away(settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{CLOSED_PORT}/0"


@pytest.fixture
def silent_broker(settings):
    """Something takes the connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.REDIS_URL = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        yield


@pytest.fixture
def headquarters(db, sign_in):
    return sign_in(person(Role.HEADQUARTERS))


# For monitors


def test_a_live_process_asks_nobody(client):
    response = client.get(LIVE)

    assert (response.status_code, response.json()) == (200, {"status": "alive"})


@pytest.mark.django_db
def test_a_ready_portal_says_so_without_a_sign_in(client):
    response = client.get(READY)

    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "checks": {
            "database": "ok",
            "migrations": "ok",
            "static": "ok",
            "broker": "ok",
            "storage_mark": "ok",
        },
    }
    assert "no-store" in response["Cache-Control"]


def test_without_the_database_the_portal_is_alive_but_not_ready(client, database_away):
    assert client.get(LIVE).status_code == 200
    response = client.get(READY)

    assert response.status_code == 503
    assert response.json() == {
        "status": "unready",
        "checks": {"database": "bad", "static": "ok", "broker": "ok"},
    }


@pytest.mark.django_db
@pytest.mark.parametrize("path", [LIVE, READY])
def test_a_probe_may_ask_by_address(client, path):
    assert client.get(path, headers={"host": "10.1.2.3:8000"}).status_code == 200
    assert (
        client.get("/accounts/login/", headers={"host": "10.1.2.3"}).status_code == 400
    )


@pytest.fixture
def collected(settings, tmp_path):
    """The storage of static files that production has; nothing is collected yet."""
    outside._uncollected.cache_clear()
    settings.STATIC_ROOT = str(tmp_path / "static")
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}
    yield
    outside._uncollected.cache_clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("collected")
def test_a_host_without_the_static_files_of_its_version_is_not_ready(client):
    response = client.get(READY)

    assert (response.status_code, response.json()["checks"]["static"]) == (503, "bad")
    assert "collectstatic" in outside.static().advice


@pytest.mark.django_db
def test_a_host_that_is_about_to_end_is_not_ready_and_serves_on(client, monkeypatch):
    monkeypatch.setattr(leaving, "soon", threading.Event())
    leaving.soon.set()

    answers = [client.get(path).status_code for path in (READY, LIVE, LOGIN)]

    assert answers == [503, 200, 200]


@pytest.mark.django_db
def test_a_database_that_takes_the_connection_and_is_silent_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        alone = connections.create_connection("default")
        options = {**alone.settings_dict["OPTIONS"], "host": "127.0.0.1"}
        there = {"PORT": silent.getsockname()[1], "OPTIONS": options}
        alone.settings_dict = alone.settings_dict | there

        with pytest.raises(OperationalError, match="timeout"):
            alone.ensure_connection()

    limits = ("connect_timeout", "tcp_user_timeout", "keepalives_count")
    assert [options[each] for each in limits] == [3, 1500, 2]


@pytest.mark.django_db
@pytest.mark.usefixtures("broker_away")
def test_without_the_broker_the_portal_is_ready_all_the_same(client):
    response = client.get(READY)

    assert response.status_code == 200
    assert response.json()["checks"]["broker"] == "bad"


@pytest.mark.django_db
def test_with_a_migration_missing_the_portal_is_not_ready(client):
    inside.applied.clear()
    with as_owner() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")

    response = client.get(READY)

    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == "bad"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("impatient", "patient", "text"),
    [
        (outside, services, "Tidak dapat dicapai: tidak menjawab pada waktunya."),
        (services, outside, "Tidak menjawab dalam 3 detik."),
    ],
    ids=["by its client", "by the page"],
)
def test_a_broker_that_never_answers_is_given_up(
    silent_broker, monkeypatch, impatient, patient, text
):
    monkeypatch.setattr(impatient, "SECONDS", 0.1)
    monkeypatch.setattr(patient, "SECONDS", PATIENCE)

    *_database, broker, _mark = services.ready()

    assert (broker.name, broker.state, broker.text) == ("broker", State.BAD, text)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConnectionRefusedError(), "sambungannya ditolak atau terputus"),
        (AuthenticationError(), "kata sandinya ditolak"),
        (PermissionError(), "portal tidak berhak membukanya"),
        (OperationalError(), "sambungannya gagal atau terputus"),
    ],
)
def test_why_a_part_cannot_be_reached_is_said_in_words(error, words):
    assert failed("broker", error).text == f"Tidak dapat dicapai: {words}."


def test_a_question_that_took_too_long_is_told_from_a_line_that_broke():
    error = OperationalError()
    error.__cause__ = QueryCanceled()

    found = failed("database", error)

    assert found.text == "Tidak dapat dicapai: tidak menjawab pada waktunya."


def test_a_reason_that_nobody_knows_is_found_in_the_log(caplog):
    found = failed("scanner", OSError(99, "alamat rahasia"))

    words = "Tidak dapat dicapai; sebabnya ada di catatan program."
    assert (found.state, found.text) == (State.BAD, words)
    assert caplog.messages == ["scanner cannot be reached: OSError"]


# For Prometheus


@pytest.fixture
def scraped(db, client, settings):
    """What a monitor that has the token reads, by the name of each figure."""
    settings.METRICS_TOKEN = "rahasia"

    def _scraped():
        headers = {"Authorization": "Bearer rahasia", "Host": "10.1.2.3:8000"}
        text = client.get("/metrics", headers=headers).text
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in map(str.rsplit, lines)}

    return _scraped


@pytest.mark.parametrize(
    ("token", "shown", "status"),
    [("", "", 404), ("", "Bearer ", 404), ("x", "", 401), ("x", "Bearer y", 401)],
)
def test_figures_are_for_who_has_the_token(client, settings, token, shown, status):
    settings.METRICS_TOKEN = token

    response = client.get("/metrics", headers={"Authorization": shown})

    assert (response.status_code, response.content) == (status, b"")


def test_a_monitor_reads_the_age_of_what_must_not_grow_old(scraped):
    now = timezone.now()
    job(due_at=now - timedelta(minutes=3))
    for part, age in (("worker", 7), ("beat", 8), ("backup", 9)):
        Heartbeat.objects.create(part=part, at=now - timedelta(minutes=age))

    figures = scraped()

    names = ["queue_age", "worker_silent", "beat_silent", "backup_age"]
    minutes = [figures[f"pokmas_{name}_seconds"] // 60 for name in names]
    assert minutes == [3, 7, 8, 9]
    assert figures["pokmas_jobs_waiting"] == 1
    assert figures['pokmas_part_state{part="worker"}'] == 2
    assert figures["pokmas_storage_free_bytes"] > 0
    assert figures['pokmas_part_state{part="storage_mark"}'] == 0


def test_a_monitor_hears_of_a_database_that_is_away(database_away, client, settings):
    settings.METRICS_TOKEN = "rahasia"

    response = client.get("/metrics", headers={"Authorization": "Bearer rahasia"})

    assert 'pokmas_part_state{part="database"} 2.0' in response.text


def test_requests_are_counted_by_status_and_time(scraped, client):
    def counts():
        name = "pokmas_request_seconds_bucket"
        return [scraped()[f'{name}{{le="+Inf",status="{each}xx"}}'] for each in "24"]

    before = counts()
    client.get(LIVE)
    client.get("/tidak-ada/")
    after = counts()

    # Each look at the figures was a request too.
    assert [new - old for new, old in zip(after, before, strict=True)] == [3, 1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hours", "state"), [(20, State.OK), (37, State.WARN), (200, State.BAD)]
)
def test_a_backup_is_judged_by_its_age(hours, state):
    assert inside.heartbeats()[2].state == State.WARN

    call_command("note_backup")
    Heartbeat.objects.update(at=timezone.now() - timedelta(hours=hours))

    assert inside.heartbeats()[2].state == state


@pytest.mark.django_db
def test_a_backup_that_failed_is_bad_until_one_is_good():
    call_command("note_backup")
    call_command("note_backup", "--failed")
    finding = inside.heartbeats()[2]
    assert finding.state == State.BAD
    assert "gagal dibuat" in finding.text

    call_command("note_backup")
    assert inside.heartbeats()[2].state == State.OK


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "state"), [(50, State.OK), (70, State.BAD)])
def test_copies_of_documents_that_do_not_come_about_are_bad(minutes, state):
    backups.note(backups.GOOD)
    at = timezone.now() - timedelta(minutes=minutes)
    Heartbeat.objects.create(part=backups.DOCUMENTS, at=at)

    assert inside.heartbeats()[2].state == state


@pytest.mark.django_db
def test_without_an_archive_the_page_says_what_that_means():
    finding = inside.archive(backups.known())

    assert (finding.state, finding.figures) == (State.OK, {})
    assert "saat cadangan terakhir" in finding.text


@pytest.mark.parametrize(
    ("minutes", "fails", "stuck"),
    [(1, False, False), (1, True, False), (16, True, True), (None, True, True)],
)
def test_an_archive_is_stuck_when_it_fails_for_a_quarter_of_an_hour(
    minutes, fails, stuck
):
    now = timezone.now()
    until = now - timedelta(minutes=minutes) if minutes else None

    assert backups.is_stuck(until, fails, now) == stuck


# The page


@pytest.mark.parametrize("role", [Role.REGIONAL_ADMIN, Role.UNIT_OPERATOR])
@pytest.mark.django_db
def test_only_who_watches_the_system_sees_the_page(sign_in, role):
    assert sign_in(person(role)).get(STATUS).status_code == 403


def test_the_page_names_every_part_with_few_queries(
    headquarters, django_assert_max_num_queries
):
    Heartbeat.objects.create(part="worker", at=timezone.now())
    headquarters.get(STATUS)

    # One of them is the test's own, for a transaction within its transaction.
    with django_assert_max_num_queries(15):
        response = headquarters.get(STATUS)

    names = {each.name for each in response.context["findings"]}
    assert names == set(LABELS) - {"scanner", "heartbeats", "replica"}
    assert "Basis data" in response.text


def test_what_is_wrong_comes_first_and_says_what_to_do(headquarters):
    response = headquarters.get(STATUS)

    first = response.context["findings"][0]
    assert first.state == State.BAD
    assert response.context["state"] == State.BAD
    assert "Mulai ulang pekerja" in response.text


@pytest.mark.usefixtures("broker_away")
def test_the_page_stands_without_the_broker(headquarters):
    response = headquarters.get(STATUS)

    assert response.status_code == 200
    assert "Mulai ulang Valkey atau Redis" in response.text


def test_no_answer_holds_a_secret(client, headquarters, settings):
    text = client.get(READY).text + headquarters.get(STATUS).text
    password = settings.DATABASES["default"].get("PASSWORD") or "?sandi?"

    for secret in (settings.SECRET_KEY, settings.REDIS_URL, password):
        assert secret not in text


# Single parts


def test_every_part_has_a_name_and_advice():
    assert set(LABELS) == set(ADVICE)


def test_the_worst_part_decides():
    findings = [Finding("pdf", state, "") for state in (State.OK, State.WARN)]

    assert worst(findings) == State.WARN
    assert worst([]) == State.OK


def job(**fields):
    return Job.objects.create(kind="x", key=str(Job.objects.count()), **fields)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minutes", "state"), [(1, State.OK), (3, State.WARN), (11, State.BAD)]
)
def test_the_queue_is_judged_by_its_oldest_waiting_job(minutes, state):
    now = timezone.now()
    job(due_at=now - timedelta(minutes=minutes))
    job(due_at=now + timedelta(days=1))
    job(state=Job.State.DONE, due_at=now - timedelta(days=9))

    finding = inside.queue()

    assert finding.state == state
    assert "1 menunggu, 0 dikerjakan, 0 gagal" in finding.text


@pytest.mark.django_db
def test_a_job_that_failed_today_wants_attention():
    job(state=Job.State.FAILED, finished_at=timezone.now() - timedelta(days=2))
    assert inside.queue().state == State.OK

    job(state=Job.State.FAILED, finished_at=timezone.now())
    assert inside.queue().state == State.WARN


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["worker", "beat"])
@pytest.mark.parametrize(
    ("seconds", "state"), [(20, State.OK), (150, State.WARN), (400, State.BAD)]
)
def test_a_heartbeat_is_judged_by_its_age(part, seconds, state):
    Heartbeat.objects.create(part=part, at=timezone.now() - timedelta(seconds=seconds))

    (found,) = [each for each in inside.heartbeats() if each.name == part]
    assert found.state == state


@pytest.mark.django_db
def test_a_part_that_never_lived_is_bad():
    assert [each.state for each in inside.heartbeats()[:2]] == [State.BAD] * 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("failures", "hours", "state"),
    [(0, 9, State.OK), (1, 1, State.WARN), (3, 7, State.BAD)],
)
def test_mail_is_judged_by_failures_and_their_age(failures, hours, state):
    Notice.objects.create(
        user=UserFactory(),
        key="x",
        kind="x",
        title="x",
        due_at=timezone.now() - timedelta(hours=hours),
        mail_failures=failures,
    )

    assert inside.mail().state == state


@pytest.mark.django_db
def test_a_held_change_of_an_office_wants_attention():
    office = UnitFactory()
    change = decide(office, "rename", name="Baru", on=office.today + timedelta(days=1))
    assert inside.changes().state == State.OK

    change.refusal = "Nama sudah dipakai."
    change.save()
    assert inside.changes().state == State.WARN


@pytest.mark.django_db
def test_the_trail_is_judged_by_its_inspections():
    assert inside.trail().state == State.WARN
    for faults, days, state in [
        ([], 0, State.OK),
        ([], 3, State.BAD),
        ([{"table": "x", "id": 1, "fault": "changed"}], 0, State.BAD),
    ]:
        Inspection.objects.create(
            finished_at=timezone.now() - timedelta(days=days), faults=faults
        )
        assert inside.trail().state == state


@pytest.mark.django_db
def test_a_fault_is_not_forgotten_when_the_next_night_finds_nothing_elsewhere():
    fault = {"table": "x", "id": 1, "fault": "changed"}
    Inspection.objects.create(finished_at=timezone.now(), faults=[fault])
    Inspection.objects.create(
        finished_at=timezone.now(), first_after=1, slice_until=2, newest_after=3
    )

    assert inside.trail().state == State.BAD


def test_the_storage_is_tried_and_left_clean(settings, tmp_path):
    finding = outside.storage()

    assert finding.state == State.OK
    assert "sisa ruang" in finding.text
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_storage_that_cannot_be_written_is_bad(settings, tmp_path):
    (tmp_path / "taken").write_text("")
    settings.MEDIA_ROOT = str(tmp_path / "taken")

    (finding,) = services._bounded([outside.storage])

    assert (finding.name, finding.state) == ("storage", State.BAD)
    assert "POKMAS_MEDIA_ROOT" in finding.advice


def test_a_scanner_that_is_away_is_bad(settings):
    settings.CLAMD = f"127.0.0.1:{CLOSED_PORT}"

    (finding,) = services._bounded([outside.scanner])

    assert (finding.name, finding.state) == ("scanner", State.BAD)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-4), "0 detik"),
        (timedelta(seconds=59), "59 detik"),
        (timedelta(minutes=2), "2 menit"),
        (timedelta(hours=30), "1 hari"),
    ],
)
def test_ages_are_said_in_the_largest_whole_unit(age, words):
    assert span(age) == words

"""The embedded servers, as `up` starts them."""

import os
import signal
import stat
import subprocess
import sys
from contextlib import contextmanager

import psycopg
import pytest
import redis

from pokmas.launch import keys, servers
from pokmas.launch.console import LaunchError
from tests.pokmas.launch.conftest import place_in
from tests.waiting import PATIENCE


@contextmanager
def started(place):
    ours = servers.Servers(place, keys.load(place))
    try:
        ours.start()
        yield ours
    finally:
        ours.stop()


@pytest.fixture(scope="module")
def standing(tmp_path_factory, _no_address_from_outside):
    """Servers for those who only look at them."""
    with (
        place_in(tmp_path_factory.mktemp("standing")) as place,
        started(place) as ours,
    ):
        yield ours


@pytest.fixture
def running(place):
    """Servers to be ended, killed or broken."""
    with started(place) as ours:
        yield ours


def test_both_servers_answer_at_their_addresses(standing):
    with psycopg.connect(standing.addresses["DATABASE_URL"]) as connection:
        row = connection.execute(
            "select current_user, rolsuper, current_setting('listen_addresses')"
            " from pg_roles where rolname = current_user"
        ).fetchone()
    queue = redis.Redis.from_url(standing.addresses["REDIS_URL"])

    assert row == ("pokmas_app", False, "")
    assert queue.ping()
    assert queue.config_get("port", "maxmemory-policy") == {
        "port": "0",
        "maxmemory-policy": "noeviction",
    }


def test_the_portal_comes_in_as_a_role_that_owns_nothing_and_cannot_become_the_owner(
    standing,
):
    owner = standing.owner["POKMAS_OWNER_DATABASE_URL"]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("create table owned ()")
    refused = []
    with psycopg.connect(
        standing.addresses["DATABASE_URL"], autocommit=True
    ) as connection:
        for words in ("set role pokmas", "create table mine ()", "drop table owned"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(words)
            refused.append(words)

    assert len(refused) == 3


def test_the_sockets_are_for_their_owner_alone(standing):
    status = standing.home.sockets.stat()

    assert stat.S_IMODE(status.st_mode) == 0o700
    assert status.st_uid == standing.home.account.uid


def test_without_the_password_nobody_comes_in(standing):
    secret = standing.passwords["pokmas_app"]
    address = standing.addresses["DATABASE_URL"].replace(secret, "guess")

    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(address)


def test_nobody_comes_in_as_superuser(standing):
    address = standing.addresses["DATABASE_URL"].replace("//pokmas_app:", "//postgres:")

    with pytest.raises(psycopg.OperationalError, match="no pg_hba"):
        psycopg.connect(address)


def test_servers_are_not_root(standing):
    owners = [
        os.stat(f"/proc/{child.process.pid}").st_uid for child in standing.children
    ]

    assert 0 not in owners


def test_after_a_kill_both_come_back_with_what_was_written(running, place):
    with psycopg.connect(running.owner["POKMAS_OWNER_DATABASE_URL"]) as connection:
        connection.execute("create table kept as select 42 as number")
    redis.Redis.from_url(running.addresses["REDIS_URL"]).lpush("kept", "task")
    for child in running.children:
        child.signal(signal.SIGKILL)

    again = servers.Servers(place, keys.load(place))
    try:
        again.start()
        with psycopg.connect(again.owner["POKMAS_OWNER_DATABASE_URL"]) as connection:
            rows = connection.execute("select number from kept").fetchall()
        queued = redis.Redis.from_url(again.addresses["REDIS_URL"]).lrange(
            "kept", 0, -1
        )
    finally:
        again.stop()

    assert (rows, queued) == ([(42,)], [b"task"])


def test_a_server_that_was_forgotten_is_ended_before_the_next(running, place):
    forgotten = running.children[1].process

    again = servers.Servers(place, keys.load(place))
    try:
        again.start()
        assert forgotten.wait(PATIENCE) == 0
    finally:
        again.stop()


def test_a_pid_file_that_names_a_stranger_is_dropped(tmp_path):
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (tmp_path / "postmaster.pid").write_text(f"{stranger.pid}\n{tmp_path}\n")
    (tmp_path / ".s.PGSQL.5432.lock").write_text(f"{stranger.pid}\n")

    servers.clear_stale_pid(tmp_path, tmp_path)

    assert list(tmp_path.iterdir()) == []
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_data_of_another_major_version_is_refused_with_a_reason(place, running):
    running.stop()
    (running.home.database / "PG_VERSION").write_text("12\n")

    with pytest.raises(LaunchError, match="dibuat oleh PostgreSQL 12"):
        servers.Servers(place, keys.load(place)).start()


def test_an_address_that_is_given_is_used_as_it_is(place, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/pokmas")
    monkeypatch.setenv("REDIS_URL", "redis://queue.example")

    given = servers.Servers(place, keys.load(place))
    given.start()

    assert given.children == []
    assert given.addresses == {
        "DATABASE_URL": "postgres://db.example/pokmas",
        "REDIS_URL": "redis://queue.example",
    }

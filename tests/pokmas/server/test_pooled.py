"""PgBouncer between, which lends a connection for one transaction only."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.jobs import services
from pokmas.launch import apt
from pokmas.lists import exports
from pokmas.server.pooled.base import DatabaseWrapper
from tests.factories import person
from tests.partners.factories import PartnerFactory
from tests.pokmas.health.serving import Browser, serving
from tests.pokmas.jobs.processes import WORKER, environment, running
from tests.pokmas.jobs.worker_app import DONE
from tests.waiting import PATIENCE, wait_until

pytestmark = [
    pytest.mark.worker,
    pytest.mark.xdist_group("worker"),
    pytest.mark.django_db(transaction=True),
]

LISTS = ["partners:index", "agreements:index", "outreach:index", "reports:index"]
LISTS += ["jobs:index", "accounts:index", "offices:index", "audit:index", "home"]
CONFIGURATION = """\
[databases]
* = host={host} port={port} user={user} password={password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {size}
"""


@pytest.fixture(scope="module")
def pgbouncer():
    path = f"{os.environ['PATH']}:/usr/sbin"
    if not shutil.which("pgbouncer", path=path):
        apt.install(["pgbouncer"])
    return shutil.which("pgbouncer", path=path)


@pytest.fixture
def pool(pgbouncer):
    """Starts a pool of `size` connections to the test's database: its port."""

    @contextmanager
    def _pool(size):
        there = {"host": "127.0.0.1", "port": 5432}
        there |= connection.get_connection_params()
        # As the portal comes in: with the role that owns nothing.
        login = urlsplit(os.environ["DATABASE_URL"])
        there |= {"user": login.username, "password": unquote(login.password or "")}
        with socket.create_server(("127.0.0.1", 0)) as free:
            own = free.getsockname()[1]
        # Root it refuses to be, and the folder of our socket is open to its owner only.
        is_ours = there["host"].startswith("/")
        user = (
            os.stat(there["host"]).st_uid if is_ours else pwd.getpwnam("nobody").pw_uid
        )
        folder = Path(tempfile.mkdtemp())
        file = folder / "pgbouncer.ini"
        file.write_text(CONFIGURATION.format(**there, own=own, size=size))
        if os.geteuid() == 0:
            for each in (folder, file):
                os.chown(each, user, -1)
        bouncer = subprocess.Popen(
            [pgbouncer, "--quiet", str(file)],
            user=user if os.geteuid() == 0 else None,
            cwd="/",
        )
        try:
            wait_until(lambda: _listens(own), what="PgBouncer listens")
            yield own
        finally:
            bouncer.terminate()
            bouncer.wait(PATIENCE)
            shutil.rmtree(folder)

    return _pool


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def through(port):
    """A connection as a program of the portal has it that is told of the pool."""
    there = connection.settings_dict | {"HOST": "127.0.0.1", "PORT": str(port)}
    return DatabaseWrapper(there | {"OPTIONS": {}}, "default")


def address(port):
    there = connection.settings_dict
    return f"postgres://{there['USER']}@127.0.0.1:{port}/{there['NAME']}"


def ask(wrapper, words, params=None):
    with wrapper.cursor() as cursor:
        cursor.execute(words, params)
        return cursor.fetchone()[0]


def test_a_question_has_its_time_limit_and_leaves_none_to_the_next(pool):
    limits = settings.TIME_LIMITS | {"statement_timeout": 1}
    with pool(1) as port, closing(through(port)) as ours:
        settings.TIME_LIMITS, usual = limits, settings.TIME_LIMITS
        try:
            with pytest.raises(OperationalError, match="statement timeout"):
                ask(ours, "SELECT pg_sleep(%s)", [PATIENCE])
        finally:
            settings.TIME_LIMITS = usual
        limit = ask(ours, "SELECT current_setting('statement_timeout')")
        with psycopg.connect(address(port)) as another:
            (left,) = another.execute("SHOW statement_timeout").fetchone()

    assert (limit, left) == ("15s", "0")


def test_a_transaction_keeps_the_limit_that_it_chose(pool):
    with pool(1) as port, closing(through(port)) as ours:
        ours.set_autocommit(False)
        ask(ours, "SELECT 1")
        with ours.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '600s'")
        assert ask(ours, "SELECT current_setting('statement_timeout')") == "10min"
        ours.rollback()

        assert ask(ours, "SELECT current_setting('statement_timeout')") == "15s"


def test_what_no_transaction_may_hold_goes_through(pool):
    with pool(1) as port, closing(through(port)) as ours, ours.cursor() as cursor:
        cursor.execute("VACUUM offices_office")


def test_lists_exports_and_jobs_go_their_way_through_few_connections(
    pool, sign_in, tmp_path
):
    officer = person(Role.HEADQUARTERS)
    partners = PartnerFactory.create_batch(3)
    with transaction.atomic():
        job = services.enqueue("tests.report", key="uji", payload={"seconds": 0.1})
    cookie = sign_in(officer).cookies[settings.SESSION_COOKIE_NAME].value
    with pool(3) as port:
        more = {"DATABASE_URL": address(port), "POKMAS_POOLED": "1"}
        more["POKMAS_OWNER_DATABASE_URL"] = ""
        worker = environment("", **more)
        with serving(tmp_path / "web.log", **more) as web:
            browser = Browser(web)
            browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
            pages = {name: browser.status(reverse(name)) for name in LISTS * 3}
            path = reverse("partners:index")
            sheets = [
                (status, text.count("\n"))
                for status, _headers, text in [
                    browser.ask(f"{path}?export=csv") for _turn in range(6)
                ]
            ]
            health = browser.status("/health/")
        log = (tmp_path / "worker.log").open("wb")
        with log, running(*WORKER, env=worker, log=log):
            wait_until(lambda: _is_done(job))

    assert pages == dict.fromkeys(LISTS, 200) | {"home": 302}
    assert sheets == [(200, 1 + len(partners))] * 6
    assert health == 200
    # What a worker was ended in is rolled back a moment later.
    wait_until(lambda: _advisory_locks() == 0)


def _is_done(job):
    services.sweep()
    return Entry.objects.about(job).filter(action=DONE).exists()


def _advisory_locks():
    return ask(
        connection,
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
        " AND classid = ANY(%s)",
        [[exports.LOCKS, exports.OWN_LOCKS]],
    )

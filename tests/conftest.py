"""What every test may ask for. The clock, the mail box and the file store are faked;
nothing of ours is."""

import gc
import os
import time
from datetime import timedelta
from functools import cache
from uuid import uuid4
from zoneinfo import ZoneInfo

import pgtrigger
import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.utils import timezone
from psycopg import sql

from pokmas.documents import sandbox
from tests.owner import as_owner

pytest_plugins = ["tests.browser"]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's event loop
UNLIMITED = " -c statement_timeout=0"
FROM_MODELS = ["contenttypes.ContentType", "auth.Permission"]
# Where the longest journeys in a browser are.
LONG_FIRST = ["tests/house/", "tests/journeys/"]


def pytest_make_parametrize_id(val, argname):
    """The bytes of a file name no test: they differ from one second to the next, and
    two workers would collect two tests."""
    return argname if isinstance(val, bytes) and len(val) > 20 else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Browsers come last, as pytest-django has it, and short journeys after long ones:
    no worker waits for the other at the end."""
    items.sort(key=_turn)


def _turn(item) -> int:
    if not item.get_closest_marker("browser"):
        return 0
    long = [item.nodeid.startswith(folder) for folder in LONG_FIRST]
    return long.index(True) + 1 if any(long) else len(long) + 1


def pytest_collection_finish():
    """What is loaded by now stays: nobody need look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def _who_opens_files_is_given_time():
    """By the clock, on a machine with much else to do."""
    sandbox.WALL = 100


@pytest.fixture(scope="session")
def _media(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def _media_in_a_folder_of_its_own(settings, _media):
    """None is made before something is stored: for each that pytest makes, it looks
    through all that it made before."""
    settings.MEDIA_ROOT = str(_media / uuid4().hex)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """A database is made or dropped however long a busy machine takes over it."""
    _limit_statements(False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """The owner makes the databases; from then on tests have the portal's role."""
    connection.close()
    _limit_statements(True)
    connection.settings_dict["OPTIONS"]["assume_role"] = settings.DATABASE_ROLE
    yield
    connection.close()
    del connection.settings_dict["OPTIONS"]["assume_role"]
    _limit_statements(False)


def _limit_statements(is_on: bool) -> None:
    options = connection.settings_dict["OPTIONS"]
    if usual := options.get("options"):
        usual = usual.removesuffix(UNLIMITED)
        options["options"] = usual if is_on else usual + UNLIMITED


@pytest.fixture(autouse=True, scope="session")
def _tables_are_emptied_by_their_owner():
    """Tests with real transactions empty the tables afterwards, the audit too.

    What a migration put there comes back; what follows from the models alone stays.
    Of some hundred tables a test fills a few: to look which costs 20 ms, to truncate
    all of them two seconds.
    """
    teardown = TransactionTestCase._fixture_teardown

    def emptying(self):
        from pokmas.server.rooms import collect

        with as_owner() as cursor, pgtrigger.ignore(), transaction.atomic():
            cursor.execute(_filled())
            for (name,) in cursor.fetchall():
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
        with pgtrigger.ignore():
            for first in collect("first"):
                first.fill(apps)

    TransactionTestCase._fixture_teardown = emptying
    yield
    TransactionTestCase._fixture_teardown = teardown


@cache
def _filled() -> sql.Composed:
    """The query for the tables with rows, but for those filled from the models."""
    tables = connection.introspection.django_table_names(
        only_existing=True, include_views=False
    )
    stay = {apps.get_model(name)._meta.db_table for name in FROM_MODELS}
    one = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
    return sql.SQL(" UNION ALL ").join(
        one.format(name, sql.Identifier(name)) for name in sorted({*tables} - stay)
    )


@pytest.fixture(autouse=True, scope="session")
def _morning():
    """Tests begin when it is ten o'clock in Makassar the next time: no day ends in the
    middle of one, in none of the three zones."""
    now = timezone.now().astimezone(ZoneInfo("Asia/Makassar"))
    morning = now.replace(hour=10, minute=0)
    with time_machine.travel(morning + timedelta(days=morning < now)):
        yield


@pytest.fixture(autouse=True)
def _true_hour(request, _morning):
    """A browser, a worker and the database have the machine's clock."""
    beside = ["browser", "worker", "true_hour"]
    if any(map(request.node.get_closest_marker, beside)):
        with time_machine.travel(time_machine.escape_hatch.time.time()):
            yield
    else:
        yield


@pytest.fixture
def stopped_clock():
    """The moment stands still: no window of a limit ends in the middle of a test."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """The database for rows that the tests of a module share; gone after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def sign_in(client):
    """Sign a user in, past the second factor, as the real flow leaves the session."""

    def _sign_in(user):
        from allauth.account.internal.flows import login
        from allauth.mfa.models import Authenticator

        from pokmas.accounts.middleware import IN_USE, SEEN_AT, SIGNED_IN_AT

        client.force_login(user)
        if any(assignment.is_staff for assignment in user.assignments.not_over()):
            Authenticator.objects.get_or_create(
                user=user, type=Authenticator.Type.TOTP, defaults={"data": {}}
            )
        now = int(time.time())
        session = client.session
        session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "mfa", "type": "totp", "at": now}
        ]
        session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session[SIGNED_IN_AT] = session[SEEN_AT] = now
        if in_use := user.assignments.current().own_first().first():
            session[IN_USE] = in_use.pk
        session.save()
        return client

    return _sign_in


@pytest.fixture(scope="session")
def s3():
    """A server for all tests that ask for one; its packages take a second."""
    from tests.pokmas.s3 import Server

    server = Server()
    yield server
    server.server.stop()


@pytest.fixture
def bucket(s3, settings):
    """The portal keeps its files in a bucket of its own."""
    bucket = s3.bucket(settings)
    bucket.use()
    return bucket


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.bucket)])
def storage(request):
    """Files in a folder, and once more in a bucket."""
    if request.param == "bucket":
        request.getfixturevalue("bucket")

"""Lists, searches, figures and sheets may be read from a copy of the database.

The copy is a streaming replica (`POKMAS_REPLICA_DATABASE_URL`), always a little behind.
Whoever wrote something reads the primary until the replica has it: how far the writing
had come then is remembered for him, in the database, so that it holds on every host and
also for what a job does in his name. While the replica is away, too far behind, or busy
with what it must repeat, the same request asks the primary.

What may be read from it is marked where it is read: `from_replica` before a view or the
part of one that only reads, `ask` and `stream` for less. Within, the replica stands in
the place of the primary, and takes no write.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections, transaction

from pokmas.server.outage import DATABASE_LOST
from pokmas.server.patience import was_given_up

logger = logging.getLogger(__name__)

ALIAS = "replica"
# One that could not be reached is left alone for so long.
REST_SECONDS = 30
# Commits do not stand in the exact order of their times; and a request takes a moment.
SLACK_SECONDS = 60
# A table that the replica is busy with is not waited for.
PATIENCE_MS = 500
WRITES = ("INSERT", "UPDATE", "DELETE", "MERGE")
LOOK = """
    SELECT pg_is_in_recovery(),
        coalesce(pg_last_wal_replay_lsn() >= %(own)s::pg_lsn, %(own)s::pg_lsn IS NULL),
        CASE WHEN pg_last_wal_replay_lsn() >= %(newest)s::pg_lsn THEN 0
        ELSE extract(epoch FROM %(now)s - pg_last_xact_replay_timestamp()) END::float,
        set_config('lock_timeout', %(patience)s, true)
"""

Found = TypeVar("Found")
_resting_until = 0.0


class Behind(Exception):
    """The replica does not have what is needed."""


FAILURES = (Behind, Error, *DATABASE_LOST)


@dataclass(frozen=True)
class Needed:
    """What a replica must have to be read from, as the primary says."""

    # How far its writing has come, and when that was, by its own clock.
    newest: str
    now: datetime
    # How far it had come when this person had written something.
    own: str | None = None


@dataclass(frozen=True)
class Seen:
    """How a replica is beside that; `lag` is in seconds, at most, if it can be said."""

    is_replica: bool
    has_own: bool
    lag: float | None

    @property
    def is_near(self) -> bool:
        return self.lag is not None and self.lag <= settings.REPLICA_LAG_SECONDS

    @property
    def will_do(self) -> bool:
        return self.is_replica and self.has_own and self.is_near


def is_there() -> bool:
    return ALIAS in connections.settings


# Reading


def from_replica(answer: Callable) -> Callable:
    """For a view, or the part of one that only reads and gives the whole answer."""

    @wraps(answer)
    def read(request, *args, **kwargs):
        return ask(needed_by(request.user), lambda: answer(request, *args, **kwargs))

    return read


def needed_by(person) -> Needed | None:
    """What this person needs; None if he reads the primary anyway."""
    if not is_there() or time.monotonic() < _resting_until:
        return None
    if connection.in_atomic_block or not person.is_authenticated:
        return None
    # His rights are those of now: asked of the primary before anything else.
    _ = person.permissions
    return where_it_is(own=cache.get(_key(person.pk)))


def where_it_is(own: str | None = None) -> Needed:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()::text, clock_timestamp()")
        return Needed(*cursor.fetchone(), own)


def ask(needed: Needed | None, read: Callable[[], Found]) -> Found:
    """What `read` finds: in the replica, or in the primary if that fails."""
    if needed is not None:
        try:
            with _met(needed), _in_place_of_the_primary():
                found = read()
                if not connection.errors_occurred:
                    return found
        except FAILURES as error:
            _go_on(error)
    return read()


def stream(
    needed: Needed | None, read: Callable[[str], Iterator[bytes]]
) -> Iterator[bytes]:
    """What `read` finds piece by piece in the database whose name it is given.

    After the first piece there is no way back to the primary.
    """
    if needed is not None:
        pieces = _pieces(needed, read)
        try:
            first = next(pieces, None)
        except FAILURES as error:
            _go_on(error)
        else:
            if first is not None:
                yield first
            yield from pieces
            return
    yield from read(DEFAULT_DB_ALIAS)


def _pieces(needed, read) -> Iterator[bytes]:
    with _met(needed):
        yield from read(ALIAS)


@contextmanager
def _met(needed: Needed) -> Iterator[None]:
    """A transaction in a replica that has what is needed; else `Behind`.

    One transaction, so that a pool of several replicas lends the same one.
    """
    _reach()
    with transaction.atomic(ALIAS):
        if not look(needed).will_do:
            raise Behind
        yield


def _reach() -> None:
    global _resting_until
    line = connections[ALIAS]
    try:
        line.close_if_health_check_failed()
        line.ensure_connection()
    except FAILURES:
        _resting_until = time.monotonic() + REST_SECONDS
        raise


def look(needed: Needed) -> Seen:
    """How the replica is now."""
    asked = {
        "own": needed.own,
        "newest": needed.newest,
        "now": needed.now,
        "patience": str(PATIENCE_MS),
    }
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(LOOK, asked)
        return Seen(*cursor.fetchone()[:3])


@contextmanager
def _in_place_of_the_primary() -> Iterator[None]:
    """Whatever this thread asks, by whichever way, it asks the replica."""
    primary = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections[ALIAS]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = primary


def _go_on(error: Exception) -> None:
    """With the primary, unless it would take as long there."""
    if was_given_up(error):
        raise error
    if not isinstance(error, Behind):
        logger.warning("Not read from the replica: %s", type(error).__name__)


# Writing


class OwnWritesMiddleware:
    """Remembers how far the primary had come when somebody had written something."""

    def __init__(self, get_response):
        if not is_there():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        writes = []

        def note(execute, sql, params, many, context):
            result = execute(sql, params, many, context)
            if (context["cursor"].statusmessage or "").startswith(WRITES):
                writes.append(True)
            return result

        with connection.execute_wrapper(note):
            response = self.get_response(request)
        if writes and request.user.is_authenticated:
            remember(request.user.pk)
        return response


def remember(person: int | None) -> None:
    """What was written until now for this person, he finds wherever he reads."""
    if person and is_there():
        # Later than that no replica is read from that may be without it.
        seconds = settings.REPLICA_LAG_SECONDS + SLACK_SECONDS
        cache.set(_key(person), where_it_is().newest, seconds)


def _key(person: int) -> str:
    return f"written-{person}"

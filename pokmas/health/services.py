"""Ask the parts of the portal how they are, each within a bounded time."""

import logging
import threading
import time
import tomllib
from collections.abc import Callable
from functools import cache

import django
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils import translation
from redis.exceptions import RedisError

from pokmas.documents import belonging, clamd, waiting
from pokmas.health import inside, outside
from pokmas.health.watched import SECONDS, Finding, State, failed
from pokmas.server import replica

logger = logging.getLogger(__name__)

# Less than all have: a store that does not answer says so itself.
STORE_SECONDS = SECONDS - 0.5


def ready() -> list[Finding]:
    """What a request needs; a proxy or a monitor asks it every few seconds."""
    found = _of_database([inside.database, inside.migrations])
    return [*found, outside.static(), *_bounded([outside.broker, *_of_store(found)])]


def all_parts() -> list[Finding]:
    """Everything that the status page shows."""
    found = _of_database(
        [
            inside.database,
            inside.migrations,
            inside.queue,
            inside.heartbeats,
            inside.mail,
            inside.changes,
            inside.trail,
            *([inside.replica] if replica.is_there() else []),
        ]
    )
    others = [outside.broker, outside.storage, *_of_store(found), outside.pdf]
    if settings.CLAMD:
        others.append(outside.scanner)
    return [*found, outside.static(), *_bounded(others)]


@cache
def versions() -> list[tuple[str, str]]:
    project = settings.BASE_DIR / "pyproject.toml"
    portal = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
    return [("Pokmas", portal), ("Django", django.get_version())]


def _of_database(checks: list[Callable]) -> list[Finding]:
    """Ask the database one thing after another; if it is away, that is all to say."""
    found: list[Finding] = []
    left = list(checks)
    while left:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
                while left:
                    answer = left[0]()
                    found += answer if isinstance(answer, list) else [answer]
                    left.pop(0)
        except (DatabaseError, InterfaceError) as error:
            if not found:
                connection.close()
                return [failed("database", error)]
            found.append(failed(left.pop(0).__name__, error))
    return found


def _of_store(found: list[Finding]) -> list[Callable[[], Finding]]:
    """Only the database knows whose store it should be."""
    if found[0].state != State.OK:
        return []
    try:
        return [outside.whose(belonging.wanted())]
    except (DatabaseError, InterfaceError):
        logger.warning("The mark of the store is not known", exc_info=True)
        return []


def _bounded(checks: list[Callable[[], Finding]]) -> list[Finding]:
    """Ask what lies outside, all at once; who does not answer in time has not.

    The threads are left to themselves then. They ask no database.
    """
    answers, language = {}, translation.get_language()

    def ask(check):
        with translation.override(language), waiting.bounded(STORE_SECONDS):
            try:
                answers[check] = check()
            except (OSError, RedisError, clamd.Unavailable) as error:
                answers[check] = failed(check.__name__, error)

    threads = [
        threading.Thread(target=ask, args=[each], daemon=True) for each in checks
    ]
    for thread in threads:
        thread.start()
    until = time.monotonic() + SECONDS
    for thread in threads:
        thread.join(max(until - time.monotonic(), 0))
    return [answers.get(each) or failed(each.__name__, None) for each in checks]

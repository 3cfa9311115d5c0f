"""Several who do something at the same moment, for certain."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

from tests.waiting import PATIENCE, wait_until


def at_once(table: str, *acts: Callable) -> list:
    """What each act gives, where all have looked before one writes to the table.

    Nobody may write while it is held here: all come as far as their writing.
    """
    given = [None] * len(acts)

    def run(place, act):
        try:
            given[place] = act()
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=each, daemon=True) for each in enumerate(acts)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
        for thread in threads:
            thread.start()
        wait_until(lambda: _waiting(cursor, table) == len(acts))
    for thread in threads:
        thread.join(PATIENCE)
    return given


def _waiting(cursor, table) -> int:
    cursor.execute(
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass",
        [table],
    )
    return cursor.fetchone()[0]


def in_threads(act: Callable, times: int) -> list:
    """What `act` answered in each of several threads; a refusal counts as None."""

    def one(number):
        try:
            return act(number)
        except ValidationError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))

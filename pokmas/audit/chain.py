"""The seals: every row of the trail has a digest, every digest hangs on the one before.

A seal is signed with a key that is not in the database, so that whoever can write there
can take a row away, but cannot make the seals anew without it. `POKMAS_SEAL_KEYS` lists
keys as `id:base64`; the first seals, the others are kept for what they have sealed.

New rows are sealed every few minutes. From then on a changed, added or removed row, or
seal, is named by a check (`checking.py`).
"""

import hmac
import json
import time

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from pokmas.audit.models import Entry, Seal
from pokmas.server.keys import read_keys

LOCK = 0x7365616C
BATCH = 5000
# Seconds that a run of the sealing waits for those who are writing.
PATIENCE, PAUSE = 5, 0.05
START = bytes(32)


def sealed_models() -> list[type]:
    """The entries and every history table, in a fixed order."""
    events = [
        model
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and model._meta.managed
    ]
    return [Entry, *sorted(events, key=lambda model: model._meta.db_table)]


# Sealing


def seal_all() -> int:
    """Seal whatever is new in every table; returns the number of rows."""
    columns = {model._meta.db_table: model._meta.pk.column for model in sealed_models()}
    settled = _settled(columns)
    return sum(_seal_table(table, columns[table], settled[table]) for table in settled)


def _seal_table(table: str, key: str, last: int) -> int:
    sealed = 0
    while rows := _seal_batch(table, key, last):
        sealed += rows
        if rows < BATCH:
            break
    return sealed


def _settled(columns: dict[str, str]) -> dict[str, int]:
    """The newest number of each table, with no older one still to be committed.

    A row has its number when it is written, but is seen in the order of the commits.
    Whoever may still commit a number below the newest that is seen has had the lock of
    a writer since before he drew it. So we look at the numbers first and at the writers
    second; once those have ended, whatever has a number is there or never will be.
    Nobody waits for us, and we wait for nobody who comes later. To ask for transactions
    older than the oldest one running would not do: a row draws its number before its
    transaction has one.

    A table with somebody who writes for longer is left for the next run.
    """
    newest = {table: _newest_number(table, key) for table, key in columns.items()}
    writers = _writers(list(columns))
    until = time.monotonic() + PATIENCE
    while writers and time.monotonic() < until:
        time.sleep(PAUSE)
        writers &= _writers(list(columns))
    busy = {table for table, _transaction in writers}
    return {
        table: number
        for table, number in newest.items()
        if number is not None and table not in busy
    }


def _newest_number(table: str, key: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_sql("SELECT max({key}) FROM {table}", key=key, table=table))
        return cursor.fetchone()[0]


def _writers(tables: list[str]) -> set[tuple[str, str]]:
    """Table and transaction of all others who are writing in one of the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, l.virtualtransaction FROM pg_locks l "
            "JOIN pg_class c ON c.oid = l.relation "
            "JOIN pg_database d ON d.oid = l.database "
            "WHERE d.datname = current_database() AND c.relname = ANY(%s) "
            "AND l.mode = 'RowExclusiveLock' AND l.granted "
            "AND l.pid IS DISTINCT FROM pg_backend_pid()",
            [tables],
        )
        return set(cursor.fetchall())


@transaction.atomic
def _seal_batch(table: str, key: str, last: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    first = reached(table) + 1
    end = _end_of_batch(table, key, first, last)
    if end is None:
        return 0
    rows = digests(table, key, first, end)
    head = newest()
    seal = Seal(
        table=table,
        columns=columns_of(table),
        first_id=first,
        last_id=rows[-1][0],
        count=len(rows),
        ids=[number for number, _digest in rows],
        digests=b"".join(digest for _number, digest in rows),
        previous=head.digest if head else START,
        sealed_at=timezone.now(),
        key=next(iter(seal_keys())),
    )
    seal.digest = digest_of(seal)
    seal.save()
    return len(rows)


def reached(table: str, *, before: int | None = None) -> int:
    """Up to which number the table is sealed, by the seals before seal `before`."""
    seals = Seal.objects.filter(table=table).order_by("-pk")
    if before is not None:
        seals = seals.filter(pk__lt=before)
    return seals.values_list("last_id", flat=True).first() or 0


def newest() -> Seal | None:
    """The end of the chain."""
    return Seal.objects.order_by("-pk").first()


def digest_of(seal: Seal) -> bytes:
    """What the seal must say of itself, from everything else in it and its key."""
    words = [
        *(seal.table, seal.columns, seal.first_id, seal.last_id),
        *(seal.count, seal.ids, seal.sealed_at.isoformat(), seal.key),
    ]
    content = json.dumps(words, separators=(",", ":")).encode()
    content = bytes(seal.previous) + content + bytes(seal.digests)
    return hmac.digest(seal_keys()[seal.key], content, "sha256")


def seal_keys() -> dict[str, bytes]:
    return read_keys("POKMAS_SEAL_KEYS", tuple(settings.SEAL_KEYS))


# The rows


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return sorted(
            column.name
            for column in connection.introspection.get_table_description(cursor, table)
        )


def _end_of_batch(table: str, key: str, first: int, last: int) -> int | None:
    """The number of the row that fills a batch; None if there is nothing left."""
    query = _sql(
        "SELECT max(t.{key}) FROM (SELECT {key} FROM {table} "
        "WHERE {key} BETWEEN %s AND %s ORDER BY {key} LIMIT %s) t",
        key=key,
        table=table,
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [first, last, BATCH])
        return cursor.fetchone()[0]


def digests(
    table: str, key: str, first: int, last: int, *, without: set[str] = frozenset()
) -> list[tuple[int, bytes]]:
    """Number and digest of the rows first–last, without some of their columns."""
    query = _sql(
        "SELECT t.{key}, sha256(convert_to((to_jsonb(t) - %s::text[])::text, 'UTF8')) "
        "FROM {table} t WHERE t.{key} BETWEEN %s AND %s ORDER BY t.{key}",
        key=key,
        table=table,
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [sorted(without), first, last])
        return [(number, bytes(digest)) for number, digest in cursor.fetchall()]


def count_after(table: str, key: str, last: int) -> int:
    query = _sql("SELECT count(*) FROM {table} WHERE {key} > %s", table=table, key=key)
    with connection.cursor() as cursor:
        cursor.execute(query, [last])
        return cursor.fetchone()[0]


def _sql(words: str, **names: str) -> str:
    identifiers = {name: sql.Identifier(value) for name, value in names.items()}
    return sql.SQL(words).format(**identifiers).as_string()

"""The seals: every row of the trail has a digest, every digest hangs on the one before.

New rows are sealed every few minutes. From then on a changed, added or removed row, or
seal, is named by `check`.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

import pghistory.models
from django.apps import apps
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg import sql

from pokmas.audit.models import Entry, Inspection, Seal

LOCK = 0x7365616C
Kind = Inspection.Fault
BATCH = 5000
PATIENCE = "300ms"
FAULTS_NAMED = 200
START = bytes(32)


@dataclass(frozen=True)
class Fault:
    """What a check found, and where; without an id it concerns the whole table."""

    table: str
    id: int | None
    fault: Kind


@dataclass
class Result:
    seals: int = 0
    rows: int = 0
    unsealed: int = 0
    faults: list[Fault] = field(default_factory=list)
    head: bytes = START

    @property
    def is_intact(self) -> bool:
        return not self.faults


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
    return sum(_seal_table(model) for model in sealed_models())


def _seal_table(model) -> int:
    table, key = model._meta.db_table, model._meta.pk.column
    last = _settled(table, key)
    sealed = 0
    while last is not None:
        rows = _seal_batch(table, key, last)
        sealed += rows
        if rows < BATCH:
            break
    return sealed


def _settled(table: str, key: str) -> int | None:
    """The newest number, with no older one still to be committed; None: not now.

    Numbers are given out when a row is written, but seen in the order of the commits.
    For the moment of this lock nobody is writing: whatever has a number is there, or
    never will be. If somebody writes for long, the next run seals more.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            cursor.execute(_sql("LOCK TABLE {table} IN SHARE MODE", table=table))
            cursor.execute(_sql("SELECT max({key}) FROM {table}", key=key, table=table))
            return cursor.fetchone()[0]
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != "55P03":  # lock_not_available
            raise
        return None


@transaction.atomic
def _seal_batch(table: str, key: str, last: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    before = Seal.objects.filter(table=table).order_by("-last_id").first()
    first = before.last_id + 1 if before else 1
    columns = _columns(table)
    end = _end_of_batch(table, key, first, last)
    if end is None:
        return 0
    rows = _digests(table, key, columns, first, end)
    head = newest()
    seal = Seal(
        table=table,
        columns=columns,
        first_id=first,
        last_id=rows[-1][0],
        count=len(rows),
        ids=[number for number, _digest in rows],
        digests=b"".join(digest for _number, digest in rows),
        previous=head.digest if head else START,
        sealed_at=timezone.now(),
    )
    seal.digest = digest_of(seal)
    seal.save()
    return len(rows)


def newest() -> Seal | None:
    """The end of the chain."""
    return Seal.objects.order_by("-pk").first()


def digest_of(seal: Seal) -> bytes:
    """What the seal must say of itself, from everything else in it."""
    words = [
        *(seal.table, seal.columns, seal.first_id, seal.last_id),
        *(seal.count, seal.ids, seal.sealed_at.isoformat()),
    ]
    content = json.dumps(words, separators=(",", ":")).encode()
    return hashlib.sha256(bytes(seal.previous) + content + bytes(seal.digests)).digest()


# Checking


def check() -> Result:
    """Compare every sealed row, and the chain itself, with what was sealed."""
    result = Result()
    keys = {model._meta.db_table: model._meta.pk.column for model in sealed_models()}
    reached: dict[str, int] = {}
    for seal in _in_order():
        result.seals += 1
        result.rows += seal.count
        _note(result, _faults_of_seal(seal, result.head, reached))
        if seal.table in keys:
            _note(result, _faults_of_rows(seal, keys[seal.table]))
        else:
            _note(result, [Fault(seal.table, None, Kind.SHAPE)])
        reached[seal.table] = seal.last_id
        result.head = bytes(seal.digest)
    _note(result, _faults_of_heads())
    for table, key in keys.items():
        result.unsealed += _count_after(table, key, reached.get(table, 0))
    return result


def _note(result: Result, faults) -> None:
    room = FAULTS_NAMED - len(result.faults)
    result.faults += list(faults)[:room]


def _in_order() -> Iterator[Seal]:
    """All seals, a few at a time: each holds up to BATCH digests."""
    last = 0
    while seals := list(Seal.objects.filter(pk__gt=last).order_by("pk")[:20]):
        yield from seals
        last = seals[-1].pk


def _faults_of_seal(seal: Seal, head: bytes, reached: dict) -> Iterator[Fault]:
    if bytes(seal.previous) != head or seal.first_id != reached.get(seal.table, 0) + 1:
        yield Fault("audit_seal", seal.pk, Kind.GAP)
    if digest_of(seal) != bytes(seal.digest):
        yield Fault("audit_seal", seal.pk, Kind.SEAL)


def _faults_of_rows(seal: Seal, key: str) -> Iterator[Fault]:
    missing = set(seal.columns) - set(_columns(seal.table))
    if missing:
        yield Fault(seal.table, None, Kind.SHAPE)
        return
    found = dict(_digests(seal.table, key, seal.columns, seal.first_id, seal.last_id))
    digests = bytes(seal.digests)
    sealed = {
        number: digests[32 * place : 32 * place + 32]
        for place, number in enumerate(seal.ids)
    }
    for number in sorted(sealed.keys() | found.keys()):
        if number not in found:
            yield Fault(seal.table, number, Kind.REMOVED)
        elif number not in sealed:
            yield Fault(seal.table, number, Kind.ADDED)
        elif sealed[number] != found[number]:
            yield Fault(seal.table, number, Kind.CHANGED)


def _faults_of_heads() -> Iterator[Fault]:
    """A head that an earlier check saw must still be in the chain."""
    heads = Inspection.objects.exclude(head="").order_by("-pk")[:50]
    seen = {bytes.fromhex(head) for head in heads.values_list("head", flat=True)}
    held = Seal.objects.filter(digest__in=seen).values_list("digest", flat=True)
    if seen - {bytes(digest) for digest in held} - {START}:
        yield Fault("audit_seal", None, Kind.HEAD)


# The rows


def _columns(table: str) -> list[str]:
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


def _digests(
    table: str, key: str, columns: list[str], first: int, last: int
) -> list[tuple[int, bytes]]:
    """Number and digest of the rows first–last, over `columns` alone."""
    later = sorted(set(_columns(table)) - set(columns))
    query = _sql(
        "SELECT t.{key}, sha256(convert_to((to_jsonb(t) - %s::text[])::text, 'UTF8')) "
        "FROM {table} t WHERE t.{key} BETWEEN %s AND %s ORDER BY t.{key}",
        key=key,
        table=table,
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [later, first, last])
        return [(number, bytes(digest)) for number, digest in cursor.fetchall()]


def _count_after(table: str, key: str, last: int) -> int:
    query = _sql("SELECT count(*) FROM {table} WHERE {key} > %s", table=table, key=key)
    with connection.cursor() as cursor:
        cursor.execute(query, [last])
        return cursor.fetchone()[0]


def _sql(words: str, **names: str) -> str:
    identifiers = {name: sql.Identifier(value) for name, value in names.items()}
    return sql.SQL(words).format(**identifiers).as_string()


def as_json(faults: list[Fault]) -> list[dict]:
    return [asdict(fault) for fault in faults]

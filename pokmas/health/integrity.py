"""Does what is kept fit together? Asked after a restore, a crash, a full disk."""

import hashlib
from collections.abc import Iterator

import pghistory.models
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from psycopg import sql

from pokmas.audit.models import Entry
from pokmas.documents import belonging
from pokmas.documents.models import Document, IssuedDocument
from pokmas.records.lifecycle import Lifecycle

CHUNK = 500


def faults() -> Iterator[str]:
    """A line for each row that does not fit, over all rows and all files."""
    yield from _files()
    for model in apps.get_models():
        if issubclass(model, Lifecycle):
            yield from _entries(model)
        if issubclass(model, pghistory.models.Event) and model._meta.managed:
            yield from _history(model)


# Files


def _files() -> Iterator[str]:
    """Every file that a row names is there, with the content of its day."""
    if words := belonging.fault():
        yield words
    for document in Document.objects.exclude(file="").iterator(CHUNK):
        yield from _file(document)
        if document.thumbnail and not default_storage.exists(document.thumbnail.name):
            yield _about(document, _("gambar kecilnya tidak ada"))
    for issued in IssuedDocument.objects.exclude(sha256="").iterator(CHUNK):
        yield from _file(issued)
        if issued.word and not default_storage.exists(issued.word.name):
            yield _about(issued, _("berkas Word-nya tidak ada"))
        if issued.package and not default_storage.exists(issued.package.name):
            yield _about(issued, _("berkas ZIP-nya tidak ada"))


def _file(row: Document | IssuedDocument) -> Iterator[str]:
    try:
        with row.file.open() as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        # Not a fault if somebody has removed it since the row was read.
        if type(row).objects.filter(pk=row.pk, file=row.file.name).exists():
            yield _about(row, _("berkasnya tidak ada"))
    else:
        if digest != row.sha256:
            yield _about(row, _("isi berkasnya berubah"))


def _about(row: Document | IssuedDocument, words: str) -> str:
    return _line(row._meta.db_table, row.pk, words)


# The trail


def _entries(model: type[Lifecycle]) -> Iterator[str]:
    """Whatever moves along a table of statuses began with a verb, and is still there.

    A service writes the row and its entry in one transaction, and deletes none.
    """
    kind = ContentType.objects.get_for_model(model)
    entries = Entry.objects.filter(about_type=kind).order_by()
    rows, table = model._base_manager.order_by(), model._meta.db_table
    named = Exists(entries.filter(about_id=OuterRef("pk")))
    for pk in rows.filter(~named).values_list("pk", flat=True):
        yield _line(table, pk, _("tidak ada jejaknya"))
    there = Exists(rows.filter(pk=OuterRef("about_id")))
    for pk in entries.filter(~there).values_list("about_id", flat=True).distinct():
        yield _line(table, pk, _("ada jejaknya, tetapi barisnya hilang"))


def _history(events: type[pghistory.models.Event]) -> Iterator[str]:
    """The newest state in the history of a row is the state that the row has."""
    model = events.pgh_tracked_model
    table, key = model._meta.db_table, model._meta.pk.column
    kept = {field.column for field in events._meta.concrete_fields}
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if field.column in kept and field.column != key
    ]
    query = sql.SQL(
        "SELECT coalesce(t.{key}, e.{key}) FROM {table} t FULL JOIN ("
        "  SELECT DISTINCT ON ({key}) * FROM {events} ORDER BY {key}, pgh_id DESC"
        ") e ON e.{key} = t.{key} "
        "WHERE (t.{key} IS NULL AND e.pgh_label <> 'delete') "
        "OR (t.{key} IS NOT NULL AND (e.pgh_id IS NULL OR e.pgh_label = 'delete' "
        "OR ROW({mine}) IS DISTINCT FROM ROW({theirs}))) ORDER BY 1"
    ).format(
        key=sql.Identifier(key),
        table=sql.Identifier(table),
        events=sql.Identifier(events._meta.db_table),
        mine=_listed("t", columns),
        theirs=_listed("e", columns),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(query)
        found = cursor.fetchall()
    for (pk,) in found:
        yield _line(table, pk, _("berbeda dari riwayatnya"))


def _listed(alias: str, columns: list[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(alias, column) for column in columns)


def _line(table: str, pk: int | str, words: str) -> str:
    return _("%(table)s baris %(number)s: %(words)s") % {
        "table": table,
        "number": pk,
        "words": words,
    }

"""A store of files belongs to a database: both have the same mark.

A worker of another host that was given an empty folder, or another bucket, would make
papers where nobody finds them.
"""

import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.db import connection, transaction
from django.utils.translation import gettext as _

from pokmas.jobs.models import FileStore

NAME = "mark"
LOCK = 0x6D61726B


class Strange(Exception):
    """The store is not that of this database; says so in words."""


@transaction.atomic
def check() -> None:
    """Raise unless they belong together. Where only one has a mark, or none, it begins.

    A database without one is new or from a dump older than the marks. A store without
    one is new only if the database is.
    """
    with connection.cursor() as cursor:
        # Where there is no row yet, there is none to lock against another worker.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if not FileStore.objects.exists():
        found = written()
        mark = found or uuid.uuid4().hex
        FileStore.objects.create(mark=mark)
        if not found:
            default_storage.save(NAME, ContentFile(mark.encode()))
    if words := fault():
        raise Strange(words)


def fault() -> str:
    """Why the two do not belong together; "" if they do, or nobody knows yet."""
    return fault_of(wanted())


def wanted() -> str:
    """The mark of this database; "" if it has none yet."""
    row = FileStore.objects.first()
    return row.mark if row else ""


def fault_of(mark: str) -> str:
    """The same of the store alone, which asks no database."""
    found = written()
    if not mark or found == mark:
        return ""
    if found:
        return _("Penyimpanan berkas ini milik basis data lain.")
    return _(
        "Penyimpanan berkas ini bukan yang dipakai basis data, atau isinya belum "
        "dikembalikan dari cadangan."
    )


@transaction.atomic
def adopt() -> None:
    """From now on the store that is set belongs to the database."""
    FileStore.objects.all().delete()
    default_storage.delete(NAME)
    check()


def written(store: Storage = default_storage) -> str:
    """The mark that a store bears; "" if it has none."""
    try:
        with store.open(NAME) as file:
            return file.read().decode("ascii", "replace").strip()
    except FileNotFoundError:
        return ""

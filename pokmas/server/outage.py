"""How it shows that the database went away, or a disk ran full, in the middle."""

import errno
import shutil
import tempfile

import psycopg
from django.db import InterfaceError, OperationalError

# The driver's own errors too: Django does not wrap what the close of a cursor raises.
DATABASE_LOST = (
    OperationalError,
    InterfaceError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)

# A disk without room, or one that does not answer, as a bucket that is away.
STORE_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
# With less in the temporary folder, whatever failed failed for want of room.
LEAST = 1024**2


def is_of_the_store(error: BaseException) -> bool:
    """Whether files could not be kept: at the bottom of the error, or of the room."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, psycopg.errors.DiskFull):
            return True
        if isinstance(cause, OSError) and cause.errno in STORE_ERRORS:
            return True
        cause = cause.__cause__ or cause.__context__
    return shutil.disk_usage(tempfile.gettempdir()).free < LEAST

"""How it shows that what the portal stands on went away in the middle of something."""

import errno
import shutil
import tempfile

import psycopg
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _

# The driver's own errors too: Django does not wrap what the close of a cursor raises.
DATABASE_LOST = (
    OperationalError,
    InterfaceError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)

STORE_WORDS = {
    "away": _("Penyimpanan berkas tidak menjawab."),
    "missing": _("Wadah penyimpanan berkas tidak ada."),
    "forbidden": _("Penyimpanan berkas menolak akses portal."),
    "full": _("Ruang penyimpanan berkas penuh."),
    "strange": _("Penyimpanan berkas yang terpasang bukan milik portal ini."),
    "failed": _("Penyimpanan berkas menjawab dengan galat."),
}
# What a disk says, also one of another machine; all else is a fault of its own.
REASONS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "forbidden",
}
# With less in the temporary folder, whatever failed failed for want of room.
LEAST = 1024**2


class StoreFailed(OSError):
    """The store of files cannot do what it was asked; as text it says why.

    It may help to try again later; `detail` is for the log.
    """

    def __init__(self, reason: str, detail: str = ""):
        super().__init__(reason)
        self.reason, self.detail = reason, detail

    def __str__(self):
        return str(STORE_WORDS[self.reason])

    def __repr__(self):
        return f"StoreFailed({self.reason!r}, {self.detail!r})"


def why_no_store(error: BaseException) -> str:
    """Why files could not be kept or read, in words; "" if that was not the reason.

    It is said at the bottom of the error.
    """
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, StoreFailed):
            return str(cause)
        if isinstance(cause, psycopg.errors.DiskFull) or _is_full(cause):
            return str(STORE_WORDS["full"])
        if isinstance(cause, OSError) and cause.errno in (errno.EIO, errno.ESTALE):
            return str(STORE_WORDS["away"])
        cause = cause.__cause__ or cause.__context__
    return ""


def why_no_room() -> str:
    """The same of what failed for a reason that it does not know itself."""
    is_full = shutil.disk_usage(tempfile.gettempdir()).free < LEAST
    return str(STORE_WORDS["full"]) if is_full else ""


def _is_full(error: BaseException) -> bool:
    return isinstance(error, OSError) and REASONS.get(error.errno or 0) == "full"

"""Where files are kept on this machine's disk."""

import os
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from pokmas.server.outage import REASONS, StoreFailed


class DurableStorage(FileSystemStorage):
    """A file is on the disk, and so is its name, before the row that tells of it.

    The database makes sure of its rows; without this a power cut would leave rows
    whose files are empty.
    """

    def _open(self, name, mode="rb"):
        with _in_words():
            return super()._open(name, mode)

    def _save(self, name, content):
        with _in_words():
            name = super()._save(name, content)
            path = Path(self.path(name))
            for each in (path, path.parent):
                _flush(each)
        return name

    def delete(self, name):
        with _in_words():
            super().delete(name)

    def listdir(self, path):
        with _in_words():
            return super().listdir(path)


@contextmanager
def _in_words():
    try:
        yield
    except (FileNotFoundError, StoreFailed):
        raise
    except OSError as error:
        reason = REASONS.get(error.errno or 0, "away")
        raise StoreFailed(reason, str(error)) from error


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

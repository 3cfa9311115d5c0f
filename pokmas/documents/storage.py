"""Where files are kept on this machine's disk."""

import os
from pathlib import Path

from django.core.files.storage import FileSystemStorage


class DurableStorage(FileSystemStorage):
    """A file is on the disk, and so is its name, before the row that tells of it.

    The database makes sure of its rows; without this a power cut would leave rows
    whose files are empty.
    """

    def _save(self, name, content):
        name = super()._save(name, content)
        path = Path(self.path(name))
        for each in (path, path.parent):
            _flush(each)
        return name


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

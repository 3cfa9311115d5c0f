"""Pages of stored PDFs as pictures, so that papers are read beside a form.

A page is drawn when somebody first looks at it, and kept for a day among the private
files: only a view that has checked who asks hands it out.
"""

import shutil
import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from pokmas.documents import drawer, sandbox, slots
from pokmas.documents.models import Document, IssuedDocument
from pokmas.server.outage import StoreFailed

FOLDER = "pictures"
KEPT_FOR = timedelta(days=1)
# In pixels, by how much larger than the window's width one wants to read it.
WIDTHS = {1: 900, 2: 1800}


class NotDrawn(Exception):
    """The page cannot be drawn, or not now; the file itself can be opened."""


def page(document: Document | IssuedDocument, number: int, zoom: int) -> bytes:
    """A page, counted from one, as JPEG."""
    name = f"{FOLDER}/{Path(document.file.name).name}-{number}-{zoom}"
    try:
        with default_storage.open(name) as file:
            return file.read()
    except FileNotFoundError:
        content = _drawn(document, number, WIDTHS[zoom])
    # Where nothing can be stored, it is read all the same.
    with suppress(StoreFailed):
        default_storage.save(name, ContentFile(content))
    return content


def sweep(now: datetime) -> int:
    """Remove the pictures of yesterday; they are drawn again if anybody asks."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    paths = [f"{FOLDER}/{name}" for name in names]
    old = [
        path
        for path in paths
        if default_storage.get_modified_time(path) < now - KEPT_FOR
    ]
    for path in old:
        default_storage.delete(path)
    return len(old)


def _drawn(document, number, width) -> bytes:
    try:
        with (
            slots.DRAWINGS.one(),
            tempfile.TemporaryDirectory(prefix="pokmas-") as name,
        ):
            folder = Path(name)
            with document.file.open() as stored, (folder / "upload").open("wb") as file:
                shutil.copyfileobj(stored, file)
            answer = sandbox.run(
                drawer.__name__,
                str(folder),
                str(number),
                str(width),
                seconds=drawer.SECONDS,
            )
            if "refused" in answer:
                raise NotDrawn(answer["error"])
            return (folder / "page").read_bytes()
    except (slots.Busy, sandbox.Broken) as error:
        raise NotDrawn(repr(error)) from error

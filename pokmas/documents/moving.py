"""The files of one store brought into another, be it a folder or a bucket."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from itertools import islice
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import Storage

from pokmas.documents import belonging

# Made anew when somebody asks, or left by a probe.
PASSING = {"pictures", "health"}
AT_ONCE = 8


class Outcome(Enum):
    COPIED = "copied"
    THERE = "there"
    ANOTHER = "another"


def bring(source: Storage, target: Storage) -> Iterator[tuple[str, Outcome]]:
    """Each file and what became of it; may be broken off and begun again at any time.

    The mark goes last: until all is there, the target is not the store of a database,
    and no worker begins on it.
    """
    names = files_in(source)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while some := list(islice(names, 50 * AT_ONCE)):
            yield from zip(
                some,
                pool.map(lambda name: _bring_one(source, target, name), some),
                strict=True,
            )
    if belonging.written(source):
        yield belonging.NAME, _bring_one(source, target, belonging.NAME)


def files_in(store: Storage, folder: str = "") -> Iterator[str]:
    """The names of what is kept, without the mark."""
    folders, files = store.listdir(folder)
    place = f"{folder}/" if folder else ""
    for name in sorted(files):
        if place + name != belonging.NAME:
            yield place + name
    for name in sorted(folders):
        if place + name not in PASSING:
            yield from files_in(store, place + name)


def _bring_one(source: Storage, target: Storage, name: str) -> Outcome:
    """Put a file there unless it is; read back, it has the same fingerprint."""
    with source.open(name) as here:
        wanted = _fingerprint(here)
        is_there = _is_whole(target, name, here.size)
        if not is_there:
            here.seek(0)
            target.save(name, File(here, name))
    with target.open(name) as there:
        if _fingerprint(there) != wanted:
            return Outcome.ANOTHER
    return Outcome.THERE if is_there else Outcome.COPIED


def _is_whole(target: Storage, name: str, size: int) -> bool:
    """Whether it was copied before; the half of one that was broken off is removed."""
    try:
        found = target.size(name)
    except FileNotFoundError:
        return False
    if found < size:
        target.delete(name)
    return found >= size


def _fingerprint(file: BinaryIO) -> bytes:
    return hashlib.file_digest(file, "sha256").digest()

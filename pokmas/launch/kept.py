"""The databases that a run of the tests leaves for the next: migrating takes long.

A run that was broken off leaves nothing to rely on, nor does one with other migrations
and first rows or on another number of processes, each of which has a database of its
own. The whole suite, and a run at another time, have new ones.
"""

import hashlib
from pathlib import Path

from pokmas.launch.place import Place, read_json, write_private

# What pytest says when it came to its end: all passed, or some failed.
ENDED = (0, 1)


def take(place: Place, processes: str) -> bool:
    """Are there databases to go on with? They count as used up until `leave`."""
    note = _note(place, processes)
    good = read_json(note) == {"made_of": _made_of(place.root)}
    note.unlink(missing_ok=True)
    return good


def leave(place: Place, processes: str, code: int) -> None:
    if code in ENDED:
        write_private(_note(place, processes), {"made_of": _made_of(place.root)})


def _note(place: Place, processes: str) -> Path:
    return place.run / f"databases-{processes}.json"


def _made_of(root: Path) -> str:
    names = ("migrations/*.py", "first.py")
    files = [
        path
        for name in names
        for floor in ("*", "*/*")
        for path in root.glob(f"{floor}/{name}")
    ]
    content = b"".join(path.read_bytes() for path in sorted(files))
    return hashlib.sha256(content).hexdigest()

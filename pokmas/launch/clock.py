"""Another day for the tests: libfaketime moves the clock of all programs alike.

Each sees the real clock, moved by the same number of seconds, so that they agree with
one another and time goes on. Files keep their real times.
"""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

from pokmas.launch import apt
from pokmas.launch.console import LaunchError, step

LIBRARY = "libfaketime.so.1"
FOLDERS = [Path("/usr/lib"), Path("/usr/lib64"), Path("/usr/local/lib")]
PACKAGE = "faketime"
WAITS = [b"clock_nanosleep", b"epoll_wait", b"epoll_pwait"]


def moment(words: str) -> datetime:
    """The moment, in UTC, that somebody wrote at the command line."""
    try:
        return datetime.fromisoformat(words).replace(tzinfo=UTC)
    except ValueError as error:
        raise LaunchError(
            f"Waktu “{words}” tidak dikenali. Tulis dalam UTC, misalnya: "
            '--on "2028-02-29 10:00"'
        ) from error


def moved_to(then: datetime, folder: Path) -> dict[str, str]:
    """What the environment of each program must say for its clock to show `then`.

    The folder is one that all of them may enter.
    """
    copy = folder / LIBRARY
    part = copy.with_name(f"{LIBRARY}.part")
    part.write_bytes(without_waits(_library().read_bytes()))
    part.chmod(0o755)
    part.replace(copy)
    return {
        "LD_PRELOAD": str(copy),
        "FAKETIME": f"{then.timestamp() - time.time():+.0f}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }


def without_waits(library: bytes) -> bytes:
    """The library, with the names crossed out by which it would take over waiting.

    A handler that runs while its `epoll_wait` waits sees the real clock, so that no
    time-out of PostgreSQL would end; its `clock_nanosleep` refuses to wait for the
    steady clock, and Python could not sleep. The first place of a name is the table
    of what the library offers.
    """
    for name in WAITS:
        library = library.replace(b"\0%b\0" % name, b"\0-%b\0" % name[1:], 1)
    return library


def _library() -> Path:
    if path := _find():
        return path
    if os.geteuid() == 0 and apt.available():
        with step("Memasang faketime untuk uji pada hari lain (sekali saja)"):
            apt.install([PACKAGE])
    if path := _find():
        return path
    raise LaunchError(
        f"Uji pada hari lain memerlukan libfaketime. Pasang: sudo apt install {PACKAGE}"
    )


def _find() -> Path | None:
    found = (
        path
        for folder in FOLDERS
        for depth in ("faketime", "*/faketime")
        for path in folder.glob(f"{depth}/{LIBRARY}")
    )
    return next(found, None)

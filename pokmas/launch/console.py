"""What the person at the terminal reads: one line a step, with the time it took."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LINE = threading.RLock()


class LaunchError(Exception):
    """Something is missing or went wrong; the message says what to do about it."""


def say(text: str = "", end: str = "\n") -> None:
    print(text, end=end, flush=True)


def warn(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def seconds(since: float) -> str:
    return f"{time.monotonic() - since:.1f} detik".replace(".", ",")


@contextmanager
def step(text: str, *, aside: bool = False) -> Iterator[None]:
    """Name the work before it begins, and say how long it took once it is done.

    A step aside runs beside another one and has its line when both are done.
    """
    since = time.monotonic()
    if aside:
        yield
        took = seconds(since)
        with LINE:
            say(f"  {text} … {took}")
        return
    with LINE:
        say(f"  {text} …", end=" ")
        try:
            yield
        except BaseException:
            say("tidak selesai")
            raise
        say(seconds(since))


def tail(path: Path, lines: int = 12) -> str:
    """The last lines of a log, to be read where the trouble is told."""
    try:
        text = path.read_text(errors="replace")
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])

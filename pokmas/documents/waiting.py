"""Nobody waits long for a store that is away.

All that a request asks of the store may take a few seconds together, and a transfer
the time of its bytes. A store that let somebody wait in vain is left alone for a
moment, and then asked by one, while all others are told at once.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from queue import Empty, SimpleQueue
from typing import TypeVar

from pokmas.server.outage import StoreFailed

# Of a request for all its questions, and of a job for one.
REQUEST_SECONDS = 4
JOB_SECONDS = 20
# Bytes in a second: a store that sends or takes less is as good as away.
RATE = 1024**2
# What took no longer cost nobody anything, and is asked again at once.
QUICK = 0.5
PAUSE = 5

Answer = TypeVar("Answer")
_left: ContextVar[float | None] = ContextVar("left", default=None)


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Whoever is within has so long for the store, however often it is asked."""
    token = _left.set(seconds)
    try:
        yield
    finally:
        _left.reset(token)


class Line:
    """The way of a process to its store."""

    def __init__(self):
        self.guard = threading.Lock()
        self.is_dead, self.asked_again_at = False, 0.0

    def ask(self, call: Callable[[], Answer], size: int = 0) -> Answer:
        """What `call` answers; StoreFailed if it takes longer than one may wait."""
        left, began = _left.get(), time.monotonic()
        if left is not None and left <= 0:
            raise StoreFailed("away", "the time of this request is over")
        self._begin(began)
        limit = JOB_SECONDS if left is None else left
        try:
            answer = _within(limit + size / RATE, call)
        except StoreFailed as failure:
            if failure.reason == "away":
                self._fail(time.monotonic() - began)
            raise
        finally:
            if left is not None:
                _left.set(left - max(time.monotonic() - began - size / RATE, 0))
        self.is_dead = False
        return answer

    def _begin(self, now: float) -> None:
        with self.guard:
            if not self.is_dead:
                return
            if now < self.asked_again_at:
                raise StoreFailed("away", "it did not answer a moment ago")
            self.asked_again_at = now + PAUSE

    def _fail(self, seconds: float) -> None:
        with self.guard:
            self.is_dead = seconds > QUICK
            self.asked_again_at = time.monotonic() + PAUSE


def _within(seconds: float, call: Callable[[], Answer]) -> Answer:
    """A name not resolved, or bytes that drip, heed no time limit of a socket."""
    answers: SimpleQueue = SimpleQueue()

    def run():
        try:
            answers.put((call(), None))
        except Exception as error:  # noqa: BLE001  raised again by who waits
            answers.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        answer, error = answers.get(timeout=seconds)
    except Empty:
        raise StoreFailed("away", f"no answer within {seconds:.1f} s") from None
    if error is not None:
        raise error
    return answer

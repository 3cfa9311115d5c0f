"""Strangers' files are opened few at a time in the whole portal; the others wait.

A slot is an advisory lock of PostgreSQL that ends with its transaction: whoever dies
gives it back, on whatever machine he was. Before that one waits for one of the threads
that open files (`server/lanes.py`); the time he is given holds for both.
"""

import threading
import time
from contextlib import contextmanager

from django.db import connection, transaction

from pokmas.server import lanes

LOCKS = 7_310  # and the numbers after it
PAUSE_SECONDS = 0.1
TAKE = """
    SELECT slot FROM generate_series(1, %s) AS slot
    WHERE pg_try_advisory_xact_lock(%s, slot) LIMIT 1
"""


class Busy(Exception):
    """No slot became free in time; trying again in a moment helps."""


class Slots:
    """A queue for one kind of work: `at_once` in the portal, `here` in this process."""

    def __init__(self, number: int, *, at_once: int, here: int, seconds: int):
        self.key = LOCKS + number
        self.at_once = at_once
        self.here = threading.BoundedSemaphore(here)
        self.seconds = seconds

    @contextmanager
    def one(self):
        if not self.here.acquire(blocking=False):
            raise Busy
        try:
            patience = self.seconds - lanes.waited.get()
            for _try in range(int(patience / PAUSE_SECONDS)):
                with transaction.atomic():
                    if self._is_taken():
                        yield
                        return
                time.sleep(PAUSE_SECONDS)
            raise Busy
        finally:
            self.here.release()

    def _is_taken(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(TAKE, [self.at_once, self.key])
            return cursor.fetchone() is not None


# What anybody may ask for without an account, what people hand in, what they read.
CHECKS = Slots(1, at_once=2, here=1, seconds=1)
INSPECTIONS = Slots(2, at_once=2, here=lanes.THREADS, seconds=15)
DRAWINGS = Slots(3, at_once=2, here=lanes.THREADS, seconds=10)

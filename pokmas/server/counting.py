"""How many requests there were, and how long they took, over all processes of a host.

The counts are in memory that the processes share with the master that forked them. Each
process writes in a place of its own; when it ends, the next one goes on from there.
"""

import threading
from bisect import bisect_left
from mmap import mmap

# Seconds; a request is counted with the first bound that it does not exceed.
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
PROCESSES = 128
# The counts up to each bound and beyond the last one, then the sum of the seconds.
_WIDTH = len(BOUNDS) + 2
_SIZE = len(CLASSES) * _WIDTH

_shared = memoryview(mmap(-1, PROCESSES * _SIZE * 8)).cast("d")
_turn = threading.Lock()
_place = 0


def take_place(place: int) -> None:
    """Said in a new process: where it counts."""
    global _place
    _place = place % PROCESSES


def count(status: int, seconds: float) -> None:
    start = _place * _SIZE + (status // 100 - 1) * _WIDTH
    with _turn:
        _shared[start + bisect_left(BOUNDS, seconds)] += 1
        _shared[start + _WIDTH - 1] += seconds


def totals() -> dict[str, tuple[list[float], float]]:
    """For each class of statuses: how many fell within each bound, and all seconds."""
    found = {}
    for index, name in enumerate(CLASSES):
        columns = [
            sum(_shared[index * _WIDTH + column :: _SIZE]) for column in range(_WIDTH)
        ]
        found[name] = (columns[:-1], columns[-1])
    return found

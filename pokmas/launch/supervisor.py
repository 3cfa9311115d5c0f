"""Keeps the children alive until somebody asks for the end, then ends them in order."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from pokmas.launch import process
from pokmas.launch.console import say
from pokmas.launch.place import read_json, write_private
from pokmas.launch.process import Child

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TICK = 0.2
FIRST_PAUSE, LONGEST_PAUSE, SETTLED = 0.3, 30.0, 10.0
GRACE = 10.0


class Ending(BaseException):
    """Somebody pressed Ctrl-C or sent a signal."""


class Signals:
    """The first request ends the work in hand, the second the patience with it."""

    def __init__(self) -> None:
        self.count = 0
        self.holding = False
        for number in ENDINGS:
            signal.signal(number, self.receive)

    def receive(self, number: int, frame: FrameType | None) -> None:
        self.count += 1
        if not self.holding:
            self.holding = True
            raise Ending

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let nothing be cut in the middle; a request takes effect afterwards."""
        self.holding = True
        yield
        if self.count:
            raise Ending
        self.holding = False

    @property
    def impatient(self) -> bool:
        return self.count > 1


class Supervisor:
    """A list of children, the order in which they end, and a record of them on disk."""

    def __init__(self, record: Path | None, signals: Signals) -> None:
        self.record = record
        self.signals = signals
        self.children: list[Child] = []
        self.pauses: dict[str, float] = {}
        self.due: dict[str, float] = {}

    def start(self, child: Child) -> None:
        self.children.append(child)
        child.start()
        self.write_record()

    def write_record(self) -> None:
        """Who is running, for a later start to end should this process be killed."""
        if self.record is None:
            return
        pids = [child.process.pid for child in self.children if child.process]
        write_private(self.record, [[pid, process.birth(pid)] for pid in pids])

    def watch(self) -> None:
        """Restart what dies, trim the logs, until an ending is asked for."""
        self.signals.holding = True
        trimmed = time.monotonic()
        while not self.signals.count:
            for child in self.children:
                if not child.alive:
                    self._revive(child)
            if time.monotonic() - trimmed > 60:
                trimmed = time.monotonic()
                for child in self.children:
                    child.trim_log()
            time.sleep(TICK)

    def _revive(self, child: Child) -> None:
        """Start again after a pause that grows while the child keeps dying."""
        now = time.monotonic()
        if child.name not in self.due:
            child.bury()
            if now - child.since > SETTLED:
                self.pauses.pop(child.name, None)
            pause = self.pauses.get(child.name, FIRST_PAUSE)
            self.pauses[child.name] = min(pause * 2, LONGEST_PAUSE)
            self.due[child.name] = now + pause
            say(f"  {child.name} berhenti; dinyalakan lagi.{_where(child)}")
        elif now >= self.due[child.name]:
            del self.due[child.name]
            child.start()
            self.write_record()

    def stop(self, *, last: set[str]) -> None:
        """End all: first whoever uses the servers, then the servers."""
        users = [child for child in self.children if child.name not in last]
        servers = [child for child in self.children if child.name in last]
        self.signals.holding = True
        process.end(users, GRACE, lambda: self.signals.impatient)
        process.end(servers, 2 * GRACE, lambda: False)
        if self.record is not None:
            self.record.unlink(missing_ok=True)


def _where(child: Child) -> str:
    return f" Catatannya: {child.log}" if child.log else ""


def end_forgotten(record: Path) -> int:
    """End the children of a launcher that was killed before it could; how many."""
    ended = 0
    for pid, birth in reversed(read_json(record) or []):
        now = process.birth(pid)
        if now and now != birth:
            continue  # the number belongs to somebody else by now
        if now:
            ended += 1
            process.kill_group(pid, signal.SIGTERM)
            until = time.monotonic() + GRACE
            while process.birth(pid) and time.monotonic() < until:
                time.sleep(0.05)
        process.kill_group(pid)
    record.unlink(missing_ok=True)
    return ended

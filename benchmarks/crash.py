#!/usr/bin/env python3
"""Everything is killed with -9 while people work, again and again.

    python3 benchmarks/crash.py [--rounds 30] [--restarts 10] [--limit 3600] [--seed 7]

Works in a copy in a temporary folder, with servers of its own, and removes it
afterwards. People plan activities, report them with a photo, verify them and ask for
monthly reports; every fifth kill comes while the portal is still starting. A write
whose answer never came is sent once more, as a person would. After each start whatever
was answered must be there exactly once, and `check_data` and `check_audit` must find
nothing. Then only the database is stopped at once (`immediate`), under the same work,
and comes back. In the end every job is done and every version of a report sealed once.
"""

import argparse
import itertools
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from people import OPERATORS, Client, Lost, Refused, photo
from start import LIMIT, copy, kill_all, ours, wait_for_page

START_BUDGET, AWAY_BUDGET = 15, 5
DRAIN_SECONDS = 300
UNLIKE_VERSIONS = """
    SELECT r.id, r.version, count(d.id), count(d.id) FILTER (WHERE d.sha256 <> '')
    FROM reports_report r
    JOIN django_content_type t ON t.app_label = 'reports' AND t.model = 'report'
    JOIN documents_issueddocument d ON d.owner_id = r.id AND d.owner_type_id = t.id
    GROUP BY r.id
    HAVING ARRAY[count(d.id), count(DISTINCT d.version),
        count(d.id) FILTER (WHERE d.sha256 <> '')] <> ARRAY[r.version, r.version,
        r.version]::bigint[]
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--restarts", type=int, default=10, help="of the database")
    parser.add_argument("--limit", type=int, default=3600, help="seconds in all")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--port", type=int, default=8766)
    options = parser.parse_args()
    random.seed(options.seed)
    scratch = Path(tempfile.mkdtemp(prefix="pokmas-crash-"))
    scratch.chmod(0o711)  # the servers of root have an account of their own
    for name in ("DATABASE_URL", "REDIS_URL", "POKMAS_DATA_DIR"):
        os.environ.pop(name, None)
    portal = Portal(copy(scratch / "pokmas"), options.port)
    try:
        trial = Trial(portal, time.monotonic() + options.limit)
        return trial.run(options.rounds, options.restarts)
    finally:
        portal.end()
        shutil.rmtree(scratch, ignore_errors=True)


class Portal:
    """`manage.py up` in its folder."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(self.port)],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )

    def up(self) -> float:
        """Start it; the seconds until the first page."""
        since = time.monotonic()
        self.begin()
        wait_for_page(self.process, self.port)
        return time.monotonic() - since

    def kill(self) -> None:
        kill_all(self.process, self.folder)

    def stop_database(self) -> None:
        """As `pg_ctl stop --mode=immediate` does; the launcher starts it again."""
        for pid, line in ours(self.folder).items():
            if "/bin/postgres -D" in line:
                os.kill(pid, signal.SIGQUIT)

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(LIMIT)

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=LIMIT,
        )

    def rows(self, query: str) -> list[list[str]]:
        """What the database answers, through the portal's own psql."""
        done = self.manage("run", "psql", "-XAt", "-F", "\t", "-c", query)
        if done.returncode:
            sys.exit(f"psql: {done.stderr}")
        return [line.split("\t") for line in done.stdout.splitlines()]


@dataclass
class Ledger:
    """What was answered, so that it must be there; one writer for each."""

    planned: set[str] = field(default_factory=set)
    reported: dict[str, str] = field(default_factory=dict)  # caption → activity
    verified: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    lost: int = 0


class Writer(threading.Thread):
    """One person at work until he is stopped."""

    def __init__(self, work: "Work") -> None:
        super().__init__(daemon=True)
        self.work = work
        self.stop = threading.Event()
        self.trouble = ""

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                next(self.work)
        except (Refused, StopIteration, TypeError, AttributeError) as error:
            self.trouble = f"{type(error).__name__}: {error}"


@contextmanager
def at_work(everybody: list["Work"]) -> Iterator[list[str]]:
    """They work meanwhile; afterwards the list has what kept them from it."""
    troubles: list[str] = []
    writers = [Writer(work) for work in everybody]
    for writer in writers:
        writer.start()
    yield troubles
    for writer in writers:
        writer.stop.set()
    for writer in writers:
        writer.join(LIMIT)
    troubles += [writer.trouble for writer in writers if writer.trouble]


class Trial:
    def __init__(self, portal: Portal, until: float) -> None:
        self.portal, self.until = portal, until
        self.ledger = Ledger()
        self.starts: list[float] = []
        self.away: list[float] = []
        self.violations: list[str] = []

    def run(self, rounds: int, restarts: int) -> int:
        print(f"first start: {self.portal.up():.1f} s", flush=True)
        everybody = work(partial(Client, self.portal.port), self.ledger)
        for number in range(1, rounds + 1):
            if time.monotonic() > self.until:
                self.violate(f"out of time before round {number}")
                break
            with self.at_work(everybody):
                time.sleep(random.uniform(2, 8))
                self.portal.kill()
            if number % 5 == 0:
                self.portal.begin()
                time.sleep(random.uniform(0.1, 5))
                self.portal.kill()
            self.starts.append(self.portal.up())
            self.check(f"round {number}: start {self.starts[-1]:.1f} s")
        with self.at_work(everybody):
            for _ in range(restarts):
                # Long enough for the launcher not to take it for a crash loop.
                time.sleep(random.uniform(10, 13))
                self.portal.stop_database()
                self.away.append(self.until_it_reads())
        if restarts:
            self.check(f"{restarts} restarts of the database")
        self.drain()
        return self.report()

    @contextmanager
    def at_work(self, everybody: list) -> Iterator[None]:
        with at_work(everybody) as troubles:
            yield
        for words in troubles:
            self.violate(words)

    def until_it_reads(self) -> float:
        """How long nobody can open a page that needs the database."""
        since = last = time.monotonic()
        client = Client(self.portal.port, "pusat")
        while time.monotonic() - last < 1.5:
            try:
                ready = client.ask("GET", "/health/ready/")[0] == 200
            except Lost:
                ready = False
            last = last if ready else time.monotonic()
            time.sleep(0.02)
        return last - since

    # What must hold

    def check(self, when: str) -> None:
        ledger, before = self.ledger, len(self.violations)
        for words in faults(ledger, self.portal.rows):
            self.violate(words)
        for words in (("check_data",), ("check_audit", "--seal")):
            found = self.portal.manage(*words)
            if found.returncode:
                self.violate(f"{words[0]}: {found.stdout}{found.stderr}")
        print(
            f"{when}, {len(ledger.planned)} planned, "
            f"{len(ledger.reported)} reported, {len(ledger.verified)} verified, "
            f"{len(ledger.asked)} reports, {ledger.lost} answers lost, "
            f"{len(self.violations) - before} violations",
            flush=True,
        )

    def violate(self, words: str) -> None:
        self.violations.append(words)
        print(f"  VIOLATION {words}", flush=True)

    def drain(self) -> None:
        """Every job ends by itself; every version of a report was sealed once."""
        is_open = "SELECT count(*) FROM jobs_job WHERE state IN ('queued', 'running')"
        until = time.monotonic() + DRAIN_SECONDS
        while self.portal.rows(is_open) != [["0"]] and time.monotonic() < until:
            time.sleep(2)
        states = self.portal.rows("SELECT state, count(*) FROM jobs_job GROUP BY 1")
        print("jobs:", ", ".join(f"{count} {state}" for state, count in states))
        for state, count in states:
            if state != "done":
                self.violate(f"{count} jobs are {state}")
        for words in self.portal.rows(UNLIKE_VERSIONS):
            self.violate("report {}: version {}, {} issued, {} sealed".format(*words))
        self.check("after the last job")

    def report(self) -> int:
        slow = summary("start", self.starts, START_BUDGET)
        slow |= summary("database away", self.away, AWAY_BUDGET)
        print(f"{len(self.violations)} violations")
        return 1 if slow or self.violations else 0


Rows = Callable[[str], list[list[str]]]


def faults(ledger: Ledger, rows: Rows) -> Iterator[str]:
    """Whatever was answered and is not there, or not once."""
    titles = rows("SELECT title FROM outreach_activity")
    planned = {f"Kegiatan {key}" for key in ledger.planned}
    yield from unlike_once("activity", planned, titles)
    photos = rows("SELECT caption FROM outreach_evidence")
    yield from unlike_once("photo", set(ledger.reported), photos)
    status = dict(rows("SELECT id, status FROM outreach_activity"))
    for pk in set(ledger.reported.values()) - ledger.verified:
        if status.get(pk) not in ("reported", "verified"):
            yield f"activity {pk} was reported and is {status.get(pk)}"
    for pk in ledger.verified:
        if status.get(pk) != "verified":
            yield f"activity {pk} was verified and is {status.get(pk)}"
    reports = {pk for (pk,) in rows("SELECT id FROM reports_report")}
    for pk in ledger.asked - reports:
        yield f"report {pk} was promised and is gone"


def unlike_once(what: str, keys: set[str], rows: list[list[str]]) -> Iterator[str]:
    counts = Counter(row[0] for row in rows)
    for key in keys:
        if counts[key] != 1:
            yield f"{what} {key} is there {counts[key]} times"


def summary(what: str, times: list[float], budget: float) -> bool:
    """Print what was measured; whether it was ever too slow."""
    worst, median = max(times, default=0), statistics.median(times or [0])
    print(
        f"{len(times)} x {what}: at most {worst:.1f} s, median {median:.1f} s "
        f"(budget {budget} s)"
    )
    return worst > budget


# Who works: between two steps he looks whether the portal is still there

Work = Generator[None, None, str]


def insist(ledger: Ledger, send: Callable[..., str], *words) -> Work:
    """Send until an answer comes; a write that was cut off is sent again."""
    while True:
        try:
            return send(*words)
        except Lost:
            ledger.lost += 1
            time.sleep(0.5)
            yield


def work(person: Callable[[str], Client], ledger: Ledger) -> list[Work]:
    """That of two operators, of a head and of whoever asks for monthly reports."""
    return [
        *(planner(person(name), ledger) for name in OPERATORS),
        verifier(person("kepala.bapas"), ledger),
        requester([person(name) for name in OPERATORS], ledger),
    ]


def planner(client: Client, ledger: Ledger) -> Work:
    """Plans an activity that is over, then reports it with a photo."""
    while True:
        key, caption, picture = str(uuid.uuid4()), str(uuid.uuid4()), photo()
        where = yield from insist(ledger, client.plan, key)
        ledger.planned.add(key)
        yield
        pk = where.split("/")[2]
        yield from insist(ledger, client.report, pk, picture, caption)
        ledger.reported[caption] = pk
        yield


def verifier(client: Client, ledger: Ledger) -> Work:
    """The head verifies what was reported in the own unit."""
    seen: set[str] = set()
    while True:
        waiting = set(ledger.reported.copy().values()) - seen
        for pk in waiting:
            if (yield from insist(ledger, client.verify, pk)):
                ledger.verified.add(pk)
            seen.add(pk)
            yield
        time.sleep(0.05)
        yield


def requester(clients: list[Client], ledger: Ledger) -> Work:
    """Asks for the monthly reports of two units, then for new versions of them."""
    for number in itertools.count():
        for client in clients:
            where = yield from insist(ledger, client.ask_report, number)
            pk = where.split("/")[2]
            ledger.asked.add(pk)
            yield
            yield from insist(ledger, client.rebuild, pk)
            time.sleep(0.5)  # the worker needs longer for one
            yield


if __name__ == "__main__":
    sys.exit(main())

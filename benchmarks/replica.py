#!/usr/bin/env python3
"""Lists are read from a streaming replica, which is held back, killed and started.

    .venv/bin/python benchmarks/replica.py [--rounds 20] [--port 8767] [--data FOLDER]

Brings a portal up in a data folder (a temporary one, removed afterwards) that is told
of a replica of its own database, and makes that replica. Then the reading pages of the
main job are opened; an activity is planned while the replica stands still; the replica
falls too far behind, is killed under way, and comes back. Said is who saw what, from
where, and how long it took. In the end everybody reads at once, and the connections are
counted.
"""

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

from people import Client
from start import LIMIT, wait_for_page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PAGES = ["/reports/home/", "/partners/", "/agreements/", "/activities/", "/reports/"]
PAGES += ["/search/?q=yayasan"]
SHEETS = [f"{path}?export=csv" for path in PAGES[1:5]]
LAG_SECONDS = 5
TOKEN = "benchmark"
AT_ONCE = 40


def main() -> int:
    from pokmas.launch.place import Place
    from tests.standby import Standby, admitted

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--port", type=int, default=8767)
    parser.add_argument("--data", type=Path, help="a data folder that is there")
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="pokmas-replica-"))
    scratch.chmod(0o711)  # the servers of root have an account of their own
    for name in ("DATABASE_URL", "REDIS_URL", "POKMAS_DATA_DIR"):
        os.environ.pop(name, None)
    place = Place(ROOT, (options.data or scratch).resolve())
    place.prepare()
    standby = Standby(place)
    portal = begin(place.data, options.port, standby.sockets)
    try:
        with admitted(standby.home):
            since = time.monotonic()
            standby.copy()
            copied = time.monotonic()
            standby.start()
            ready = time.monotonic()
            print(f"copied in {copied - since:.1f} s, ready in {ready - copied:.1f} s")
            return Trial(standby, options.port, options.rounds).run()
    finally:
        portal.send_signal(signal.SIGINT)
        portal.wait(LIMIT)
        standby.end()
        shutil.rmtree(scratch, ignore_errors=True)


def begin(data: Path, port: int, sockets: Path) -> subprocess.Popen[bytes]:
    """The portal, told of a replica that is not there yet."""
    from pokmas.launch.keys import load
    from pokmas.launch.place import Place
    from pokmas.launch.servers import APPLICATION

    secret = load(Place(ROOT, data))["application_password"]
    environment = os.environ | {
        "POKMAS_REPLICA_DATABASE_URL": f"postgres://{APPLICATION}:{secret}@/pokmas"
        f"?host={sockets}",
        "POKMAS_REPLICA_LAG_SECONDS": str(LAG_SECONDS),
        "POKMAS_METRICS_TOKEN": TOKEN,
    }
    command = ["manage.py", "up", "--data", str(data), "--port", str(port)]
    portal = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    wait_for_page(portal, port)
    return portal


class Trial:
    def __init__(self, standby, port: int, rounds: int) -> None:
        self.standby, self.port, self.rounds = standby, port, rounds
        self.writer = Client(port, "operator.bapas")
        self.reader = Client(port, "kepala.bapas")
        self.faults = 0

    def run(self) -> int:
        for client in (self.writer, self.reader):
            client.sign_in()
        self.standby.catch_up()
        self.walk()
        self.sheets()
        self.own_writing()
        self.too_far_behind()
        self.killed()
        self.all_at_once()
        print("as promised" if not self.faults else f"{self.faults} faults")
        return 1 if self.faults else 0

    def walk(self) -> None:
        """Who has written lately reads the primary; the other one the replica."""
        before = self.transactions()
        of_the_replica = self.pages_of(self.reader)
        read = self.transactions() - before
        with self.standby.held():
            self.write()
            of_the_primary = self.pages_of(self.writer)
        print(f"{len(PAGES) * self.rounds} pages were {read} transactions there")
        print(f"{'median, ms':24}{'replica':>9}{'primary':>9}")
        for path in PAGES:
            there, here = of_the_replica[path], of_the_primary[path]
            print(f"{path:24}{there:9.0f}{here:9.0f}")
        self.expect("every page was read there", read >= len(PAGES) * self.rounds)

    def sheets(self) -> None:
        self.standby.catch_up()
        before = self.transactions()
        of_the_replica = [self.caught_up(path) for path in SHEETS]
        read = self.transactions() - before
        self.expect("every sheet was read there", read >= len(SHEETS))
        self.standby.kill()
        of_the_primary = [self.reader.page(path) for path in SHEETS]
        self.standby.start()
        rows = [sheet.count("\n") - 1 for sheet in of_the_primary]
        print(f"sheets of {rows} rows from both")
        self.expect("sheets are the same", of_the_replica == of_the_primary)
        self.until_it_is_read()

    def caught_up(self, path: str) -> str:
        """Each sheet is noted, so that the next one waits for that."""
        self.standby.catch_up()
        return self.reader.page(path)

    def own_writing(self) -> None:
        self.standby.catch_up()
        with self.standby.held():
            title = self.write()
            self.expect("the writer sees it at once", self.sees(self.writer, title))
            self.expect("another one not yet", not self.sees(self.reader, title))
            self.expect("it is said to be behind", self.metric("lag_seconds") > 0)
        since = time.monotonic()
        wait_for(lambda: self.sees(self.reader, title))
        print(f"seen by the other {(time.monotonic() - since) * 1000:.0f} ms later")

    def too_far_behind(self) -> None:
        with self.standby.held():
            title = self.write()
            since = time.monotonic()
            wait_for(lambda: self.sees(self.reader, title))
            seconds = time.monotonic() - since
            lag = self.metric("lag_seconds")
        print(f"held back: left for the primary after {seconds:.1f} s; lag {lag:.1f} s")

    def killed(self) -> None:
        """While a reader goes from page to page."""
        self.standby.catch_up()
        with ThreadPoolExecutor(1) as beside:
            walk = beside.submit(lambda: [timed(self.reader, p) for p in PAGES * 10])
            time.sleep(0.5)
            self.standby.kill()
            times = walk.result()
        print(f"killed under way: {len(times)} pages, slowest {max(times):.0f} ms")
        state = self.metric('part_state{part="replica"}')
        self.expect("it is said to be away", state == 2)
        self.standby.start()
        self.until_it_is_read()

    def all_at_once(self) -> None:
        self.standby.catch_up()
        with ThreadPoolExecutor(AT_ONCE) as beside:
            list(beside.map(self.reader.page, PAGES * self.rounds))
        words = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'pokmas_app'"
        standby = self.standby
        here, there = (
            standby.ask(standby.home.sockets, words),
            standby.ask(standby.sockets, words),
        )
        print(f"connections of {os.cpu_count()} cores: primary {here}, replica {there}")

    # What is asked

    def pages_of(self, client: Client) -> dict[str, float]:
        taken = {
            path: [timed(client, path) for _ in range(self.rounds)] for path in PAGES
        }
        return {path: statistics.median(times) for path, times in taken.items()}

    def write(self) -> str:
        key = str(uuid.uuid4())
        self.writer.plan(key)
        return f"Kegiatan {key}"

    def sees(self, client: Client, title: str) -> bool:
        page = client.page(f"/activities/?q={title.split()[1]}")
        return f">{title}</a>" in page

    def transactions(self) -> int:
        """How many ended in the replica; its processes tell of them within a second."""
        time.sleep(2)
        words = "SELECT xact_commit FROM pg_stat_database WHERE datname = 'pokmas'"
        return self.standby.ask(self.standby.sockets, words)

    def metric(self, name: str) -> float:
        link = HTTPConnection("localhost", self.port, timeout=LIMIT)
        link.request("GET", "/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        text = link.getresponse().read().decode()
        link.close()
        full = f"pokmas_{'' if '{' in name else 'replica_'}{name} "
        lines = [line for line in text.splitlines() if line.startswith(full)]
        return float(lines[0].split()[-1]) if lines else float("nan")

    def until_it_is_read(self) -> None:
        since = time.monotonic()
        seen = self.transactions()

        def is_read() -> bool:
            self.reader.page(PAGES[1])
            return self.transactions() > seen + 3

        wait_for(is_read)
        print(f"read again within {time.monotonic() - since:.0f} s of its start")

    def expect(self, what: str, is_so: bool) -> None:
        print(f"{'yes' if is_so else 'NO':4} {what}", flush=True)
        self.faults += not is_so


def timed(client: Client, path: str) -> float:
    """Milliseconds; a page that does not come ends the trial."""
    since = time.monotonic()
    if not client.page(path):
        sys.exit(f"{path}: nothing came")
    return (time.monotonic() - since) * 1000


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + LIMIT
    while not condition():
        if time.monotonic() > until:
            sys.exit("waited in vain")
        time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Many people at work at once: how long they wait, and what a page costs.

    .venv/bin/python benchmarks/users.py FOLDER [--users 40] [--seconds 150]

FOLDER was filled by benchmarks/load.py. The real web server is started on it, and each
person opens a page, reads for one to three seconds, and opens the next: people of
headquarters, a region and a unit, in the same order in every run. A line has the number
of answers, the wrong ones, and how long people waited in milliseconds; the last one has
the processor time of a page, web server and database together.
"""

import argparse
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ground import ROOT, django, import_django, servers_in

PEOPLE = ["pusat", "kanwil", "kepala", "operator"]
# What is opened, and how often of a hundred times.
PAGES = {
    "home": (20, ["/reports/home/"]),
    "list": (
        45,
        [
            "/activities/",
            "/activities/?status=verified",
            "/agreements/",
            "/agreements/?status=signed",
            "/partners/",
            "/partners/groups/",
            "/reports/",
            "/notices/",
        ],
    ),
    "search": (
        15,
        [
            "/activities/?q=barista",
            "/activities/?q=penyuluhan+hukum",
            "/agreements/?q=W.BUATAN-000123",
            "/partners/?q=harapan",
            "/search/?q=harapan",
        ],
    ),
    "record": (20, []),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--users", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=150)
    options = parser.parse_args()
    with servers_in(options.folder) as servers:
        os.environ |= {"POKMAS_ALLOWED_HOSTS": "localhost,testserver"}
        django("collectstatic", "--no-input", "--verbosity=0")
        import_django()
        cookies, records = sign_in(), some_records()
        with web_server(options.folder) as (port, web):
            database = servers.children[0].process.pid
            measure(port, cookies, records, options, [web, database])
    return 0


def sign_in() -> list[str]:
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    cookies, kept = [], settings.SESSION_COOKIE_NAME
    for name in PEOPLE:
        client = Client()
        user = get_user_model().objects.get(email=f"{name}@buatan.test")
        client.force_login(user)
        cookies.append(f"{kept}={client.cookies[kept].value}")
    return cookies


def some_records() -> list[str]:
    """Pages of records that all of these people may see."""
    from django.contrib.auth import get_user_model

    from agreements.models import Agreement
    from outreach.models import Activity
    from pokmas.accounts.models import Assignment

    user = get_user_model().objects.get(email="operator@buatan.test")
    user.acting = Assignment.objects.get(user=user)
    return [
        row.get_absolute_url()
        for model in (Activity, Agreement)
        for row in model.objects.visible_to(user).order_by("-pk")[:50]
    ]


@contextmanager
def web_server(folder: Path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (folder / "log" / "users.log").open("wb") as log:
        web = subprocess.Popen(
            [sys.executable, "-m", "pokmas.launch.serve", f"127.0.0.1:{port}"],
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
    try:
        until = time.monotonic() + 60
        while not answers(port):
            if time.monotonic() > until:
                raise SystemExit("The web server does not answer.")
            time.sleep(0.2)
        yield port, web.pid
    finally:
        web.terminate()
        web.wait()


def answers(port: int) -> bool:
    connection = HTTPConnection("localhost", port, timeout=60)
    try:
        connection.request("GET", "/accounts/login/")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


class Person(threading.Thread):
    def __init__(self, number, port, cookie, records, until):
        super().__init__(daemon=True)
        self.luck = random.Random(number)
        self.port, self.cookie, self.until = port, cookie, until
        self.pages = {name: (share, pages) for name, (share, pages) in PAGES.items()}
        self.pages["record"] = (PAGES["record"][0], records)
        self.waits, self.wrong = defaultdict(list), defaultdict(int)

    def run(self):
        time.sleep(self.luck.uniform(0, 3))
        line = HTTPConnection("localhost", self.port, timeout=60)
        shares = [share for share, _pages in self.pages.values()]
        while time.monotonic() < self.until:
            (kind,) = self.luck.choices(list(self.pages), shares)
            path = self.luck.choice(self.pages[kind][1])
            before = time.perf_counter()
            try:
                line.request("GET", path, headers={"Cookie": self.cookie})
                answer = line.getresponse()
                answer.read()
                self.wrong[kind] += answer.status != 200
            except (OSError, HTTPException):
                self.wrong[kind] += 1
                line.close()
            self.waits[kind].append((time.perf_counter() - before) * 1000)
            time.sleep(self.luck.uniform(1, 3))


def measure(port, cookies, records, options, roots) -> None:
    until = time.monotonic() + options.seconds
    people = [
        Person(number, port, cookies[number % len(cookies)], records, until)
        for number in range(options.users)
    ]
    used = processor_seconds(roots)
    for person in people:
        person.start()
    for person in people:
        person.join(options.seconds + 120)
    used = processor_seconds(roots) - used
    heads = ["", "answers", "wrong", "median", "p95", "longest"]
    print("{:12} {:>8} {:>6} {:>8} {:>8} {:>8}".format(*heads))
    every, wrong = [], 0
    for kind in PAGES:
        waits = [wait for person in people for wait in person.waits[kind]]
        faults = sum(person.wrong[kind] for person in people)
        say(kind, waits, faults)
        every += waits
        wrong += faults
    say("all", every, wrong)
    print(f"processor: {used / len(every) * 1000:.1f} ms a page")


def say(kind, waits, wrong) -> None:
    p95 = statistics.quantiles(waits, n=20)[-1]
    print(
        f"{kind:12} {len(waits):8} {wrong:6} {statistics.median(waits):8.1f}"
        f" {p95:8.1f} {max(waits):8.1f}"
    )


def processor_seconds(roots: list[int]) -> float:
    """Of these processes and all below them, those that ended included."""
    ticks, below = 0, list(roots)
    while below:
        pid = below.pop()
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(map(int, stat[11:15]))
        for task in Path(f"/proc/{pid}/task").iterdir():
            below += map(int, (task / "children").read_text().split())
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Several hosts that die, fall silent and are restarted while people work.

    .venv/bin/python benchmarks/hosts.py [--venv FOLDER] [--keep FOLDER]

Only for root, on Linux with Caddy, HAProxy and iproute2, after `python3 manage.py
test` has made `.venv`. Database and queue, the proxy with deploy/Caddyfile (http alone)
beside the balancer, two web and two worker hosts run what docker-compose.yml and
deploy/several-hosts.yml say, from the image that the Dockerfile describes, each in a
network of its own; nothing of it is left behind. Takes some ten minutes, of which the
first are for the image; --venv keeps its packages for the next time, --keep puts all
logs into a folder. The hosts share this machine's processors: a wait says something of
them only while it has nothing else to do.

A day's work goes over both web hosts. Then, under a stream of readers and writers,
hosts are killed, links cut, the database restarted, the queue taken away, and the web
hosts renewed one by one, while phones on a slow line hand in a file. A line has the
requests that were sent; those that got no page of the portal, first of those in work at
that moment, then of all later ones; the longest wait of each in seconds; until when a
request failed or took twice as long as ever before; what of writes and of jobs is
missing or there twice; and how long the longest job took. A write whose answer never
came is sent once more, as a person would.
"""

import argparse
import base64
import hmac
import os
import re
import shutil
import signal
import struct
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import ClassVar

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from crash import UNLIKE_VERSIONS, Ledger, Work, at_work, faults, work
from fleet import NAME, PORT, Fleet, Host, in_namespaces, packages, wait_until
from people import OPERATORS, Client, Lost, multipart, photo, token_in

# Seconds. Nobody waits longer than while nothing happens, and so much; nor does who was
# in work at a host that fell silent, until he is told so or served by another one.
LONGEST, GIVEN_UP = 5, 5
# A row that a silent host held is free again, and a job is done, wherever it began.
FREED, JOB = 15, 150
# How long a phone on a slow line needs for a file.
SLOW = 15
# How long the balancer needs to see that a host is back.
SEEN = 4
SECRET = base64.b32encode(b"the second factor of all").decode()
# Makes accounts of production of those of the demo.
GROWN_UP = f"""
from allauth.mfa.totp.internal.auth import TOTP
from pokmas.accounts.models import User
for user in User.objects.filter(is_demo=True):
    TOTP.activate(user, "{SECRET}")
User.objects.update(is_demo=False)
"""
READERS = ["pusat", "kepala.kanwil", "penelaah", "kepala.bapas", *OPERATORS]
PAGES = ["/", "/activities/", "/agreements/", "/partners/", "/reports/", "/notices/"]
IS_OPEN = "SELECT count(*) FROM jobs_job WHERE state IN ('queued', 'running')"
RUNNING = "SELECT count(*) FROM jobs_job WHERE state = 'running'"
UNDONE = "SELECT kind, state, reason FROM jobs_job WHERE state <> 'done'"
SWEEP, SWEPT = 30, r"sweep_jobs\[([0-9a-f-]+)\] received"
SLOWEST = """
    SELECT coalesce(extract(epoch FROM max(finished_at - created_at)), 0)
    FROM jobs_job WHERE finished_at > now() - interval '{} seconds'
"""
HEAD = "{:28}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}  {}"
HEADS = ["", "requests", "failed", "later", "longest", "later", "noticed"]
HEADS += ["writes", "jobs", "slowest", "kinds"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--venv", type=Path, help="the packages of the image, kept")
    parser.add_argument("--keep", type=Path, help="where the logs are put")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if os.geteuid():
        parser.error("only root may make networks")
    if options.inside:
        return Trial(Fleet(options.inside, options.venv)).run()
    signal.signal(signal.SIGTERM, leave)
    scratch = Path(tempfile.mkdtemp(prefix="pokmas-hosts-"))
    scratch.chmod(0o711)  # the database has an account of its own
    venv = options.venv or scratch / "venv"
    try:
        packages(venv)
        again = [sys.executable, *sys.argv, "--inside", str(scratch), "--venv", venv]
        return in_namespaces(again)
    finally:
        for log in scratch.glob("*/log") if options.keep else ():
            shutil.copytree(log, options.keep / log.parent.name, dirs_exist_ok=True)
        shutil.rmtree(scratch, ignore_errors=True)


def leave(*_signal) -> None:
    """Once: nothing cuts short how all is removed."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(1)


@dataclass(frozen=True)
class Sample:
    """A request: when it was sent and answered, and what came instead of a page."""

    began: float
    ended: float
    fault: str

    @property
    def took(self) -> float:
        return self.ended - self.began


class Person(Client):
    """One who comes through the proxy, and whose waits are noted."""

    host, patience = NAME, 90
    # Of which half minute the last code of each person was.
    used: ClassVar[dict[str, int]] = {}

    def __init__(self, name: str, samples: list[Sample]) -> None:
        super().__init__(80, name)
        self.samples = samples

    def exchange(self, method, path, *rest):
        began, fault = time.monotonic(), ""
        try:
            answer = super().exchange(method, path, *rest)
            fault = str(answer[0].status) if answer[0].status >= 500 else ""
        except Lost as lost:
            kind = type(lost.__cause__).__name__ if lost.__cause__ else "away"
            fault = f"{method} {kind}"
            raise
        finally:
            self.samples.append(Sample(began, time.monotonic(), fault))
        return answer

    def second_factor(self) -> str:
        """The next code of an authenticator app that was not used: none is taken
        twice."""
        while (moment := int(time.time()) // 30) <= self.used.get(self.name, 0):
            time.sleep(0.2)
        self.used[self.name] = moment
        digest = hmac.digest(
            base64.b32decode(SECRET), struct.pack(">Q", moment), "sha1"
        )
        start = digest[-1] & 15
        number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"

    def sign_out(self) -> None:
        self.send("/accounts/logout/", self.page("/accounts/logout/"), {})

    def compare(self, paper: bytes, seconds: int = 0) -> str:
        """What the page says that compares a file with what was issued."""
        path, mark = "/documents/check/", uuid.uuid4().hex
        fields = {"csrfmiddlewaretoken": token_in(self.page(path))}
        body = multipart(mark, fields, {"file": ("laporan.pdf", paper)})
        body = trickled(body, seconds) if seconds else body
        return self.ask("POST", path, body, f"multipart/form-data; boundary={mark}")[2]


@dataclass(frozen=True)
class Step:
    """What happens to the hosts, and for how long it is watched."""

    name: str
    act: Callable[[], None]
    seconds: float
    # Of which requests some may fail: "" is of none, else of those "in work" at that
    # moment, or of all "meanwhile".
    spares_not: str = ""
    in_work: float = LONGEST
    # Whether the background work can come to its end now.
    is_drained: bool = True


class Trial:
    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self.samples: list[Sample] = []
        self.violations: list[str] = []
        self.ledger = Ledger()
        self.people: dict[str, Person] = {}
        self.paper = b""
        # The longest wait while nothing happens.
        self.usual = 0.0

    def run(self) -> int:
        since = time.monotonic()
        self.build()
        print(f"{time.monotonic() - since:.0f} s until all hosts were up", flush=True)
        self.walk()
        print("a day's work over both web hosts", flush=True)
        since = time.monotonic()
        readers = [reader(self.person(name), at) for at, name in enumerate(READERS)]
        writers = map(paced, work(self.person, self.ledger))
        everybody = [*writers, *readers]
        print(HEAD.format(*HEADS))
        for step in self.steps():
            self.take(step, everybody)
        self.check_clock(time.monotonic() - since)
        self.check_whole()
        busy = os.getloadavg()[2] / (os.cpu_count() or 1)
        print(f"{len(self.violations)} violations; {busy:.1f} programs to a processor")
        return 1 if self.violations else 0

    def violate(self, words: str) -> None:
        self.violations.append(words)
        print(f"  VIOLATION {words}", flush=True)

    def expect(self, true: object, words: str) -> None:
        if not true:
            self.violate(words)

    # What runs before anybody comes

    def build(self) -> None:
        fleet = self.fleet
        for web in fleet.webs:
            fleet.image.unpack(web)
        for host in [fleet.services, *fleet.workers]:
            fleet.image.copy(fleet.webs[0], host)
        fleet.make_database()
        fleet.start_queue()
        self.migrate()
        for web in fleet.webs:
            fleet.start("web", web)
        for worker in fleet.workers:
            fleet.start("worker", worker)
        fleet.start("beat", fleet.workers[0])
        fleet.start_balancer()
        fleet.start_proxy()
        for web in fleet.webs:
            wait_until(lambda web=web: is_ready(web), web.name)
        for worker in fleet.workers:
            wait_until(lambda w=worker: "ready." in w.logged("worker"), worker.name)

    def migrate(self) -> None:
        fleet, host = self.fleet, self.fleet.services
        environment = fleet.environment("migrate", host)
        host.run("migrate", fleet.command("migrate"), environment)
        trial = environment | {"POKMAS_FIRST_LOOK": "1"}
        for words in (["demo"], ["shell", "-c", GROWN_UP]):
            host.run("migrate", ["python", "manage.py", *words], trial)

    # A day's work over both hosts

    def person(self, name: str) -> Person:
        """Signed in once, for all that he does."""
        if name not in self.people:
            self.people[name] = Person(name, self.samples)
            self.people[name].sign_in()
        return self.people[name]

    def walk(self) -> None:
        """From a plan to the checked paper, each step on the other host."""
        first, second = self.fleet.webs
        with self.behind(first):
            operator = self.person(OPERATORS[0])
            pk = operator.plan(str(uuid.uuid4())).split("/")[2]
        with self.behind(second):
            operator.report(pk, photo(), "Bersama")
            leaving = self.person("kepala.bapas")
        with self.behind(first):
            leaving.verify(pk)
            where = operator.ask_report(0)
        with self.behind(second):
            page = wait_until(
                lambda: re.search(r"/documents/issued/[^/]+/", operator.page(where)),
                "the report",
            )
            self.paper = operator.exchange("GET", page[0])[1]
            leaving.sign_out()
        with self.behind(first):
            self.expect(leaving.ask("GET", "/reports/")[0] == 302, "still signed in")
            said = operator.compare(self.paper)
            self.expect("sama persis" in said, "another paper")
        del self.people["kepala.bapas"]
        self.lead_to(*self.fleet.webs)
        self.compare_static()
        for web in self.fleet.webs:
            for path in ("/health/live/", "/health/ready/"):
                self.expect(asked(web, path)[0] == 200, f"{web.name}{path} is not well")

    @contextmanager
    def behind(self, web: Host):
        """The balancer is told of this web host alone, and asks no other."""
        self.lead_to(web)
        others = [each for each in self.fleet.webs if each is not web]
        before = [each.visits for each in others]
        yield
        self.expect(before == [each.visits for each in others], f"not {web.name} alone")

    def lead_to(self, *webs: Host) -> None:
        self.fleet.stop("balancer", self.fleet.front)
        self.fleet.start_balancer(*webs)
        wait_until(leads_on, "the balancer")

    def compare_static(self) -> None:
        """Each host has built them itself, and has the same under the same names."""
        names = [
            (web.folder / "static" / "staticfiles.json").read_text()
            for web in self.fleet.webs
        ]
        self.expect(names[0] == names[1], "static files have other names")
        for name in re.findall(r'": "(css/[^"]+)"', names[0]):
            first, second = (asked(web, f"/static/{name}") for web in self.fleet.webs)
            self.expect(first == second and first[0] == 200, f"{name} is not the same")

    # What happens to the hosts

    def steps(self) -> Iterator[Step]:
        fleet = self.fleet
        (_other, web), (clock, worker) = fleet.webs, fleet.workers
        yield Step("nothing", lambda: None, 15)
        yield Step("web host killed", web.kill, 15, "in work")
        yield Step("back", lambda: self.back(web), 10)
        yield Step(
            "link of a web host cut", lambda: self.cut(web), 35, "in work", GIVEN_UP
        )
        yield Step("back", web.mend, 15)
        for name, way in {"killed": signal.SIGQUIT, "restarted": signal.SIGINT}.items():
            again = partial(fleet.restart_database, way)
            yield Step(f"database {name}", again, 20, "meanwhile")
        yield Step("queue killed", fleet.kill_queue, 20, is_drained=False)
        yield Step("back", fleet.start_queue, 10)
        hush = partial(fleet.hush_queue, signal.SIGSTOP)
        yield Step("queue silent", hush, 20, is_drained=False)
        yield Step("back", lambda: fleet.hush_queue(signal.SIGCONT), 10)
        yield Step("worker host killed", lambda: self.at_work(worker.kill), 10)
        yield Step("back", lambda: fleet.start("worker", worker), 10)
        yield Step(
            "link of a worker cut",
            lambda: self.at_work(clock.cut),
            20,
            is_drained=False,
        )
        yield Step("back", clock.mend, 10)
        yield Step("web hosts renewed", self.renew, 5)

    def back(self, web: Host) -> None:
        self.fleet.start("web", web)
        wait_until(lambda: is_ready(web), web.name)
        time.sleep(SEEN)

    def renew(self) -> None:
        """As `docker compose up --detach --no-deps web` does, host by host."""
        for web in self.fleet.webs:
            with self.slow_phones():
                self.fleet.stop("web", web)
                self.back(web)

    @contextmanager
    def slow_phones(self):
        """One at each host hands in a file that is on its way when the host ends."""
        said = []

        def hand_in():
            with suppress(Lost):
                said.append(Person("phone", []).compare(self.paper, SLOW))

        phones = [threading.Thread(target=hand_in) for _web in self.fleet.webs]
        for phone in phones:
            phone.start()
        time.sleep(2)
        yield
        for phone in phones:
            phone.join()
        taken = sum("sama persis" in each for each in said)
        self.expect(taken == len(phones), "a file of a slow phone was lost")

    def cut(self, web: Host) -> None:
        """It holds a row of the database when it falls silent."""
        row = self.fleet.psql("SELECT min(id) FROM accounts_user")[0][0]
        self.fleet.hold(web, row)
        web.cut()
        since = time.monotonic()

        def take():
            self.fleet.psql(f"SELECT 1 FROM accounts_user WHERE id = {row} FOR UPDATE")
            took = time.monotonic() - since
            print(f"  a row that it held was free after {took:.1f} s", flush=True)
            self.expect(took < FREED, "it held a row for too long")

        threading.Thread(target=take).start()

    def at_work(self, act: Callable[[], None]) -> None:
        """When the workers of both hosts have something to do."""
        operators = [self.person(name) for name in OPERATORS]
        for number in range(3):
            for each in operators:
                each.rebuild(each.ask_report(number).split("/")[2])
        wait_until(lambda: int(self.fleet.psql(RUNNING)[0][0]) > 2, "work of both")
        act()

    def take(self, step: Step, everybody: list[Work]) -> None:
        began = time.monotonic()
        with at_work(everybody) as troubles:
            step.act()
            acted = time.monotonic()
            time.sleep(max(0.0, began + step.seconds - acted))
        seen = [each for each in self.samples if each.ended > began]
        in_work = [each for each in seen if each.began < acted]
        later = [each for each in seen if each.began >= acted]
        if step.is_drained:
            self.drain()
        wrong = list(faults(self.ledger, self.fleet.psql))
        undone = list(self.unlike_jobs(step.is_drained))
        slowest = self.fleet.psql(SLOWEST.format(int(time.monotonic() - began)))[0][0]
        self.usual = self.usual or longest(seen)
        noticed = [each.ended for each in seen if each.fault or each.took > self.usual]
        kinds = Counter(each.fault for each in seen if each.fault)
        print(
            HEAD.format(
                step.name,
                len(seen),
                *(sum(bool(each.fault) for each in some) for some in (in_work, later)),
                *(f"{longest(some):.1f}" for some in (in_work, later)),
                f"{max(noticed, default=began) - began:.1f}",
                len(wrong),
                len(undone),
                f"{float(slowest):.0f}",
                ", ".join(f"{count} {kind}" for kind, count in kinds.items()),
            ),
            flush=True,
        )
        for words in [*troubles, *wrong, *undone]:
            self.violate(words)
        if step.spares_not == "in work":
            self.expect(longest(in_work) < step.in_work, "in work for too long")
            in_work = []
        judged = [*in_work, *later]
        failed = sum(bool(each.fault) for each in judged)
        if step.spares_not != "meanwhile":
            self.expect(not failed, f"{failed} requests failed")
        most = self.usual + LONGEST
        self.expect(longest(judged) < most, "somebody waited for too long")
        self.expect(float(slowest) < JOB, "a job took too long")

    def drain(self) -> None:
        """Until all background work has come to its end."""
        wait_until(lambda: self.fleet.psql(IS_OPEN) == [["0"]], "the last job", 2 * JOB)

    def unlike_jobs(self, is_drained: bool) -> Iterator[str]:
        """Every job was done, and every version of a report sealed once."""
        if is_drained:
            for row in self.fleet.psql(UNDONE):
                yield "job {} is {}: {}".format(*row)
            for row in self.fleet.psql(UNLIKE_VERSIONS):
                yield "report {}: version {}, {} issued, {} sealed".format(*row)

    def check_clock(self, seconds: float) -> None:
        """Whatever is due is sent once, whichever worker took it."""
        taken = set()
        for worker in self.fleet.workers:
            taken |= set(re.findall(SWEPT, worker.logged("worker")))
        print(f"swept {len(taken)} times in {seconds:.0f} s", flush=True)
        self.expect(0 < len(taken) <= seconds / SWEEP + 2, "the clock ran twice")

    def check_whole(self) -> None:
        host = self.fleet.webs[0]
        environment = self.fleet.environment("web", host)
        for words in (["check_data"], ["check_audit", "--seal"]):
            host.run("check", ["python", "manage.py", *words], environment)


def trickled(body: bytes, seconds: int) -> Iterator[bytes]:
    """A piece a second."""
    size = len(body) // seconds + 1
    for start in range(0, len(body), size):
        time.sleep(1)
        yield body[start : start + size]


def longest(samples: list[Sample]) -> float:
    return max((each.took for each in samples), default=0.0)


def paced(writer: Work) -> Work:
    """Who writes thinks in between."""
    for step in writer:
        time.sleep(1)
        yield step


def reader(client: Client, at: int) -> Work:
    """Opens one page after another."""
    for path in islice(cycle(PAGES), at, None):
        with suppress(Lost):
            client.page(path)
        time.sleep(0.5)
        yield


def asked(web: Host, path: str) -> tuple[int, bytes]:
    """What this host itself answers."""
    client = Client(PORT, "monitor")
    client.host = web.address
    try:
        response, content = client.exchange("GET", path)
    except Lost:
        return 503, b""
    return response.status, content


def is_ready(web: Host) -> bool:
    return asked(web, "/health/ready/")[0] == 200


def leads_on() -> bool:
    """Whether the balancer has found a host."""
    try:
        return Person("nobody", []).ask("GET", "/accounts/login/")[0] == 200
    except Lost:
        return False


if __name__ == "__main__":
    sys.exit(main())

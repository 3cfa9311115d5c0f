#!/usr/bin/env python3
"""Background work while its workers and its broker are killed.

    .venv/bin/python benchmarks/jobs.py [--kills 50] [--jobs 500] [--broker-kills 10]
        [--reports 100] [--rounds 12]

1. A worker is killed with -9 in the middle of a report, again and again.
2. The broker is killed with -9 while jobs pour in, and emptied once.
3. Ten offices ask for real reports, PDF and Word, while worker, broker and database are
   killed with -9 in turn: each is ready once, or failed with a reason and is retried.

Starts a PostgreSQL, a Valkey, a worker and a beat of its own in a temporary folder and
removes them afterwards. Every report must be there, once.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ground import django, servers_in

LEASE_SECONDS = 3
SWEEP_SECONDS = 30  # as pokmas/celery.py has it
LIMIT_SECONDS = 960  # the broker's visibility timeout and a minute
PATIENCE_SECONDS = 300


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--jobs", type=int, default=500)
    parser.add_argument("--broker-kills", type=int, default=10)
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=12, help="kills among reports")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="pokmas-jobs-"))
    folder.chmod(0o711)
    try:
        with servers_in(folder, POKMAS_JOB_LEASE_SECONDS=str(LEASE_SECONDS)) as servers:
            set_up_django()
            passed = [
                kill_workers(folder, options.kills),
                kill_broker(folder, servers, options.jobs, options.broker_kills),
                kill_each(folder, servers, options.reports, options.rounds),
            ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if all(passed) else 1


def set_up_django() -> None:
    django("migrate", "--verbosity=0")
    from tests.pokmas.jobs import worker_app  # noqa: F401 - registers the report


def celery(folder: Path, *words: str):
    from tests.pokmas.jobs.processes import Process

    log = (folder / f"{words[2]}.log").open("ab")
    return Process(*words, env=dict(os.environ), log=log)


def worker(folder: Path, concurrency: int = 1):
    from tests.pokmas.jobs.processes import WORKER

    return celery(folder, *WORKER, f"--concurrency={concurrency}")


def beat(folder: Path):
    """By the portal's own timetable; that of the tests stands still."""
    from tests.pokmas.jobs.processes import BEAT, WORKER

    return celery(folder, *WORKER[:2], *BEAT[2:])


# 1. The worker dies


def kill_workers(folder: Path, kills: int) -> bool:
    from pokmas.jobs import services
    from pokmas.jobs.models import Job
    from tests.waiting import wait_until

    if not kills:
        return True
    clock, killed, died_at = beat(folder), 0, {}
    try:
        for number in range(kills):
            at_work = worker(folder)
            job = services.enqueue(
                "tests.report", key=f"report-{number}", payload={"seconds": 1.2}
            )
            percent = random.choice([10, 30, 50, 70])
            in_mid_work = Job.objects.filter(pk=job.pk, percent__gte=percent)
            wait_until(in_mid_work.exists, seconds=PATIENCE_SECONDS)
            at_work.kill()
            died_at[job.pk] = time.time()
            killed += Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).count()
        at_work = worker(folder)
        wait_until(nothing_is_open, seconds=PATIENCE_SECONDS)
        at_work.stop()
    finally:
        clock.kill()
    slowest = max(
        job.finished_at.timestamp() - died_at[job.pk]
        for job in Job.objects.filter(pk__in=died_at, state=Job.State.DONE)
    )
    passed = report(
        f"{killed} kills -9 in mid-report", Job.objects.filter(pk__in=died_at)
    )
    print(f"   slowest {slowest:.1f} s after its worker died (limit {LIMIT_SECONDS} s)")
    return passed and killed == kills and slowest <= LIMIT_SECONDS


# 2. The broker dies


def kill_broker(folder: Path, servers, count: int, kills: int) -> bool:
    import redis
    from django.conf import settings

    from pokmas.jobs import services
    from pokmas.jobs.models import Job
    from tests.waiting import wait_until

    queue = next(child for child in servers.children if child.name == "valkey")
    clock, at_work = beat(folder), worker(folder, concurrency=2)
    requests: list[float] = []
    jobs: list[int] = []

    def submit(until: int) -> None:
        while len(jobs) < until:
            began = time.monotonic()
            key, small = f"small-{len(jobs)}", {"seconds": 0.02}
            jobs.append(services.enqueue("tests.report", key=key, payload=small).pk)
            requests.append(time.monotonic() - began)

    def emptied() -> bool:
        try:
            return broker.flushall()
        except redis.RedisError:
            return False

    place = settings.REDIS_URL.replace("redis+socket://", "unix://")
    broker = redis.Redis.from_url(place)
    try:
        for number in range(kills):
            submit(count * (number + 1) // kills - 3)
            queue.kill_group()
            queue.wait(time.monotonic() + 10)
            submit(count * (number + 1) // kills)
            queue.start()
            time.sleep(2)  # the worker finds it again, and takes some
            if number == kills // 2:
                wait_until(emptied)
        wait_until(nothing_is_open, seconds=PATIENCE_SECONDS)
        at_work.stop()
    finally:
        at_work.kill()
        clock.kill()
    passed = report(
        f"{kills} kills -9 of the broker, emptied once",
        Job.objects.filter(pk__in=jobs),
    )
    print(f"   slowest request {max(requests):.1f} s, while the broker was away")
    return passed


# 3. Reports, while everything dies


def kill_each(folder: Path, servers, count: int, kills: int) -> bool:
    from pokmas.jobs import services
    from pokmas.jobs.models import Job
    from tests.waiting import wait_until

    if not count:
        return True
    reports = asked_for(count)
    clock, at_work = beat(folder), worker(folder, concurrency=2)
    began, tries = time.monotonic(), 0
    try:
        for number in range(kills):
            done = len(reports) * (number + 1) // (kills + 2)
            wait_until(lambda least=done: finished() >= least, seconds=PATIENCE_SECONDS)
            kind = ("worker", "valkey", "postgres")[number % 3]
            if kind == "worker":
                at_work.kill()
                at_work = worker(folder, concurrency=2)
            else:
                child = next(each for each in servers.children if each.name == kind)
                child.kill_group()
                child.wait(time.monotonic() + 10)
                child.start()
                wait_until(answers, seconds=60)
        wait_until(nothing_is_open, seconds=PATIENCE_SECONDS)
        for row in Job.objects.filter(kind="reports.monthly", state=Job.State.FAILED):
            print(f"   failed, retried: {row.reason}")
            services.retry(row, by=None)
            tries += 1
        wait_until(nothing_is_open, seconds=PATIENCE_SECONDS)
        at_work.stop()
    finally:
        at_work.kill()
        clock.kill()
    print(f"{kills} kills -9 of worker, broker and database in turn, {tries} retried")
    print(f"   {time.monotonic() - began:.0f} s in all")
    return each_is_ready_once(reports)


def asked_for(count: int) -> list[int]:
    """So many reports of ten offices, all asked for at once."""
    from datetime import date

    from pokmas.accounts.roles import Role
    from reports.monthly import services
    from tests.factories import UnitFactory, person

    offices = [UnitFactory() for _office in range(10)]
    found = []
    for place in range(count):
        office, turn = offices[place % 10], place // 10
        month = date(2024 + turn // 12, turn % 12 + 1, 1)
        by = person(Role.UNIT_OPERATOR, office)
        found.append(services.request(office, month, by=by).pk)
    return found


def finished() -> int:
    """How many reports there are by now; none while the database is away."""
    from django.db import DatabaseError, close_old_connections

    from reports.models import Report

    try:
        return Report.objects.filter(version=1).count()
    except DatabaseError:
        close_old_connections()
        return 0


def answers() -> bool:
    from django.db import DatabaseError, close_old_connections, connection

    try:
        connection.ensure_connection()
        connection.cursor().execute("SELECT 1")
    except DatabaseError:
        close_old_connections()
        return False
    return True


def each_is_ready_once(reports: list[int]) -> bool:
    """One version of each, sealed once, its file there and what it was sealed as."""
    from hashlib import sha256

    from pokmas.audit.models import Entry
    from pokmas.documents.models import IssuedDocument
    from reports.models import Report

    rows = Report.objects.filter(pk__in=reports, status="drafting", version=1)
    papers = IssuedDocument.objects.filter(
        kind="reports.monthly", owner_id__in=reports
    ).exclude(sha256="")
    sealed = Entry.objects.filter(
        action="issueddocument.sealed", about_id__in=papers.values("pk")
    )
    whole = sum(
        sha256(paper.file.read()).hexdigest() == paper.sha256 and bool(paper.word)
        for paper in papers
    )
    counts = [rows.count(), papers.count(), sealed.count(), whole]
    ready, once, entries, files = counts
    print(
        f"   {ready} of {len(reports)} ready, {once} papers, sealed {entries} times, "
        f"{files} files whole"
    )
    return counts == [len(reports)] * 4


def nothing_is_open() -> bool:
    from pokmas.jobs.models import Job

    return not Job.objects.filter(state__in=["queued", "running"]).exists()


def report(title: str, jobs) -> bool:
    from pokmas.audit.models import Entry
    from tests.pokmas.jobs.worker_app import DONE

    states = Counter(jobs.values_list("state", flat=True))
    times = Counter(
        Entry.objects.filter(
            action=DONE, about_id__in=jobs.values("pk"), about_type__model="job"
        ).values_list("about_id", flat=True)
    )
    total, done = sum(states.values()), states["done"]
    lost = total - len(times)
    twice = sum(1 for count in times.values() if count > 1)
    print(f"{title}: {done} of {total} done, {lost} lost, {twice} duplicates")
    return (done, lost, twice) == (total, 0, 0)


if __name__ == "__main__":
    sys.exit(main())

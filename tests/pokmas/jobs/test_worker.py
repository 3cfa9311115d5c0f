"""Jobs with a real worker and a real broker, and what happens when one of them dies."""

from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.utils import timezone
from kombu import pools

from pokmas.audit.models import Entry
from pokmas.celery import app
from pokmas.jobs import services
from pokmas.jobs.models import Job, ScheduledRun
from tests.pokmas.jobs.processes import BEAT, WORKER, Broker, environment, running
from tests.pokmas.jobs.worker_app import DONE
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.worker,
    pytest.mark.xdist_group("worker"),
    pytest.mark.django_db(transaction=True),
]

State = Job.State
TICK = "beat: Waking up"  # in the log, after each tick


@pytest.fixture
def broker():
    broker = Broker()
    broker.flush()
    yield broker
    broker.flush()


@pytest.fixture
def start(tmp_path):
    """Start a celery program; its log is kept for a failing test."""
    numbers = count(1)

    def _start(words):
        log = (tmp_path / f"{next(numbers)}.log").open("wb")
        env = environment(connection.settings_dict["NAME"])
        return running(*words, env=env, log=log)

    return _start


@pytest.fixture
def dead_broker():
    """As if nothing listened at the broker's address."""
    url, app.conf.broker_url = app.conf.broker_url, "redis://127.0.0.1:1/0"
    _forget_connections()
    yield
    app.conf.broker_url = url
    _forget_connections()


def _forget_connections():
    pools.reset()
    app._pool = app.amqp._producer_pool = None


def a_report(key="laporan", seconds=0.2):
    return services.enqueue("tests.report", key=key, payload={"seconds": seconds})


def state_of(job):
    return Job.objects.get(pk=job.pk).state


def is_done(job):
    return state_of(job) == State.DONE


def times_done(job):
    return Entry.objects.about(job).filter(action=DONE).count()


def sweep_until_done(*jobs):
    """What beat and a worker do every thirty seconds, but more often."""

    def done():
        services.sweep()
        return all(is_done(job) for job in jobs)

    wait_until(done, what="all jobs done")


def test_a_job_rung_five_times_is_done_once(broker, start):
    job = a_report()
    for _ in range(4):
        services.ring(job)

    behind = a_report(key="sesudahnya")

    with start(WORKER):
        wait_until(lambda: is_done(behind))

    assert times_done(job) == 1


def test_a_job_whose_worker_is_killed_in_mid_work_is_done_once_by_the_next(
    broker, start
):
    job = a_report(seconds=1000)
    with start(WORKER) as worker:
        wait_until(lambda: Job.objects.filter(pk=job.pk, step="Langkah 1").exists())
        worker.kill()
    assert state_of(job) == State.RUNNING

    Job.objects.update(payload={"seconds": 0.1})
    with start(WORKER):
        sweep_until_done(job)

    job.refresh_from_db()
    assert (times_done(job), job.attempt) == (1, 2)


def test_a_flushed_broker_loses_no_job(broker, start):
    job = a_report()
    broker.flush()
    Job.objects.update(due_at=timezone.now() - timedelta(minutes=1))

    with start(WORKER):
        sweep_until_done(job)

    assert times_done(job) == 1


def test_without_a_broker_a_request_succeeds_and_the_job_waits(dead_broker):
    job = a_report()

    assert state_of(job) == State.QUEUED


def test_a_job_asked_for_without_a_broker_is_done_once_there_is_one(broker, start):
    job = Job.objects.create(
        kind="tests.report",
        key="k",
        queue="pdf",
        payload={"seconds": 0.1},
        due_at=timezone.now() - timedelta(minutes=1),
    )

    with start(WORKER):
        sweep_until_done(job)

    assert times_done(job) == 1


def test_two_workers_share_the_work_and_do_nothing_twice(broker, start):
    jobs = [a_report(key=f"laporan-{n}", seconds=0.1) for n in range(20)]
    for job in jobs:
        services.ring(job)

    with start(WORKER), start(WORKER):
        wait_until(lambda: all(is_done(job) for job in jobs))

    assert [times_done(job) for job in jobs] == [1] * 20


def test_two_beats_send_each_entry_once(broker, start, tmp_path):
    entries = set(app.conf.beat_schedule)
    long_ago = timezone.now() - timedelta(days=731)
    ScheduledRun.objects.bulk_create(
        ScheduledRun(name=name, ran_at=long_ago) for name in entries
    )

    with start(BEAT), start(BEAT):
        wait_until(
            lambda: not ScheduledRun.objects.filter(ran_at=long_ago).exists(),
            what="all entries sent",
        )
        for log in (tmp_path / "1.log", tmp_path / "2.log"):
            ticks = log.read_text().count(TICK)
            wait_until(lambda log=log, n=ticks: log.read_text().count(TICK) > n + 1)
        sent = broker.tasks("default") + broker.tasks("notify")

    assert sorted(sent) == sorted(entries)

import threading
from datetime import timedelta

import pytest
import time_machine
from celery.schedules import crontab
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError

from pokmas.celery import app
from pokmas.jobs.beat import SharedScheduler
from pokmas.jobs.models import Heartbeat, ScheduledRun
from tests.waiting import PATIENCE

WORKER, SWEEP = "pokmas.jobs.tasks.worker_alive", "pokmas.jobs.tasks.sweep_jobs"


@pytest.fixture
def sent(monkeypatch):
    """The tasks that were sent, instead of a broker."""
    tasks = []
    app.loader.import_default_modules()
    for name in (WORKER, SWEEP):
        monkeypatch.setattr(
            app.tasks[name],
            "apply_async",
            lambda *args, name=name, **options: tasks.append(name),
        )
    return tasks


def a_clock(**schedules):
    """A beat that knows these entries alone."""
    clock = SharedScheduler(app, lazy=True)
    clock.data = {}
    clock.merge_inplace(
        {
            name: {"task": name, "schedule": schedule}
            for name, schedule in schedules.items()
        }
    )
    return clock


@pytest.mark.django_db
def test_an_entry_is_sent_once_a_turn(sent):
    clock = a_clock(**{WORKER: 30})

    with time_machine.travel("2026-11-21 00:00:00Z", tick=False) as now:
        for _ in range(7):
            clock.tick()
            now.shift(10)

    assert sent == [WORKER] * 3  # at once, after 30 and after 60 seconds


@pytest.mark.django_db
def test_a_second_beat_finds_nothing_left_to_send(sent):
    clocks = [a_clock(**{WORKER: 30}) for _ in range(2)]

    with time_machine.travel("2026-11-21 00:00:00Z", tick=False) as now:
        for _ in range(4):
            for clock in clocks:
                clock.tick()
            now.shift(30)

    assert sent == [WORKER] * 4


@pytest.mark.django_db
def test_what_was_missed_while_no_beat_ran_is_made_up_for_once(sent):
    with time_machine.travel("2026-11-21 00:00:00Z", tick=False) as now:
        a_clock(**{WORKER: crontab(hour=7, minute=0)}).tick()
        now.shift(timedelta(days=3))
        a_clock(**{WORKER: crontab(hour=7, minute=0)}).tick()
        a_clock(**{WORKER: crontab(hour=7, minute=0)}).tick()

    assert sent == [WORKER]


@pytest.mark.django_db
def test_a_new_daily_entry_waits_for_its_hour(sent):
    clock = a_clock(**{WORKER: crontab(hour=7, minute=0)})

    with time_machine.travel("2026-11-21 06:59:00Z", tick=False) as now:
        clock.tick()
        before = list(sent)
        now.shift(60)
        clock.tick()

    assert (before, sent) == ([], [WORKER])


@pytest.mark.django_db
def test_without_a_broker_nothing_counts_as_sent(sent, monkeypatch):
    def away(*args, **options):
        raise BrokerError("connection refused")

    clock = a_clock(**{WORKER: 30})
    with monkeypatch.context() as broken:
        broken.setattr(app.tasks[WORKER], "apply_async", away)
        clock.tick()
    clock.tick()

    assert sent == [WORKER]


@pytest.mark.django_db
def test_each_tick_is_a_sign_of_life(sent):
    with time_machine.travel("2026-11-21 00:00:00Z", tick=False):
        a_clock(**{WORKER: 30}).tick()

        assert Heartbeat.objects.get(part="beat").at == timezone.now()


@pytest.mark.django_db
def test_the_clock_sleeps_no_longer_than_until_the_next_turn(sent):
    with time_machine.travel("2026-11-21 00:00:00Z", tick=False):
        ScheduledRun.objects.create(
            name=WORKER, ran_at=timezone.now() - timedelta(seconds=27)
        )

        assert a_clock(**{WORKER: 30}).tick() == pytest.approx(3, abs=0.1)


@pytest.mark.django_db(transaction=True)
def test_while_one_beat_holds_the_lock_the_other_sends_nothing(sent):
    """Two sessions of the database, as two beats have."""
    holding, done = threading.Event(), threading.Event()

    def other_beat():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [0x706F6B6D])
            holding.set()
            done.wait(PATIENCE)
            cursor.execute("COMMIT")
        connection.close()

    thread = threading.Thread(target=other_beat)
    thread.start()
    holding.wait(PATIENCE)
    clock = a_clock(**{WORKER: 30})
    wait = clock.tick()
    meanwhile = list(sent)
    done.set()
    thread.join()
    clock.tick()

    assert (wait, meanwhile, sent) == (1, [], [WORKER])


@pytest.mark.django_db(transaction=True)
def test_eight_beats_at_the_same_moment_send_once(sent):
    start = threading.Barrier(8)

    def beat():
        clock = a_clock(**{WORKER: 30, SWEEP: 30})
        start.wait()
        for _ in range(3):
            clock.tick()
        connection.close()

    threads = [threading.Thread(target=beat) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(sent) == [SWEEP, WORKER]

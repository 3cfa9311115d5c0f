import errno
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone

from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.jobs import services
from pokmas.jobs.models import Job
from pokmas.jobs.services import Handler, JobFailed, LeaseLost
from pokmas.offices.models import Office
from tests.factories import AssignmentFactory, ReportFactory, UnitFactory, person
from tests.waiting import wait_until

State = Job.State


@pytest.fixture(autouse=True)
def rung(monkeypatch):
    """The bells that were rung, instead of a broker."""
    bells = []
    monkeypatch.setattr(
        services, "ring", lambda row, **options: bells.append(row.pk) or True
    )
    return bells


@pytest.fixture
def handle(monkeypatch):
    """Let jobs of the kind "test" do what the function does."""

    def _handle(function):
        monkeypatch.setitem(
            services.HANDLERS, "test", Handler(function, "default", "Uji")
        )

    _handle(lambda claim: None)
    return _handle


def the_job(**fields):
    return Job.objects.create(**{"kind": "test", "key": "k", **fields})


# Asking for it


@pytest.mark.django_db
def test_the_same_key_gives_the_same_job(handle):
    first = services.enqueue("test", key="laporan-1")
    second = services.enqueue("test", key="laporan-1")

    assert (first, Job.objects.count()) == (second, 1)


@pytest.mark.django_db
def test_a_job_is_rung_only_after_the_commit(
    handle, rung, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        row = services.enqueue("test", key="k")
        before = list(rung)

    assert (before, rung) == ([], [row.pk])


@pytest.mark.django_db
def test_a_job_for_later_is_not_rung(handle, rung, django_capture_on_commit_callbacks):
    tomorrow = timezone.now() + timedelta(days=1)

    with django_capture_on_commit_callbacks(execute=True):
        services.enqueue("test", key="k", due_at=tomorrow)

    assert rung == []


@pytest.mark.django_db
def test_asking_again_takes_up_a_failed_job(handle):
    row = the_job(state=State.FAILED, attempt=5, reason="gagal")

    services.enqueue("test", key="k")

    row.refresh_from_db()
    assert (row.state, row.attempt, row.reason) == (State.QUEUED, 0, "")


@pytest.mark.django_db
def test_retry_leaves_an_entry(handle):
    operator = person(Role.UNIT_OPERATOR)
    row = the_job(state=State.FAILED, reason="Kertas habis.")

    services.retry(row, by=operator)

    entry = Entry.objects.about(row).get()
    assert (entry.actor, entry.action, entry.details["reason"]) == (
        operator,
        "job.retried",
        "Kertas habis.",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING, State.DONE])
def test_retry_refuses_every_other_state(state):
    row = the_job(state=state)

    with pytest.raises(ValidationError, match="tidak sedang gagal"):
        services.retry(row, by=None)


# Doing it


@pytest.mark.django_db
def test_a_job_is_done_once_however_often_it_is_run(handle):
    done = []
    handle(lambda claim: done.append(claim.payload["n"]))
    row = the_job(payload={"n": 7})

    for _ in range(5):
        services.run(row.pk)

    row.refresh_from_db()
    assert (done, row.state, row.percent, row.attempt) == ([7], State.DONE, 100, 1)


@pytest.mark.django_db
def test_progress_is_shown_while_it_runs(handle):
    seen = []

    def work(claim):
        claim.advance(40, "Menggambar bagan")
        row = Job.objects.get(pk=claim.row.pk)
        seen.append((row.state, row.percent, row.step))

    handle(work)
    services.run(the_job().pk)

    assert seen == [(State.RUNNING, 40, "Menggambar bagan")]


@pytest.mark.django_db
def test_it_is_done_in_the_capacity_in_which_it_was_asked_for(handle):
    operator = person(Role.UNIT_OPERATOR)
    second = AssignmentFactory(
        user=operator, role=Role.UNIT_OPERATOR, office=UnitFactory()
    )
    operator.acting = second
    seen = []
    handle(lambda claim: seen.append(claim.requested_by.acting))
    row = services.enqueue("test", key="k", by=operator)

    services.run(row.pk)

    assert seen == [second]


@pytest.mark.django_db
def test_the_handler_may_finish_in_the_transaction_of_its_result(handle):
    def work(claim):
        with transaction.atomic():
            claim.hold()
            claim.finish(url="/laporan/1/")

    handle(work)
    row = the_job()

    services.run(row.pk)

    row.refresh_from_db()
    assert (row.state, row.url) == (State.DONE, "/laporan/1/")


@pytest.mark.django_db
def test_a_job_that_is_not_due_waits(handle):
    row = the_job(due_at=timezone.now() + timedelta(minutes=1))

    services.run(row.pk)

    row.refresh_from_db()
    assert row.state == State.QUEUED


# Failing


@pytest.mark.django_db
def test_a_refusal_fails_at_once_and_says_why(handle):
    def work(claim):
        raise JobFailed("Laporan ini tidak berisi kegiatan.")

    handle(work)
    row = the_job()

    services.run(row.pk)

    row.refresh_from_db()
    assert (row.state, row.reason, row.attempt) == (
        State.FAILED,
        "Laporan ini tidak berisi kegiatan.",
        1,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("is_said_in_words", [False, True])
def test_a_job_that_found_a_disk_full_goes_on_when_there_is_room(
    handle, is_said_in_words
):
    tries = iter(range(8))

    def work(claim):
        if next(tries) == 7:
            return
        full = OSError(errno.ENOSPC, "No space left on device")
        if is_said_in_words:
            raise ValidationError("Penyimpanan penuh.") from full
        raise full

    handle(work)
    row = the_job()
    states = []
    for _turn in range(8):
        Job.objects.update(due_at=timezone.now())
        services.run(row.pk)
        row.refresh_from_db()
        states.append(row.state)

    assert states == [State.QUEUED] * 7 + [State.DONE]
    assert row.attempt == 1


@pytest.mark.django_db
def test_what_a_service_refuses_is_shown_in_its_words(handle):
    def work(claim):
        raise ValidationError("Periode ini terkunci.")

    handle(work)
    row = the_job()

    services.run(row.pk)

    row.refresh_from_db()
    assert (row.state, row.reason) == (State.FAILED, "Periode ini terkunci.")


@pytest.mark.django_db
def test_an_error_is_tried_again_and_keeps_its_text_out_of_sight(
    handle, rung, django_capture_on_commit_callbacks
):
    def work(claim):
        raise KeyError("rahasia")

    handle(work)
    row = the_job()

    with django_capture_on_commit_callbacks(execute=True):
        services.run(row.pk)

    row.refresh_from_db()
    assert (row.state, "KeyError" in row.reason, "rahasia" in row.reason) == (
        State.QUEUED,
        True,
        False,
    )
    assert row.due_at > timezone.now()
    assert rung == [row.pk]


@pytest.mark.django_db
def test_an_error_in_every_attempt_fails_for_good(handle):
    def work(claim):
        raise KeyError

    handle(work)
    row = the_job(attempts_allowed=3)

    for _ in range(5):
        Job.objects.filter(state=State.QUEUED).update(due_at=timezone.now())
        services.run(row.pk)

    row.refresh_from_db()
    assert (row.state, row.attempt) == (State.FAILED, 3)


@pytest.mark.django_db(transaction=True)
def test_a_lost_database_gives_the_job_back(handle):
    def work(claim):
        raise OperationalError("server closed the connection unexpectedly")

    handle(work)
    row = the_job()

    services.run(row.pk)

    row.refresh_from_db()
    assert (row.state, row.lease, row.reason) == (
        State.QUEUED,
        None,
        "Basis data sempat tidak menjawab.",
    )


# Workers that die


@pytest.mark.django_db
def test_a_job_whose_worker_died_is_taken_over(handle):
    done = []
    handle(lambda claim: done.append(1))
    row = the_job(
        state=State.RUNNING,
        attempt=1,
        lease="00000000-0000-4000-8000-000000000000",
        leased_until=timezone.now() - timedelta(seconds=1),
    )

    services.run(row.pk)

    row.refresh_from_db()
    assert (done, row.state, row.attempt) == ([1], State.DONE, 2)


@pytest.mark.django_db
def test_a_job_in_work_is_left_alone(handle):
    done = []
    handle(lambda claim: done.append(1))
    row = the_job(
        state=State.RUNNING,
        lease="00000000-0000-4000-8000-000000000000",
        leased_until=timezone.now() + timedelta(seconds=30),
    )

    services.run(row.pk)

    assert done == []


@pytest.mark.django_db
def test_a_job_that_kills_every_worker_ends_with_a_reason(handle):
    row = the_job(
        state=State.RUNNING,
        attempt=5,
        lease="00000000-0000-4000-8000-000000000000",
        leased_until=timezone.now() - timedelta(seconds=1),
    )

    services.run(row.pk)

    row.refresh_from_db()
    assert (row.state, row.reason) == (
        State.FAILED,
        "Pekerjaan terhenti 5 kali tanpa selesai.",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "step", [lambda claim: claim.advance(50), lambda claim: claim.finish()]
)
def test_a_worker_that_lost_its_lease_changes_nothing(handle, step):
    other = "00000000-0000-4000-8000-000000000000"

    def work(claim):
        Job.objects.filter(pk=claim.row.pk).update(lease=other)
        with pytest.raises(LeaseLost), transaction.atomic():
            step(claim)

    handle(work)
    row = the_job()

    services.run(row.pk)

    row.refresh_from_db()
    assert (row.state, str(row.lease), row.percent) == (State.RUNNING, other, 0)


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_the_work_goes_on(handle, settings):
    settings.JOB_LEASE_SECONDS = 1
    seen = []

    def work(claim):
        def lease_end():
            return Job.objects.get(pk=claim.row.pk).leased_until

        first = lease_end()
        seen.append(wait_until(lambda: lease_end() > first))

    handle(work)
    services.run(the_job().pk)

    assert seen == [True]


# The sweeper


@pytest.mark.django_db
def test_the_sweeper_rings_for_what_waits_and_what_was_left_behind(rung):
    long_ago = timezone.now() - timedelta(minutes=5)
    waiting = the_job(key="waiting", due_at=long_ago)
    lost = the_job(
        key="lost", due_at=long_ago, state=State.RUNNING, leased_until=long_ago
    )
    for number, state in enumerate([State.DONE, State.FAILED]):
        the_job(key=f"over-{number}", due_at=long_ago, state=state)
    the_job(key="fresh")

    swept = services.sweep()

    assert (swept, sorted(rung)) == (2, [waiting.pk, lost.pk])


@pytest.mark.django_db
def test_place_in_line_counts_those_asked_for_before():
    now = timezone.now()
    the_job(key="first", due_at=now - timedelta(minutes=2))
    the_job(key="other queue", queue="pdf", due_at=now - timedelta(minutes=2))
    the_job(key="done", state=State.DONE, due_at=now - timedelta(minutes=2))
    mine = the_job(key="mine", due_at=now)

    assert mine.ahead == 1


@pytest.fixture
def done(handle):
    """The keys of the jobs in the order in which they were done."""
    keys = []
    handle(lambda claim: keys.append(claim.row.key))
    return keys


@pytest.mark.django_db
def test_an_office_that_asks_for_much_leaves_room_for_the_others(done):
    many, few = person(Role.UNIT_OPERATOR), person(Role.UNIT_OPERATOR)
    rows = [services.enqueue("test", key=f"a{n}", by=many) for n in range(5)]
    services.answer(rows[0].pk)
    rows += [services.enqueue("test", key=f"b{n}", by=few) for n in range(2)]
    assert [rows[4].ahead, rows[5].ahead, rows[6].ahead] == [5, 1, 3]

    for row in rows[1:]:
        services.answer(row.pk)

    assert done == ["a0", "a1", "b0", "a2", "b1", "a3", "a4"]


@pytest.mark.django_db
def test_a_bell_for_a_job_that_is_done_serves_the_next(done):
    first, second = (services.enqueue("test", key=key) for key in "ab")

    services.answer(second.pk)
    services.answer(second.pk)
    services.answer(first.pk)

    assert done == ["a", "b"]


# Stopping it


def paper_of(user, **fields):
    return the_job(queue="pdf", requested_by=user, assignment=user.acting, **fields)


@pytest.mark.django_db
def test_who_asked_for_a_paper_stops_it_and_takes_it_up_again(handle):
    operator = person(Role.UNIT_OPERATOR)
    row = paper_of(operator)

    services.stop(row, by=operator)

    row.refresh_from_db()
    assert (row.state, row.reason) == (State.STOPPED, f"Dibatalkan oleh {operator}.")
    assert Entry.objects.about(row).get().action == "job.stopped"
    services.run(row.pk)
    services.retry(row, by=operator)
    row.refresh_from_db()
    assert (row.state, row.reason) == (State.QUEUED, "")


@pytest.mark.django_db
def test_a_worker_that_holds_what_was_stopped_stores_nothing(handle):
    operator = person(Role.UNIT_OPERATOR)

    def work(claim):
        services.stop(claim.row, by=operator)
        claim.hold()
        raise AssertionError("held")

    handle(work)
    row = paper_of(operator)

    services.run(row.pk)

    row.refresh_from_db()
    assert (row.state, row.lease) == (State.STOPPED, None)


@pytest.mark.django_db
def test_nobody_else_stops_it_and_nobody_what_is_done_or_no_paper():
    operator, other = person(Role.UNIT_OPERATOR), person(Role.UNIT_OPERATOR)

    for row, by in [
        (paper_of(operator, key="a"), other),
        (paper_of(operator, key="b", state=State.DONE), operator),
        (the_job(key="c", requested_by=operator), operator),
    ]:
        with pytest.raises(ValidationError, match="batalkan"):
            services.stop(row, by=by)


@pytest.mark.django_db
def test_changes_made_by_a_job_carry_its_number(handle):
    operator = person(Role.UNIT_OPERATOR)

    def work(claim):
        unit = operator.assignments.get().office
        unit.phone = "0380 1234"
        unit.save()

    handle(work)
    row = services.enqueue("test", key="k", by=operator)

    services.run(row.pk)

    event = Office.pgh_event_model.objects.get(pgh_label="update")
    assert event.pgh_context.metadata["job"] == row.pk


@pytest.mark.django_db
def test_jobs_done_more_than_a_year_ago_are_removed_and_failed_ones_are_kept():
    now = timezone.now()
    long_ago, lately = now - timedelta(days=366), now - timedelta(days=364)
    the_job(key="old", state=State.DONE, finished_at=long_ago)
    the_job(key="failed", state=State.FAILED, finished_at=long_ago)
    the_job(key="young", state=State.DONE, finished_at=lately)
    the_job(key="open", due_at=long_ago)

    removed = services.purge()

    keys = set(Job.objects.values_list("key", flat=True))
    assert (removed, keys) == (1, {"failed", "young", "open"})


@pytest.mark.django_db
def test_a_job_that_a_record_points_at_is_kept_and_one_of_its_history_is_not():
    long_ago = timezone.now() - timedelta(days=366)
    first, second = (
        the_job(key=key, state=State.DONE, finished_at=long_ago) for key in "ab"
    )
    report = ReportFactory(job=first)
    report.job = second
    report.save()

    removed = services.purge()

    assert (removed, list(Job.objects.all())) == (1, [second])

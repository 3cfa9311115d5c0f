"""Every night a part of the trail is checked, and in a round of nights all of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from pokmas.accounts.roles import Role
from pokmas.audit import chain, checking, inspections, services, tasks
from pokmas.audit.models import Entry, Inspection, Seal
from tests.factories import person
from tests.pokmas.audit.test_chain import behind_the_back

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_table_and_small_slices(monkeypatch):
    """A round of four nights; every seal holds two entries."""
    monkeypatch.setattr(chain, "sealed_models", lambda: [Entry])
    monkeypatch.setattr(chain, "BATCH", 2)
    monkeypatch.setattr(inspections, "NIGHTS", 4)
    monkeypatch.setattr(inspections, "LITTLE", 0)
    monkeypatch.setattr(checking, "PORTION", 1)


def seal(rows):
    entries = [Entry.record(None, f"office.step{n}") for n in range(rows)]
    chain.seal_all()
    return entries


def night():
    tasks.check_nightly()
    return Inspection.objects.finished().first()


def tamper(entry):
    with behind_the_back("audit_entry") as cursor:
        cursor.execute("UPDATE audit_entry SET action = 'x' WHERE id = %s", [entry.pk])


def test_the_first_night_checks_everything():
    seal(16)

    first = night()

    assert (first.rows, first.is_whole, first.is_intact) == (16, True, True)


def test_a_night_checks_a_slice_of_the_old_and_all_that_is_new():
    seal(16)
    night()
    seal(4)

    later = night()

    # A quarter of ten seals, rounded up, and the two new ones.
    assert (later.rows, later.is_whole) == (2 * 3 + 4, False)


def test_the_nights_of_a_round_check_every_seal_once_and_then_begin_anew():
    seal(16)
    night()

    slices = [night() for _ in range(5)]

    assert [each.rows for each in slices] == [4] * 5
    assert [each.ends_round for each in slices] == [False, False, False, True, False]
    began = [each.round_began_at for each in slices]
    assert began[0] == began[3] < began[4]


def test_a_little_trail_is_checked_as_a_whole_every_night(monkeypatch):
    monkeypatch.setattr(inspections, "LITTLE", 100_000)
    seal(16)
    night()

    assert night().is_whole


def test_a_fault_in_old_rows_is_found_within_the_round():
    entries = seal(16)
    night()
    tamper(entries[9])

    found = [night().faults for _ in range(4)]

    fault = {"table": "audit_entry", "id": entries[9].pk, "fault": "changed"}
    assert found == [[], [], [fault], []]


def test_a_fault_in_what_is_new_is_found_the_same_night():
    seal(16)
    night()
    entries = seal(2)
    tamper(entries[0])

    assert [fault["id"] for fault in night().faults] == [entries[0].pk]


def test_a_seal_that_was_removed_is_missed_where_a_slice_begins():
    seal(16)
    night()
    night()
    second = Seal.objects.order_by("pk")[1]
    with behind_the_back("audit_seal") as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE id = %s", [second.pk])

    assert {fault["fault"] for fault in night().faults} == {"gap"}


def test_a_check_goes_on_where_the_last_task_left_it(monkeypatch):
    seal(8)
    monkeypatch.setattr(inspections, "TASK_SECONDS", -1)
    inspection = services.ask_for_inspection(by=person(Role.HEADQUARTERS))

    rows = []
    while not inspection.finished_at:
        tasks.check_when_asked()
        inspection.refresh_from_db()
        rows.append(inspection.rows)

    assert rows == [2, 4, 6, 8, 8]
    assert inspection.head == services.head()


def test_a_portion_has_a_time_limit_of_its_own():
    seal(2)
    services.ask_for_inspection(by=person(Role.HEADQUARTERS))

    inspections._check_portion()

    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == (f"{inspections.PORTION_SECONDS}s",)


def test_a_fault_stands_until_a_whole_check_finds_nothing():
    entries = seal(16)
    night()
    tamper(entries[0])
    faulty, sound = night(), night()
    before = list(Inspection.objects.unsettled())
    with behind_the_back("audit_entry") as cursor:
        cursor.execute(
            "UPDATE audit_entry SET action = %s WHERE id = %s",
            [entries[0].action, entries[0].pk],
        )

    services.ask_for_inspection(by=person(Role.HEADQUARTERS))
    tasks.check_when_asked()

    assert (sound.faults, before) == ([], [faulty])
    assert list(Inspection.objects.unsettled()) == []


# Late


def ended(**days_ago):
    now = timezone.now()
    moments = {name: now - timedelta(days=days) for name, days in days_ago.items()}
    return Inspection.objects.create(slice_until=1, newest_after=2, until=2, **moments)


def test_a_trail_without_seals_or_with_young_ones_is_not_late():
    assert services.overdue(None, timezone.now()) == ""
    seal(2)
    assert services.overdue(None, timezone.now()) == ""


def test_a_trail_that_nobody_ever_checks_is_late():
    seal(2)

    assert services.overdue(None, timezone.now() + timedelta(days=3)) == "first"


@pytest.mark.parametrize(
    ("finished", "began", "late"),
    [(1, 1, ""), (1, 44, ""), (3, 3, "night"), (1, 46, "round")],
)
def test_nights_that_do_not_come_round_are_late(finished, began, late):
    last = ended(finished_at=finished, round_began_at=began)

    assert services.overdue(last, timezone.now()).partition(":")[0] == late


def test_a_round_that_came_to_its_end_is_not_late():
    last = ended(finished_at=1, round_began_at=60)
    last.slice_until = last.newest_after

    assert services.overdue(last, timezone.now()) == ""

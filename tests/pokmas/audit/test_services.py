from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from pokmas.accounts.roles import Role
from pokmas.audit import chain, services, tasks
from pokmas.audit.models import Entry, Inspection
from tests.factories import UnitFactory, person

pytestmark = pytest.mark.django_db


def test_reading_protected_data_is_noted_once_in_ten_minutes():
    unit = UnitFactory()
    head = person(Role.UNIT_HEAD, unit)

    with time_machine.travel(timezone.now()) as now:
        services.note_reading(head, unit, "phone")
        services.note_reading(head, unit, "phone")
        now.shift(timedelta(minutes=11))
        services.note_reading(head, unit, "phone")

    entries = Entry.objects.about(unit).readings()
    assert [entry.details for entry in entries] == [{"fields": ["phone"]}] * 2


def test_a_second_reader_is_noted_as_well():
    unit = UnitFactory()
    readers = [person(Role.UNIT_HEAD, unit), person(Role.UNIT_OPERATOR, unit)]

    for reader in readers:
        services.note_reading(reader, unit)

    actors = {entry.actor for entry in Entry.objects.about(unit).readings()}
    assert actors == set(readers)


@pytest.mark.usefixtures("stopped_clock")
def test_a_refused_page_is_noted_once():
    head = person(Role.UNIT_HEAD)

    for _ in range(3):
        services.note_denial(head, method="GET", path="/jobs/")

    entry = Entry.objects.get()
    assert (entry.actor, entry.action, entry.details) == (
        head,
        "access.denied",
        {"method": "GET", "path": "/jobs/"},
    )


@pytest.mark.usefixtures("stopped_clock")
def test_somebody_who_tries_every_door_does_not_flood_the_trail():
    head = person(Role.UNIT_HEAD)

    for n in range(100):
        services.note_denial(head, method="GET", path=f"/pintu/{n}/")

    assert Entry.objects.count() == services.DENIALS_AN_HOUR


def test_an_inspection_that_is_asked_for_is_done_and_says_what_it_found():
    headquarters = person(Role.HEADQUARTERS)
    Entry.record(None, "office.changed")
    chain.seal_all()

    services.ask_for_inspection(by=headquarters)
    tasks.check_when_asked()

    inspection = Inspection.objects.get()
    assert (inspection.requested_by, inspection.is_intact) == (headquarters, True)
    assert inspection.head == services.head()


def test_asking_twice_gives_one_inspection():
    headquarters = person(Role.HEADQUARTERS)

    first = services.ask_for_inspection(by=headquarters)
    second = services.ask_for_inspection(by=headquarters)

    assert first == second


def test_the_trail_is_checked_at_night():
    tasks.check_nightly()

    assert Inspection.objects.get().finished_at is not None


def test_sealing_also_does_what_was_asked_for_while_no_broker_was_there():
    inspection = services.ask_for_inspection(by=person(Role.HEADQUARTERS))
    Entry.record(None, "office.changed")

    tasks.seal_trail()

    inspection.refresh_from_db()
    assert (inspection.finished_at is not None, inspection.unsealed) == (True, 0)

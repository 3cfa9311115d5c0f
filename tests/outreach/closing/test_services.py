"""A month is closed while people work: what is verified meanwhile is waited for."""

from datetime import date
from threading import Event, Thread

import pytest
import time_machine
from django.db import connection, transaction

from outreach.closing import services as closing
from outreach.closing.models import ClosedMonth
from tests.factories import UnitFactory

MONTH = date(2026, 10, 1)
DAY = date(2026, 10, 14)


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


@pytest.mark.django_db
def test_closing_twice_closes_once():
    unit = UnitFactory()

    closing.close([unit.pk], MONTH)
    closing.close([unit.pk], MONTH)

    assert ClosedMonth.objects.filter(office=unit).count() == 1


@pytest.mark.django_db
def test_a_closed_month_cannot_be_held_and_its_neighbours_can():
    unit, other = UnitFactory.create_batch(2)
    closing.close([unit.pk], MONTH)

    held = [closing.hold(unit.pk, day) for day in (DAY, date(2026, 9, 30))]
    held.append(closing.hold(other.pk, DAY))

    assert held == [False, True, True]


@pytest.mark.django_db(transaction=True)
def test_closing_waits_for_who_holds_the_month():
    unit, done, began = UnitFactory(), [], Event()

    def close():
        with transaction.atomic():
            began.set()
            closing.close([unit.pk], MONTH)
            done.append("closed")
        connection.close()

    thread = Thread(target=close)
    with transaction.atomic():
        held = closing.hold(unit.pk, DAY)
        thread.start()
        began.wait()
        thread.join(timeout=0.5)
        done.append("verified")
    thread.join()

    assert (held, done) == (True, ["verified", "closed"])
    assert closing.hold(unit.pk, DAY) is False

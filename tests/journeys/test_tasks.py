"""A task given from an activity, taken, late, answered, and asked about once more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.coordination.models import Task
from pokmas.words import dates
from tests.factories import ActivityFactory, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_what_follows_from_an_activity_is_given_taken_and_done(visit):
    head = person(Role.UNIT_HEAD)
    unit = head.acting.office
    operator = person(Role.UNIT_OPERATOR, unit, full_name="Maria Uji")
    activity = ActivityFactory(
        office=unit, status="verified", follow_up="Kirim modul kepada mitra"
    )

    giver = visit(head).open(activity.get_absolute_url())
    giver.follow("Jadikan tugas").fits()
    assert giver.page.locator("[name='what']").input_value() == activity.follow_up
    giver.press("Beri tugas").sees("Ada yang perlu diperbaiki").fits()
    giver.fill(until=dates.date_short(unit.today + timedelta(days=7)))
    giver.press("Beri tugas")
    task = Task.objects.get()
    assert (task.what, task.about, task.owner) == (activity.follow_up, activity, None)

    giver.open(task.get_absolute_url()).sees(activity.title).fits()
    giver.follow("Tunjuk pelaksana").fits()
    giver.tick("owner", operator.pk).press("Tunjuk pelaksana")
    giver.sees("Pelaksana ditunjuk dan diberi tahu.")

    Task.objects.update(until=unit.today - timedelta(days=1))
    doer = visit(operator).open(reverse("coordination:index"))
    doer.sees(task.what).fits().follow(task.what).sees("lewat batas").fits()
    doer.follow("Tandai selesai").press("Tandai selesai")
    doer.sees("Ada yang perlu diperbaiki").fits()
    doer.fill(answer="Modul dikirim lewat pos.").press("Tandai selesai")
    doer.sees("Tugas selesai; pemberi tugas diberi tahu.").fits()

    giver.open(task.get_absolute_url()).sees("Modul dikirim lewat pos.").fits()
    task.refresh_from_db()
    assert (task.status, task.owner) == (Task.Status.DONE, operator)

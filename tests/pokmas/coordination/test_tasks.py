"""Tasks: whom one may give them, who does them, and what becomes of those left."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.coordination import services
from pokmas.coordination.models import Task
from pokmas.notices.models import Notice
from pokmas.notices.telling import tell_of_late_turns
from tests.factories import RegionFactory, UnitFactory, person
from tests.pokmas.coordination.factories import TaskFactory

pytestmark = pytest.mark.django_db
Status = Task.Status


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def head(unit):
    return person(Role.UNIT_HEAD, unit)


@pytest.fixture
def operator(unit):
    return person(Role.UNIT_OPERATOR, unit)


def new(**fields):
    return TaskFactory.build(office=None, given_from=None, **fields)


def told(user):
    return list(Notice.objects.filter(user=user).values_list("kind", flat=True))


def test_a_task_goes_to_its_owner_and_back_with_a_result(unit, head, operator):
    (task,) = services.give(new(owner=operator), offices=[unit], by=head)
    assert told(operator) == ["task.given"]

    services.finish(task, answer="Sudah dilengkapi.", by=operator)

    task.refresh_from_db()
    assert (task.status, task.answer) == (Status.DONE, "Sudah dilengkapi.")
    assert told(head) == ["task.done"]
    actions = Entry.objects.about(task).values_list("action", flat=True)
    assert set(actions) == {"task.given", "task.done"}


def test_a_kanwil_gives_one_task_to_each_of_its_units(unit, head):
    admin = person(Role.REGIONAL_ADMIN, unit.region)
    other = UnitFactory(parent=unit.region)

    given = services.give(new(), offices=[unit, other], by=admin)

    assert {task.office for task in given} == {unit, other}
    assert len({task.batch for task in given}) == 1
    together = Task.objects.filter(batch=given[0].batch)
    assert [each.pk for each in together.exclude(pk=given[0].pk)] == [given[1].pk]
    assert told(head) == ["task.given"]  # who names whoever does it


def test_a_form_sent_twice_gives_it_once(unit, head):
    task = new()
    again = new(submission_key=task.submission_key)

    services.give(task, offices=[unit], by=head)
    services.give(again, offices=[unit], by=head)

    assert Task.objects.count() == 1


@pytest.mark.parametrize("place", ["stranger", "sister"])
def test_an_office_beside_ones_own_is_given_none(unit, head, place):
    office = UnitFactory() if place == "stranger" else UnitFactory(parent=unit.region)

    with pytest.raises(ValidationError):
        services.give(new(), offices=[office], by=head)


def test_a_unit_gives_its_kanwil_a_task_and_both_see_it(unit, head):
    admin = person(Role.REGIONAL_ADMIN, unit.region)

    (task,) = services.give(new(), offices=[unit.region], by=head)

    assert told(admin) == ["task.given"]
    for user in (head, admin):
        assert list(Task.objects.visible_to(user)) == [task]
    assert not Task.objects.visible_to(person(Role.UNIT_HEAD)).exists()
    assert not Task.objects.visible_to(person(Role.REGIONAL_ADMIN)).exists()


def test_only_its_owner_finishes_it(unit, head, operator):
    other = person(Role.UNIT_OPERATOR, unit)
    (task,) = services.give(new(owner=operator), offices=[unit], by=head)

    for user in (other, head):
        with pytest.raises(ValidationError):
            services.finish(task, answer="Sudah.", by=user)


def test_the_head_does_himself_what_nobody_was_named_for(unit, head, operator):
    (task,) = services.give(new(), offices=[unit], by=operator)
    assert task.is_turn_of(head)
    assert not task.is_turn_of(operator)

    services.finish(task, answer="Sudah.", by=head)

    assert task.owner == head


def test_what_came_back_is_given_again_by_whoever_gave_it(unit, head, operator):
    (task,) = services.give(new(owner=operator), offices=[unit], by=head)
    services.hand_back(task, reason="Bukan tugas saya.", by=operator)
    assert told(head) == ["task.handed_back"]
    assert task.is_turn_of(head)

    services.give_again(task, what="Lengkapi", details="", until=task.until, by=head)

    assert (task.status, task.owner, task.reason) == (Status.UNASSIGNED, None, "")


def test_a_day_that_is_over_is_refused(unit, head):
    yesterday = timezone.localdate() - timedelta(days=2)

    with pytest.raises(ValidationError, match="sudah lewat"):
        services.give(new(until=yesterday), offices=[unit], by=head)


def test_what_is_not_enough_goes_on_with_whoever_did_it(unit, head, operator):
    (task,) = services.give(new(owner=operator), offices=[unit], by=head)
    services.finish(task, answer="Sudah.", by=operator)

    services.reopen(task, reason="Buktinya?", until=task.until, by=head)

    assert (task.status, task.owner) == (Status.ASSIGNED, operator)


def test_what_an_officer_leaves_behind_goes_back_to_the_head(unit, head, operator):
    (task,) = services.give(new(owner=operator), offices=[unit], by=head)
    services.release_left()
    task.refresh_from_db()
    assert task.owner == operator

    operator.assignments.update(ended_at=timezone.now())
    services.release_left()

    task.refresh_from_db()
    assert (task.status, task.owner) == (Status.UNASSIGNED, None)
    assert "tidak lagi bertugas" in task.reason


def test_a_late_one_is_told_once_to_head_and_giver(unit, head, operator):
    admin = person(Role.REGIONAL_ADMIN, unit.region)
    services.give(new(owner=operator), offices=[unit], by=admin)
    Task.objects.update(until=timezone.localdate() - timedelta(days=2))
    Notice.objects.all().delete()

    for _run in range(2):
        services.tell_givers_of_late()
        tell_of_late_turns()

    assert told(admin) == ["task.overdue"]
    assert told(head) == ["task.late"]


def test_a_message_reaches_the_other_side(unit, head, operator):
    (task,) = services.give(new(owner=operator), offices=[unit], by=head)

    services.write(task, text="Menunggu tanda tangan.", by=operator)

    assert told(head) == ["task.written"]
    assert task.messages.get().by == operator


def test_a_task_is_given_from_the_page_of_a_record(sign_in, unit, head, operator):
    about = TaskFactory(office=unit)  # any record with steps
    client = sign_in(head)
    page = f"{reverse('coordination:create')}?about=coordination.task:{about.pk}"
    assert about.what in client.get(page).text

    answer = client.post(
        page,
        {
            "what": "Periksa",
            "details": "",
            "until": f"{timezone.localdate() + timedelta(days=3):%d-%m-%Y}",
            "offices": [unit.pk],
            "owner": operator.pk,
        },
    )

    task = Task.objects.get(what="Periksa")
    assert answer["location"] == task.get_absolute_url()
    assert (task.about, task.owner) == (about, operator)


def test_a_record_that_one_does_not_see_is_not_named(sign_in, head):
    strange = TaskFactory(what="Rahasia kantor lain")
    page = f"{reverse('coordination:create')}?about=coordination.task:{strange.pk}"

    assert "Rahasia" not in sign_in(head).get(page).text


def test_everywhere_means_each_unit_of_the_region(sign_in, unit):
    other = UnitFactory(parent=unit.region)
    UnitFactory(parent=RegionFactory())
    client = sign_in(person(Role.REGIONAL_ADMIN, unit.region))

    client.post(
        reverse("coordination:create"),
        {
            "what": "Kirim rekap",
            "until": f"{timezone.localdate() + timedelta(days=3):%d-%m-%Y}",
            "everywhere": "on",
        },
    )

    assert {task.office for task in Task.objects.all()} == {unit, other}
    page = client.get(Task.objects.first().get_absolute_url()).text
    assert "0 dari 2 selesai" in page

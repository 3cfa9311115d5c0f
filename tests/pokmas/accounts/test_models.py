from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from pokmas.accounts.models import (
    Assignment,
    AssignmentRequest,
    ConsentText,
    User,
)
from pokmas.accounts.roles import Role
from pokmas.offices.models import Office, Zone
from tests.factories import (
    AssignmentFactory,
    HeadquartersFactory,
    PostFactory,
    RegionFactory,
    UnitFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "holds"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - timedelta(9), TODAY, True),
        (TODAY + timedelta(1), None, False),
        (TODAY - timedelta(9), TODAY - timedelta(1), False),
    ],
)
def test_an_assignment_holds_from_its_first_to_its_last_day(starts_on, ends_on, holds):
    assignment = AssignmentFactory(starts_on=starts_on, ends_on=ends_on)

    assert (assignment in Assignment.objects.current(TODAY)) == holds


def test_an_ended_assignment_does_not_hold_on_its_last_day():
    assignment = AssignmentFactory(ends_on=timezone.localdate())
    Assignment.objects.update(ended_at=timezone.now())

    assert list(Assignment.objects.current()) == []
    assignment.refresh_from_db()
    assert assignment.is_over


def test_the_same_role_at_the_same_office_is_held_once_at_a_time():
    held = AssignmentFactory(starts_on=TODAY, ends_on=TODAY + timedelta(30))

    with pytest.raises(IntegrityError, match="one_assignment_per_role"):
        AssignmentFactory(
            user=held.user,
            office=held.office,
            role=held.role,
            starts_on=TODAY + timedelta(30),
        )


def test_the_same_role_may_be_held_again_later():
    held = AssignmentFactory(starts_on=TODAY, ends_on=TODAY + timedelta(30))

    AssignmentFactory(
        user=held.user,
        office=held.office,
        role=held.role,
        starts_on=TODAY + timedelta(31),
    )

    assert held.user.assignments.count() == 2


def test_a_substitute_for_days_needs_a_last_day():
    assignment = Assignment(
        user=UserFactory(),
        office=UnitFactory(),
        role=Role.UNIT_HEAD,
        capacity=Office.Capacity.DAILY_ACTING,
    )

    with pytest.raises(ValidationError, match="tanggal akhir"):
        assignment.full_clean()


def test_a_substitute_is_named_as_one():
    assignment = Assignment(role=Role.UNIT_HEAD, capacity=Office.Capacity.DAILY_ACTING)

    assert assignment.title == "Plh. Kepala UPT"


def test_an_email_address_is_kept_in_lower_case():
    with pytest.raises(IntegrityError, match="user_email_in_lower_case"):
        UserFactory(email="Ani@contoh.test")


def test_an_administrator_sees_the_people_of_his_branch_and_himself():
    region, other = RegionFactory(), RegionFactory()
    admin = person(Role.REGIONAL_ADMIN, region)
    below = person(Role.UNIT_OPERATOR, UnitFactory(parent=region))
    person(Role.UNIT_OPERATOR, UnitFactory(parent=other))

    assert set(User.objects.visible_to(admin)) == {admin, below}


def test_a_unit_head_sees_the_people_of_his_posts():
    unit = UnitFactory()
    head = person(Role.UNIT_HEAD, unit)
    below = person(Role.UNIT_OPERATOR, PostFactory(parent=unit))

    assert set(User.objects.visible_to(head)) == {head, below}


def test_headquarters_sees_even_people_without_an_assignment():
    admin = person(Role.HEADQUARTERS)
    newcomer = UserFactory()

    assert set(User.objects.visible_to(admin)) == {admin, newcomer}


@pytest.mark.parametrize("role", [Role.PARTNER, Role.VOLUNTEER])
def test_partners_and_volunteers_see_only_themselves(role):
    unit = UnitFactory()
    person(Role.UNIT_OPERATOR, unit)
    one = person(role, unit)

    assert list(User.objects.visible_to(one)) == [one]


def test_search_finds_a_part_of_a_name_in_any_case_and_the_start_of_an_address():
    maria = UserFactory(full_name="Maria Tefa", email="mt@contoh.test")
    UserFactory(full_name="Petrus", email="petrus@contoh.test")

    assert list(User.objects.search("tEf")) == [maria]
    assert list(User.objects.search("MT@")) == [maria]
    assert list(User.objects.search("contoh")) == []


def test_a_deactivated_person_may_do_nothing():
    one = person(Role.UNIT_OPERATOR)
    one.is_active = False

    assert one.permissions == frozenset()


@time_machine.travel("2026-11-21 23:30 +0700")
def test_who_acts_is_decided_by_the_day_in_indonesia():
    one = AssignmentFactory(starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 21))

    assert one.user.acting == one


@pytest.mark.parametrize(
    ("zone", "new_year"),
    [(Zone.WIB, False), (Zone.WITA, False), (Zone.WIT, True)],
)
def test_a_term_begins_and_ends_with_the_day_of_its_office(zone, new_year):
    office = UnitFactory(zone=zone)
    old = AssignmentFactory(
        office=office, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )
    new = AssignmentFactory(office=office, starts_on=date(2027, 1, 1))

    with time_machine.travel("2026-12-31 15:30Z"):  # half past midnight in Jayapura
        held = set(Assignment.objects.current())
        says_so = [old.is_over, new.is_current]

    assert held == ({new} if new_year else {old})
    assert says_so == [new_year, new_year]


def test_a_consent_text_is_never_reworded():
    text = ConsentText.objects.newest(ConsentText.ACCOUNT)

    with pytest.raises(ProgrammingError), transaction.atomic():
        ConsentText.objects.filter(pk=text.pk).update(text="Lain")
    with pytest.raises(ProgrammingError), transaction.atomic():
        text.delete()


def test_the_newest_consent_text_is_the_one_that_is_valid_already():
    newest = ConsentText.objects.newest(ConsentText.ACCOUNT)
    ConsentText.objects.create(
        purpose=ConsentText.ACCOUNT,
        version=newest.version + 1,
        title="Berikutnya",
        text="…",
        valid_from=timezone.localdate() + timedelta(1),
    )

    assert ConsentText.objects.newest(ConsentText.ACCOUNT) == newest


def asked(by, office, role=Role.AMBASSADOR):
    return AssignmentRequest.objects.create(
        user=by, office=office, role=role, purpose="Perlu"
    )


def test_a_request_waits_for_whoever_appoints_that_role_in_that_branch():
    region = RegionFactory(parent=HeadquartersFactory())
    unit = UnitFactory(parent=region)
    operator = person(Role.UNIT_OPERATOR, unit)
    request = asked(operator, unit)
    waiting = {
        role: list(AssignmentRequest.objects.awaiting(person(role, office)))
        for role, office in [
            (Role.HEADQUARTERS, region.parent),
            (Role.REGIONAL_ADMIN, region),
            (Role.REGIONAL_HEAD, region),
            (Role.UNIT_HEAD, unit),
            (Role.UNIT_OPERATOR, unit),
        ]
    }

    assert waiting == {
        Role.HEADQUARTERS: [request],
        Role.REGIONAL_ADMIN: [request],
        Role.REGIONAL_HEAD: [],
        Role.UNIT_HEAD: [request],
        Role.UNIT_OPERATOR: [],
    }


def test_ones_own_request_never_waits_for_oneself():
    head = person(Role.UNIT_HEAD)
    asked(head, head.acting.office)

    assert list(AssignmentRequest.objects.awaiting(head)) == []


def test_the_database_refuses_that_a_request_is_decided_by_its_author():
    operator = person(Role.UNIT_OPERATOR)
    request = asked(operator, operator.acting.office)

    with pytest.raises(IntegrityError, match="request_decided_by_another"):
        AssignmentRequest.objects.filter(pk=request.pk).update(decided_by=operator)


def test_accounts_are_told_apart_by_their_state():
    active, idle = person(Role.UNIT_HEAD), UserFactory()
    closed, invited = UserFactory(is_active=False), UserFactory()
    invited.set_unusable_password()
    invited.save()

    people = User.objects.order_by("pk")

    assert {state: list(people.in_state(state)) for state in ("closed", "invited")} == {
        "closed": [closed],
        "invited": [invited],
    }
    assert list(people.in_state("active")) == [active, idle]
    assert list(people.idle()) == [idle, closed, invited]


def test_who_has_no_assignment_any_more_is_idle():
    ended, moved = person(Role.UNIT_HEAD), person(Role.UNIT_OPERATOR)
    acting = person(Role.UNIT_OPERATOR)
    today = acting.acting.office.today
    ended.assignments.update(ended_at=timezone.now())
    moved.assignments.update(user=acting)
    acting.assignments.filter(role=Role.UNIT_OPERATOR).update(ends_on=today)

    assert list(User.objects.order_by("pk").idle()) == [ended, moved]
    assert User.objects.filter(is_appointed=True).count() == 0

    yesterday = today - timedelta(days=1)
    acting.assignments.update(starts_on=yesterday, ends_on=yesterday)

    assert list(User.objects.order_by("pk").idle()) == [ended, moved, acting]

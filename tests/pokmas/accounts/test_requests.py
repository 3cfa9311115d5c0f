from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from pokmas.accounts.models import AssignmentRequest
from pokmas.accounts.roles import Role
from pokmas.accounts.services import requests
from pokmas.audit.models import Entry
from tests.factories import (
    AssignmentFactory,
    RegionFactory,
    UnitFactory,
    UserFactory,
    person,
)
from tests.racing import at_once

pytestmark = pytest.mark.django_db
Status = AssignmentRequest.Status


@pytest.fixture
def region():
    return RegionFactory()


@pytest.fixture
def operator(region):
    return person(Role.UNIT_OPERATOR, UnitFactory(parent=region))


@pytest.fixture
def asked(region, operator):
    return requests.request_assignment(
        AssignmentRequest(
            role=Role.AMBASSADOR, office=UnitFactory(parent=region), purpose="Perlu"
        ),
        by=operator,
    )


def test_a_request_changes_no_right(asked, operator):
    assert operator.assignments.count() == 1
    entry = Entry.objects.about(asked).get()
    assert (entry.actor, entry.action) == (operator, "assignmentrequest.requested")


def test_an_approved_request_becomes_an_assignment(asked, operator, region):
    admin = person(Role.REGIONAL_ADMIN, region)

    assignment = requests.approve(asked, by=admin)

    asked.refresh_from_db()
    assert (asked.status, asked.decided_by) == (Status.APPROVED, admin)
    assert assignment.user == operator
    assert (assignment.role, assignment.office) == (asked.role, asked.office)


def test_nobody_approves_or_declines_his_own_request(region):
    admin = person(Role.REGIONAL_ADMIN, region)
    asked = requests.request_assignment(
        AssignmentRequest(role=Role.AMBASSADOR, office=region, purpose="Perlu"),
        by=admin,
    )

    with pytest.raises(ValidationError, match="orang lain"):
        requests.approve(asked, by=admin)
    with pytest.raises(ValidationError, match="orang lain"):
        requests.decline(asked, reason="x", by=admin)


@pytest.mark.parametrize(
    ("role", "inside"),
    [
        (Role.REGIONAL_ADMIN, False),
        (Role.REGIONAL_HEAD, True),
        (Role.REGIONAL_REVIEWER, True),
    ],
)
def test_only_an_administrator_of_that_branch_decides(asked, region, role, inside):
    other = person(role, region if inside else RegionFactory())

    with pytest.raises(ValidationError):
        requests.approve(asked, by=other)
    with pytest.raises(ValidationError):
        requests.decline(asked, reason="x", by=other)
    asked.refresh_from_db()
    assert asked.status == Status.REQUESTED


def test_a_head_does_not_make_another_head(region, operator):
    unit = operator.acting.office
    asked = requests.request_assignment(
        AssignmentRequest(role=Role.UNIT_HEAD, office=unit, purpose="Perlu"),
        by=operator,
    )

    with pytest.raises(ValidationError, match="tidak boleh memberikan"):
        requests.approve(asked, by=person(Role.UNIT_HEAD, unit))


def test_a_declined_request_says_why(asked, region):
    requests.decline(
        asked, reason="Sudah ada duta", by=person(Role.REGIONAL_ADMIN, region)
    )

    asked.refresh_from_db()
    assert (asked.status, asked.reason) == (Status.DECLINED, "Sudah ada duta")


def test_a_decline_without_a_reason_is_refused(asked, region):
    with pytest.raises(ValidationError, match="Alasan wajib diisi"):
        requests.decline(asked, reason=" ", by=person(Role.REGIONAL_ADMIN, region))


def test_a_request_is_withdrawn_by_its_author_alone(asked, operator, region):
    with pytest.raises(ValidationError, match="Hanya pemohon"):
        requests.withdraw(asked, by=person(Role.REGIONAL_ADMIN, region))

    requests.withdraw(asked, by=operator)

    asked.refresh_from_db()
    assert asked.status == Status.WITHDRAWN


@pytest.mark.parametrize("status", [Status.APPROVED, Status.DECLINED, Status.WITHDRAWN])
def test_a_decided_request_is_not_decided_again(asked, region, status):
    AssignmentRequest.objects.filter(pk=asked.pk).update(status=status)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        requests.approve(asked, by=person(Role.REGIONAL_ADMIN, region))


@pytest.mark.django_db(transaction=True)
def test_of_two_same_requests_at_once_one_is_made(operator, region):
    office = UnitFactory(parent=region)

    def ask():
        wanted = AssignmentRequest(role=Role.AMBASSADOR, office=office, purpose="Perlu")
        try:
            return requests.request_assignment(wanted, by=operator)
        except ValidationError as refusal:
            return refusal.messages[0]

    made = at_once("accounts_assignmentrequest", ask, ask)

    (refusal,) = [each for each in made if isinstance(each, str)]
    assert "sudah ada dan masih menunggu keputusan" in refusal
    assert AssignmentRequest.objects.count() == 1


def test_the_same_request_is_not_made_twice(asked, operator):
    again = AssignmentRequest(role=asked.role, office=asked.office, purpose="Lagi")

    with pytest.raises(ValidationError, match="masih menunggu"):
        requests.request_assignment(again, by=operator)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "refused"),
    [
        (date(2026, 3, 1), None, True),
        (date(2025, 1, 1), date(2026, 3, 1), True),
        (date(2025, 1, 1), date(2025, 12, 31), False),
        (date(2027, 1, 1), None, False),
    ],
)
def test_what_one_holds_at_that_time_is_not_asked_for(
    region, starts_on, ends_on, refused
):
    held = AssignmentFactory(
        office__parent=region, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )
    wanted = AssignmentRequest(
        role=held.role,
        office=held.office,
        starts_on=starts_on,
        ends_on=ends_on,
        purpose="Lagi",
    )

    with time_machine.travel("2026-11-21 05:00Z"):
        try:
            requests.request_assignment(wanted, by=held.user)
            said = {}
        except ValidationError as refusal:
            said = refusal.message_dict

    words = {"role": ["Anda sudah memegang peran ini di kantor itu."]}
    assert said == (words if refused else {})


@pytest.mark.parametrize("role", [Role.HEADQUARTERS, Role.PARTNER, Role.VOLUNTEER])
def test_some_roles_cannot_be_asked_for(operator, role):
    wanted = AssignmentRequest(
        role=role, office=operator.acting.office, purpose="Ingin"
    )

    with pytest.raises(ValidationError, match="tidak dapat diminta"):
        requests.request_assignment(wanted, by=operator)


def test_a_role_is_asked_for_where_it_exists(operator, region):
    wanted = AssignmentRequest(role=Role.UNIT_HEAD, office=region, purpose="Ingin")

    with pytest.raises(ValidationError, match="tidak ada di Kanwil"):
        requests.request_assignment(wanted, by=operator)


def test_only_officers_ask(region):
    unit = UnitFactory(parent=region)
    wanted = AssignmentRequest(role=Role.AMBASSADOR, office=unit, purpose="Ingin")

    for one in (person(Role.PARTNER, unit), UserFactory()):
        with pytest.raises(ValidationError, match="Hanya petugas"):
            requests.request_assignment(wanted, by=one)

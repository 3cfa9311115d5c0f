"""The figures of a month that is over say what was true on its last day."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from partners.groups import services as groups
from partners.standing import services as partners
from pokmas.accounts.roles import Role
from reports.figures.figures import Scope, reported
from reports.figures.periods import Month
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    CommunityGroupFactory,
    GroupMembershipFactory,
    PartnershipFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db

JANUARY = datetime(2026, 1, 5, 2, tzinfo=UTC)
IN_OCTOBER = datetime(2026, 10, 14, 2, tzinfo=UTC)


def test_what_begins_in_november_changes_nothing_before():
    unit = UnitFactory()
    head = person(Role.UNIT_HEAD, unit)
    PartnershipFactory(office=unit, status="active", status_since=JANUARY)
    with time_machine.travel("2026-11-05 04:00Z", tick=False):
        before = [reported(Scope(unit, Month(2026, number))) for number in (9, 10)]

    with time_machine.travel("2026-11-28 04:00Z", tick=False):
        partners.activate(PartnershipFactory(office=unit, status="approved"), by=head)
        group = CommunityGroupFactory(
            office=unit, status="established", decree_on=date(2026, 11, 20)
        )
        groups.inaugurate(
            group, inaugurated_on=date(2026, 11, 28), inaugurated_by="Kakanwil", by=head
        )
        after = [reported(Scope(unit, Month(2026, number))) for number in (9, 10)]
        november = reported(Scope(unit, Month(2026, 11)))["figures"]

    assert after == before
    assert [each["figures"]["partners"] for each in before] == [1, 1]
    assert (november["partners"], november["groups"]) == (2, 1)


def test_the_groups_of_a_month_have_the_members_of_its_last_day():
    group = CommunityGroupFactory(status="active")
    GroupMembershipFactory(group=group)
    GroupMembershipFactory(group=group, ends_on=date(2026, 11, 3))
    GroupMembershipFactory(group=group, starts_on=date(2026, 11, 3))

    [row] = reported(Scope(group.office, Month(2026, 10)))["groups"]

    assert row["members"] == 2


def test_groups_and_agreements_count_the_activities_of_the_month_alone():
    unit = UnitFactory()
    agreement = AgreementFactory(office=unit, status="signed")
    group = CommunityGroupFactory(office=unit, status="active")
    for month in (9, 10, 11):
        ActivityFactory(
            office=unit,
            status="verified",
            starts_at=IN_OCTOBER.replace(month=month),
            agreement=agreement,
            group=group,
        )
    ActivityFactory(office=unit, status="reported", starts_at=IN_OCTOBER, group=group)

    found = reported(Scope(unit, Month(2026, 10)))

    assert [row["activities"] for row in found["groups"]] == [1]
    assert [row["activities"] for row in found["agreements"]] == [1]

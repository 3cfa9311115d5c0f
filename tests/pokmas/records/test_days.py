"""What a record was on a day of the past, kept by the database."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from agreements.models import Agreement
from agreements.standing import services as agreements
from partners.groups import services as groups
from partners.models import CommunityGroup, GroupMembership, Partnership
from partners.standing import services as partners
from pokmas.accounts.roles import Role
from pokmas.offices.models import Zone
from tests.factories import (
    AgreementFactory,
    CommunityGroupFactory,
    DocumentFactory,
    GroupMembershipFactory,
    PartnershipFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db

SEPTEMBER = datetime(2026, 9, 7, 2, tzinfo=UTC)


def days_of(rows, *days):
    """On which of the days there is a row."""
    return [day for day in days if rows(day).exists()]


def test_a_partner_is_active_on_the_days_between_its_moves():
    partner = PartnershipFactory(status="active", status_since=SEPTEMBER)
    head = person(Role.UNIT_HEAD, partner.office)
    with time_machine.travel("2026-10-05 04:00Z", tick=False):
        partners.suspend(partner, reason="Berkas kedaluwarsa", by=head)
    with time_machine.travel("2026-10-20 04:00Z", tick=False):
        partners.resume(partner, by=head)

    september, october = date(2026, 9, 30), date(2026, 10, 31)
    between, before = date(2026, 10, 19), date(2026, 9, 6)
    assert days_of(
        Partnership.objects.active_on, before, september, between, october
    ) == [
        september,
        october,
    ]


def test_a_day_begins_where_the_office_stands():
    partner = PartnershipFactory(
        office=UnitFactory(zone=Zone.WIT),
        status="active",
        # Already the first of October in the east.
        status_since=datetime(2026, 9, 30, 15, 30, tzinfo=UTC),
    )

    assert not Partnership.objects.active_on(date(2026, 9, 30)).exists()
    assert Partnership.objects.active_on(date(2026, 10, 1)).get() == partner


def test_a_bulk_write_leaves_its_days_too():
    PartnershipFactory(status="active", status_since=SEPTEMBER)

    Partnership.objects.update(
        status="ended",
        status_since=datetime(2026, 10, 5, 2, tzinfo=UTC),
        reason="Bubar",
        active_days=None,
    )

    september, october = date(2026, 9, 30), date(2026, 10, 31)
    assert days_of(Partnership.objects.active_on, september, october) == [september]


def test_a_group_is_active_from_its_inauguration_to_its_last_decree():
    group = CommunityGroupFactory(
        status="active", inaugurated_on=date(2026, 9, 14), status_since=SEPTEMBER
    )
    head = person(Role.UNIT_HEAD, group.office)
    with time_machine.travel("2026-11-21 04:00Z", tick=False):
        groups.dissolve(
            group,
            reason="Anggota pindah",
            dissolution_number="W.22-9",
            dissolved_on=date(2026, 10, 20),
            dissolution_decree=DocumentFactory(uploaded_by=head),
            by=head,
        )

    september, october = date(2026, 9, 30), date(2026, 10, 31)
    before, after = date(2026, 9, 13), date(2026, 10, 19)
    assert days_of(
        CommunityGroup.objects.active_on, before, september, after, october
    ) == [september, after]


def test_an_agreement_ended_today_was_in_force_last_month():
    agreement = AgreementFactory(status="signed")
    head = person(Role.UNIT_HEAD, agreement.office)
    with time_machine.travel("2026-11-21 04:00Z", tick=False):
        agreements.terminate(
            agreement,
            reason="Mitra bubar",
            paper=DocumentFactory(uploaded_by=head),
            by=head,
        )

    october, today = date(2026, 10, 31), date(2026, 11, 21)
    assert days_of(Agreement.objects.in_force, october, today) == [october]


def test_a_member_that_left_was_one_before():
    row = GroupMembershipFactory(ends_on=date(2026, 10, 5))

    assert GroupMembership.objects.on(date(2026, 9, 30)).get() == row
    assert not GroupMembership.objects.on(date(2026, 10, 5)).exists()

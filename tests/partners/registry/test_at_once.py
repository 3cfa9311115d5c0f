"""What happens when several people, or one with a nervous finger, act at once."""

from datetime import date

import pytest

from partners.groups import services as groups
from partners.models import CommunityGroup, Partner, Partnership
from partners.registration import services as registration
from partners.vetting import services as vetting
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from tests.factories import (
    CommunityGroupFactory,
    PartnershipFactory,
    RegencyFactory,
    UnitFactory,
    person,
)
from tests.racing import in_threads

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 8


def test_of_many_approvals_exactly_one_wins():
    partner = PartnershipFactory(status=Partnership.Status.VERIFYING)
    heads = [person(Role.UNIT_HEAD, partner.office).pk for _ in range(TIMES)]

    def approve(number):
        vetting.approve(
            Partnership.objects.get(pk=partner.pk),
            by=User.objects.get(pk=heads[number]),
        )
        return heads[number]

    [winner] = [head for head in in_threads(approve, TIMES) if head]

    partner.refresh_from_db()
    entries = Entry.objects.about(partner).filter(action="partnership.approved")
    assert (partner.decided_by_id, entries.count()) == (winner, 1)


def test_one_person_begins_one_registration(applicant):
    unit, regency = UnitFactory(), RegencyFactory()

    def start(number):
        partner = Partner(regency=regency, kind_id="foundation")
        partnership = Partnership(office=unit, partner=partner)
        by = User.objects.get(pk=applicant.pk)
        return registration.start(partnership, by=by).pk

    assert len(set(in_threads(start, TIMES))) == 1
    assert (Partnership.objects.count(), Partner.objects.count()) == (1, 1)
    assert applicant.assignments.count() == 1


def test_a_group_gets_one_chair():
    group = CommunityGroupFactory()
    partners = PartnershipFactory.create_batch(
        TIMES, office=group.office, status="active"
    )
    operator = person(Role.UNIT_OPERATOR, group.office)

    def add(number):
        groups.add_members(
            CommunityGroup.objects.get(pk=group.pk),
            members=[(Partnership.objects.get(pk=partners[number].pk), "chair")],
            starts_on=date(2026, 1, 5),
            by=User.objects.get(pk=operator.pk),
        )
        return number

    added = [number for number in in_threads(add, TIMES) if number is not None]
    assert len(added) == 1
    assert group.memberships.current().count() == 1

"""Two hold the same slip, or two slips of one partner, and come at the same moment."""

import pytest
from allauth.account.models import EmailAddress

from partners.door import services
from partners.models import Partnership
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from tests.factories import PartnershipFactory, UnitFactory, UserFactory, person
from tests.racing import in_threads

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 6


def leaders():
    users = UserFactory.create_batch(TIMES)
    for user in users:
        EmailAddress.objects.create(
            user=user, email=user.email, verified=True, primary=True
        )
    return [user.pk for user in users]


def slip_of(partnership):
    operator = person(Role.UNIT_OPERATOR, partnership.office)
    return services.print_slip(partnership, seed="1", by=operator)[1]


def test_of_many_who_use_one_code_exactly_one_wins():
    partnership = PartnershipFactory(status="active")
    code, people = slip_of(partnership), leaders()

    def take_over(number):
        user = User.objects.get(pk=people[number])
        services.take_over(code, by=user)
        return user

    [winner] = [user for user in in_threads(take_over, TIMES) if user]

    acting = partnership.partner.representatives.current()
    assert [row.user for row in acting] == [winner]
    assert partnership.slips.get().taken_by == winner


def test_of_the_slips_of_two_units_exactly_one_wins():
    here = PartnershipFactory(status="active")
    there = PartnershipFactory(
        office=UnitFactory(), partner=here.partner, status="active"
    )
    codes, people = [slip_of(here), slip_of(there)], leaders()

    def take_over(number):
        user = User.objects.get(pk=people[number])
        return services.take_over(codes[number % 2], by=user)

    assert len([each for each in in_threads(take_over, TIMES) if each]) == 1
    assert here.partner.representatives.current().count() == 1


def test_one_page_sent_several_times_at_once_prints_one_code():
    partnership = PartnershipFactory(status="active")
    operator = person(Role.UNIT_OPERATOR, partnership.office)

    def print_slip(number):
        row = Partnership.objects.get(pk=partnership.pk)
        by = User.objects.get(pk=operator.pk)
        by.acting = by.assignments.get()
        return services.print_slip(row, seed="same", by=by)[1]

    assert len(set(in_threads(print_slip, TIMES))) == 1
    assert partnership.slips.count() == 1

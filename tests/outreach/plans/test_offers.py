"""An activity is offered only to who may hold one."""

import pytest
from django.urls import reverse

from partners.models import Partnership
from pokmas.accounts.roles import Role
from tests.factories import (
    PartnerFactory,
    PartnershipFactory,
    RepresentativeFactory,
    person,
)

pytestmark = pytest.mark.django_db
CREATE = reverse("outreach:create")
Status = Partnership.Status


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("page", ["reports:home", "outreach:index"])
def test_a_partners_people_are_offered_it_once_it_is_approved(sign_in, status, page):
    user = person(Role.PARTNER)
    RepresentativeFactory(
        user=user, partner=PartnerFactory(office=user.acting.office, status=status)
    )

    html = sign_in(user).get(reverse(page)).content.decode()

    assert (CREATE in html) == (status in Partnership.WORKING)


@pytest.mark.parametrize("page", ["reports:home", "outreach:index"])
def test_an_operator_is_offered_it_always(sign_in, page):
    html = sign_in(person(Role.UNIT_OPERATOR)).get(reverse(page)).content.decode()

    assert CREATE in html


def test_an_applicant_is_led_to_no_empty_lists(sign_in):
    user = person(Role.PARTNER)
    partnership = PartnershipFactory(office=user.acting.office, status=Status.SUBMITTED)
    RepresentativeFactory(user=user, partner=partnership)

    html = sign_in(user).get(reverse("reports:home")).content.decode()

    assert partnership.get_absolute_url() in html
    assert reverse("outreach:of_partner", args=[partnership.partner_id]) not in html

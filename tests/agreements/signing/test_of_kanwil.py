"""What a Kanwil agrees on with a partner of its own, from draft to signature."""

import pytest
from django.urls import reverse

from agreements.models import Agreement
from partners.models import Partnership
from pokmas.accounts.roles import Role
from pokmas.audit.services import timeline
from tests.agreements.discussion.factories import TextAnswerFactory
from tests.agreements.drafting.test_offices import answers
from tests.factories import (
    AgreementFactory,
    PartnershipFactory,
    UnitFactory,
    person,
)
from tests.pokmas.documents.corpus import pdf, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return UnitFactory().region


@pytest.fixture
def ours(region):
    return PartnershipFactory(
        office=region,
        status="active",
        contact_name="Maria Umpama",
        phone="+6281234567890",
    )


def test_a_kanwil_signs_with_a_partner_of_its_own(sign_in, region, ours):
    admin, reviewer, head = (
        person(role, region)
        for role in (Role.REGIONAL_ADMIN, Role.REGIONAL_REVIEWER, Role.REGIONAL_HEAD)
    )

    sign_in(admin).post(reverse("agreements:create"), answers(ours.partner))
    agreement = Agreement.objects.get()

    def take(user, step, **said):
        client = sign_in(user)
        url = reverse(f"agreements:{step}", args=[agreement.pk])
        client.post(url, said)
        agreement.refresh_from_db()
        return agreement.status

    way = [take(admin, "discuss")]
    TextAnswerFactory(agreement=agreement)
    way.append(take(admin, "submit"))
    way.append(take(reviewer, "review", verdict="ready"))
    way.append(
        take(
            head,
            "sign",
            our_number="W.22-1",
            signed_on="09-01-2026",
            signed_at_place="Kupang",
            is_earlier="on",
            scan=upload("nota.pdf", pdf()),
        )
    )

    assert way == ["discussion", "legal_review", "ready_to_sign", "signed"]


@pytest.mark.parametrize(
    ("role", "of_region", "status"),
    [
        (Role.REGIONAL_ADMIN, True, 200),
        (Role.REGIONAL_HEAD, True, 200),
        (Role.REGIONAL_REVIEWER, True, 403),
        (Role.REGIONAL_ADMIN, False, 403),
    ],
)
def test_it_writes_to_its_own_partner_and_to_no_partner_of_a_unit(
    sign_in, region, ours, role, of_region, status
):
    theirs = PartnershipFactory(office=UnitFactory(parent=region), status="active")
    partnership = ours if of_region else theirs
    agreement = AgreementFactory(
        office=partnership.office, partner=partnership.partner, status="discussion"
    )
    client = sign_in(person(role, region))
    address = reverse(
        "notices:whatsapp", args=["agreements.agreement", agreement.pk, "status"]
    )

    page = client.get(address)

    assert page.status_code == status
    assert (ours.contact_name in page.text) == (status == 200)
    assert (address in client.get(agreement.get_absolute_url()).text) == (status == 200)


@pytest.mark.parametrize(
    ("role", "reads"), [(Role.REGIONAL_ADMIN, True), (Role.REGIONAL_REVIEWER, False)]
)
def test_the_history_of_its_partner_tells_whom_to_call(region, ours, role, reads):
    Partnership.objects.filter(pk=ours.pk).update(phone="+6281299990000")

    told = timeline(ours, person(role, region))

    texts = [change.after for moment in told for change in moment.changes]
    assert texts == (["+6281299990000"] if reads else ["disembunyikan"])

"""Two partners side by side, and where the old address and number lead."""

import pytest
from django.urls import reverse

from partners.merging import services
from partners.models import Partner
from pokmas.accounts.roles import Role
from tests.factories import PartnershipFactory, UnitFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    return person(Role.UNIT_HEAD, UnitFactory())


@pytest.fixture
def pair(head):
    unit = head.acting.office
    return (
        PartnershipFactory(
            office=unit, status="active", name="Yayasan Sukma", tax_number=""
        ),
        PartnershipFactory(
            office=unit,
            status="ended",
            name="Yayasan Soekma",
            tax_number="01.234.567.8-901.000",
        ),
    )


def url(pair):
    return reverse("partners:merge", args=[pair[0].pk, pair[1].partner_id])


def sent(page, **more):
    fields = page.context["form"]
    given = {bound.html_name: bound.value() for bound in fields if bound.value()}
    return given | {"is_sure": "on"} | more


def test_the_head_chooses_what_stays(sign_in, head, pair):
    client = sign_in(head)
    page = client.get(url(pair))

    client.post(url(pair), sent(page, stays="first", take_name="second"))

    here, there = pair
    kept = Partner.objects.get(pk=here.partner_id)
    assert (kept.name, kept.tax_number) == ("Yayasan Soekma", "01.234.567.8-901.000")
    assert Partner.objects.get(pk=there.partner_id).merged_into == kept


def test_without_being_sure_nothing_happens(sign_in, head, pair):
    client = sign_in(head)
    answers = sent(client.get(url(pair)))
    del answers["is_sure"]

    page = client.post(url(pair), answers)

    assert "Centang dahulu" in page.text
    assert not Partner.objects.exclude(merged_into=None).exists()


def test_on_a_page_from_before_a_change_nothing_happens(sign_in, head, pair):
    client = sign_in(head)
    answers = sent(client.get(url(pair)))
    pair[1].partner.touch()

    page = client.post(url(pair), answers)

    assert "berubah sejak halaman ini dibuka" in page.text
    assert not Partner.objects.exclude(merged_into=None).exists()


def test_a_double_click_merges_once(sign_in, head, pair):
    client = sign_in(head)
    answers = sent(client.get(url(pair)))
    client.post(url(pair), answers)

    page = client.post(url(pair), answers, follow=True)

    assert "sudah digabung" in page.text
    assert page.status_code == 200


def test_the_old_address_and_number_lead_on(client, sign_in, head, pair):
    here, there = pair
    gone = there.partner
    services.merge(here.partner, gone, by=head)

    status = client.get(reverse("partners:status"), {"code": gone.reference})
    page = sign_in(head).get(reverse("partners:partner", args=[gone.pk]))

    assert len(status.context["found"]) == 2
    assert page.url == reverse("partners:partner", args=[here.partner_id])


def test_a_stranger_does_not_learn_where_an_old_address_leads(sign_in, head, pair):
    here, there = pair
    services.merge(here.partner, there.partner, by=head)
    stranger = sign_in(person(Role.UNIT_HEAD))

    page = stranger.get(reverse("partners:partner", args=[there.partner_id]))

    assert page.status_code == 404


def test_what_the_one_that_went_was_is_read_on_a_page_of_its_own(sign_in, head, pair):
    here, there = pair
    services.merge(here.partner, there.partner, by=head)
    client = sign_in(head)

    kept = client.get(reverse("partners:partner", args=[here.partner_id]))
    page = client.get(reverse("partners:merged", args=[there.partner_id]))

    assert reverse("partners:merged", args=[there.partner_id]) in kept.text
    assert "Yayasan Soekma" in page.text
    stranger = sign_in(person(Role.UNIT_HEAD))
    assert (
        stranger.get(reverse("partners:merged", args=[there.partner_id])).status_code
        == 404
    )


def test_the_other_must_be_in_sight(sign_in, head, pair):
    elsewhere = PartnershipFactory(status="active")

    page = sign_in(head).get(url([pair[0], elsewhere]))

    assert page.status_code == 404

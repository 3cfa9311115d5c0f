"""Several PKS under one nota, in one act."""

import pytest
from django.urls import reverse

from agreements.drafting import services
from agreements.models import Agreement
from pokmas.accounts.roles import Role
from pokmas.records.guarded import said
from tests.factories import AgreementFactory, PartnerFactory, UnitFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(head_name="Kepala Bapas", head_nip="198001012005011001")


@pytest.fixture
def nota(unit):
    return AgreementFactory(
        office=unit,
        partner=PartnerFactory(status="active", office=unit),
        kind="joint",
        status="signed",
        title="Nota Kesepakatan dengan Pemkab",
    )


def services_of(unit):
    """Two offices of the local government."""
    return [
        PartnerFactory(
            status="active", office=unit, name=name, leader_name=f"Kepala {name}"
        )
        for name in ("Dinas Sosial", "Dinas Pertanian")
    ]


def answers(nota, partners, **more):
    return {
        "partners": [each.pk for each in partners],
        "title": "PKS pidana kerja sosial",
        "starts_on": "10-01-2026",
        "ends_on": "09-01-2027",
        "urgency": nota.urgency,
        "form": nota.form,
        "subject": nota.subject,
        "our_signatory": "Kepala Bapas",
        "our_position": "Kepala Bapas Uji",
        "revision": nota.revision,
        **more,
    }


def test_each_partner_gets_a_draft_with_its_leader(sign_in, unit, nota):
    partners = services_of(unit)
    client = sign_in(person(Role.UNIT_OPERATOR, unit))
    page = reverse("agreements:derive", args=[nota.pk])

    assert nota.subject in client.get(page).content.decode()
    response = client.post(page, answers(nota, partners), follow=True)

    made = nota.children.order_by("-partner_signatory")
    assert [each.partner_signatory for each in made] == [
        "Kepala Dinas Sosial",
        "Kepala Dinas Pertanian",
    ]
    assert {each.status for each in made} == {"draft"}
    assert {each.our_nip for each in made} == {unit.head_nip}
    assert made[0].title == "PKS pidana kerja sosial – Dinas Sosial"
    assert {each.partner_unsaid for each in made} == {""}
    assert "2 draf PKS tersimpan." in response.content.decode()


def test_one_that_cannot_be_keeps_all_and_is_named(sign_in, unit, nota):
    first, second = services_of(unit)
    client = sign_in(person(Role.UNIT_OPERATOR, unit))
    page = reverse("agreements:derive", args=[nota.pk])
    client.post(page, answers(nota, [first]))

    again = client.post(page, answers(nota, [first, second]))

    words = again.content.decode()
    assert "Dinas Sosial: sudah punya PKS di bawah nota ini." in words
    assert nota.children.count() == 1


def test_a_title_too_long_for_one_is_refused_in_words(sign_in, unit, nota):
    partners = services_of(unit)
    client = sign_in(person(Role.UNIT_OPERATOR, unit))
    page = reverse("agreements:derive", args=[nota.pk])

    response = client.post(page, answers(nota, partners, title="<script>" * 25))

    assert response.status_code == 200
    assert not nota.children.exists()
    assert "Dinas Pertanian: " in response.content.decode()


def test_a_unit_derives_from_the_nota_of_its_kanwil(sign_in, unit):
    partners = services_of(unit)
    nota = AgreementFactory(
        office=unit.region,
        partner=partners[0],
        kind="mou",
        status="signed",
        for_all_units=True,
    )
    client = sign_in(person(Role.UNIT_OPERATOR, unit))

    client.post(reverse("agreements:derive", args=[nota.pk]), answers(nota, partners))

    assert {each.office for each in nota.children.all()} == {unit}
    tab = client.get(f"{nota.get_absolute_url()}?tab=children").content.decode()
    assert "Dinas Sosial" in tab
    sister = person(Role.UNIT_OPERATOR, UnitFactory(parent=unit.region))
    tab = sign_in(sister).get(f"{nota.get_absolute_url()}?tab=children")
    assert "Dinas Sosial" not in tab.content.decode().replace(partners[0].name, "", 1)


def test_nothing_is_derived_from_a_pks(sign_in, unit):
    pks = AgreementFactory(office=unit, status="signed")
    client = sign_in(person(Role.UNIT_OPERATOR, unit))

    response = client.get(reverse("agreements:derive", args=[pks.pk]), follow=True)

    assert "PKS hanya disusun di bawah nota." in response.content.decode()
    assert Agreement.objects.count() == 1


def test_a_nip_that_is_missing_comes_from_the_same_head_and_is_read_in_groups():
    agreement = AgreementFactory(
        office__head_name="Kepala Uji", office__head_nip="198001012005011001"
    )

    renewed = services.copy_of(agreement)

    assert said(renewed, "our_nip") == "19800101 200501 1 001"


def test_nothing_is_derived_from_a_nota_that_has_ended(sign_in, unit, nota):
    days = {"signed_on": "2020-01-01", "starts_on": "2020-01-01"}
    Agreement.objects.update(**days, ends_on="2021-12-31")
    client = sign_in(person(Role.UNIT_OPERATOR, unit))

    response = client.get(reverse("agreements:derive", args=[nota.pk]), follow=True)

    assert "Nota ini sudah berakhir" in response.content.decode()
    assert "Susun PKS di bawahnya" not in response.content.decode()

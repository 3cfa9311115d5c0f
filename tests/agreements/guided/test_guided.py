"""An outside partner becomes a Pokmas Lipas in two screens."""

from datetime import date

import pytest
from django.urls import reverse

from agreements.models import Agreement
from partners.models import CommunityGroup
from pokmas.accounts.roles import Role
from tests.factories import (
    AgreementFactory,
    CommunityGroupFactory,
    FieldFactory,
    PartnershipFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return AgreementFactory(status="signed", ends_on=date(2099, 1, 9))


@pytest.fixture
def client(sign_in, agreement):
    return sign_in(person(Role.UNIT_OPERATOR, agreement.office))


def address(agreement):
    return reverse("agreements:guide", args=[agreement.pk])


def test_a_new_group_is_proposed_with_the_partner_and_the_nota_drafted(
    client, agreement
):
    url, field = address(agreement), FieldFactory()
    joined = {
        "screen": "group",
        "name": "Pokmas Lipas Surya",
        "field": field.pk,
        "role": "chair",
        "revision": agreement.revision,
    }

    client.post(url, joined)
    client.post(url, joined)  # pressed twice

    group = CommunityGroup.objects.get()
    assert (group.name, group.status) == ("Pokmas Lipas Surya", "proposed")
    assert group.memberships.get().partnership.partner == agreement.partner

    client.post(url, {"screen": "nota", "revision": agreement.revision})
    client.post(url, {"screen": "nota", "revision": agreement.revision})

    nota = Agreement.objects.exclude(pk=agreement.pk).get()
    assert (nota.kind, nota.group, nota.status) == ("mou", group, "draft")
    assert nota.partner == agreement.partner
    assert nota.get_absolute_url() in client.get(url).text


def test_the_partner_may_join_a_group_that_there_is(client, agreement):
    group = CommunityGroupFactory(office=agreement.office, status="active")

    client.post(
        address(agreement), {"screen": "group", "group": group.pk, "role": "member"}
    )

    assert group.memberships.get().partnership.partner == agreement.partner
    assert CommunityGroup.objects.count() == 1


def test_a_new_group_needs_a_name_and_a_field(client, agreement):
    page = client.post(address(agreement), {"screen": "group", "role": "member"})

    assert {"name", "field"} <= set(page.context["form"].errors)
    assert not CommunityGroup.objects.exists()


def test_groups_of_another_unit_are_not_offered(client, agreement):
    other = CommunityGroupFactory(office=UnitFactory(), status="active")

    page = client.post(
        address(agreement), {"screen": "group", "group": other.pk, "role": "member"}
    )

    assert "group" in page.context["form"].errors


def test_who_is_too_late_to_name_a_group_reads_it_again(client, agreement):
    asked = {"screen": "group", "field": FieldFactory().pk, "role": "member"}

    client.post(address(agreement), {**asked, "name": "Pokmas Lipas Surya"})
    page = client.post(address(agreement), {**asked, "name": "Pokmas Lipas Bulan"})

    assert "Pokmas Lipas Bulan" in page.text
    assert CommunityGroup.objects.get().name == "Pokmas Lipas Surya"


def from_partner(partnership):
    return reverse("agreements:guide_partner", args=[partnership.pk])


def joined(**more):
    field = FieldFactory().pk
    return {"name": "Pokmas Lipas Surya", "field": field, "role": "chair"} | more


def test_it_begins_from_the_partner_too(client, agreement):
    partnership = agreement.partnership
    url = from_partner(partnership)
    assert url in client.get(partnership.get_absolute_url()).text

    response = client.post(url, joined())

    assert response.url == address(agreement)
    assert partnership.memberships.get().group.name == "Pokmas Lipas Surya"
    assert url not in client.get(partnership.get_absolute_url()).text
    client.post(url, joined())
    assert CommunityGroup.objects.count() == 1


@pytest.fixture
def at_bapas(agreement):
    """Another partner of the unit, which is a Bapas, without an agreement."""
    unit = agreement.office
    unit.kind = "bapas"
    unit.save()
    return PartnershipFactory(office=unit, status="approved")


def test_who_is_known_from_a_prison_begins_with_the_nota(client, at_bapas):
    partnership, prison = at_bapas, UnitFactory(kind="lapas")
    PartnershipFactory(office=prison, partner=partnership.partner, status="active")

    response = client.post(from_partner(partnership), joined())

    form = client.get(response.url).context["form"]
    group = CommunityGroup.objects.get()
    assert form["kind"].value() == "mou"
    assert (form["partner"].value(), form["group"].value()) == (
        partnership.partner_id,
        group.pk,
    )
    assert group.name in form["title"].value()


def test_a_partner_whom_only_a_bapas_knows_is_no_outsider(client, at_bapas):
    url = from_partner(at_bapas)

    assert url not in client.get(at_bapas.get_absolute_url()).text
    client.post(url, joined())
    assert not CommunityGroup.objects.exists()

"""A Kanwil and headquarters have partners of their own, for their own agreements."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.drafting.services import draft
from agreements.models import Agreement
from partners.models import Partner, Partnership
from partners.registration import services as registration
from partners.registry.sections import editable
from pokmas.accounts.roles import Role
from tests.factories import (
    FieldFactory,
    HeadquartersFactory,
    PartnershipFactory,
    ProvinceFactory,
    RegencyFactory,
    RegionFactory,
    UnitFactory,
    person,
    ticks,
)

pytestmark = pytest.mark.django_db
Status = Partnership.Status
CREATE = reverse("partners:create") + "?province=53&regency=53.71"
PEOPLE = {
    "regional": (Role.REGIONAL_ADMIN, Role.REGIONAL_HEAD),
    "headquarters": (Role.HEADQUARTERS, Role.HEADQUARTERS),
}


@pytest.fixture
def region():
    region = RegionFactory(parent=HeadquartersFactory(), name="Kanwil Uji")
    ProvinceFactory(region=region)
    RegencyFactory()
    return region


@pytest.fixture
def unit(region):
    return UnitFactory(parent=region, name="Bapas Kupang")


def url(name, partnership):
    return reverse(f"partners:{name}", args=[partnership.pk])


@pytest.mark.parametrize("level", PEOPLE)
def test_an_office_above_units_enters_a_dinas_and_agrees_with_it(
    sign_in, region, unit, level
):
    office = region if level == "regional" else region.parent
    officer, head = (person(role, office) for role in PEOPLE[level])
    client = sign_in(officer)
    page = client.get(CREATE).content.decode()
    assert office.name in page
    assert unit.name not in page

    client.post(CREATE, {"office": office.pk, "kind": "local_government"})
    partnership = Partnership.objects.get()
    client.post(
        url("identity", partnership),
        {
            "name": "Dinas Sosial Kota Kupang",
            "leader_name": "Maria",
            "leader_position": "Kepala Dinas",
            "address": "Jalan Satu 1",
            "revision": 0,
        },
    )
    client.post(
        url("work", partnership),
        {
            "contact_name": "Yosef",
            "phone": "0812 3456 7890",
            "fields": [FieldFactory().pk],
            "services": "Pelatihan",
            "revision": 1,
        },
    )
    check = client.get(url("check", partnership)).content.decode()
    assert "812-3456-7890" in check
    client.post(url("check", partnership), ticks())
    page = client.get(url("verify", partnership)).content.decode()
    assert "Dinas Sosial Kota Kupang" in page
    answers = {f"met_{pk}": "yes" for pk in asked_on(client, partnership)}
    client.post(
        url("verify", partnership), {**answers, "verdict": "verifying", "revision": 3}
    )
    partnership.refresh_from_db()
    assert partnership.status == Status.VERIFYING
    assert list(Partnership.objects.awaiting(head)) == [partnership]
    assert not Partnership.objects.awaiting(officer)
    sign_in(head).post(
        url("decide", partnership),
        {"verdict": "approved", "revision": partnership.revision},
    )

    partnership.refresh_from_db()
    assert partnership.status == Status.APPROVED
    assert partnership in Partnership.objects.awaiting(officer)
    agreement = draft(
        Agreement(
            office=office,
            partner=partnership.partner,
            title="Nota",
            kind=Agreement.Kind.JOINT,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
        ),
        by=officer,
    )
    assert agreement.partnership == partnership


def asked_on(client, partnership) -> list[int]:
    form = client.get(url("verify", partnership)).context["form"]
    return [criterion.pk for criterion in form.criteria]


def test_units_neither_see_nor_write_it_nor_are_told(region, unit):
    ours = PartnershipFactory(office=region, status="submitted")
    operator = person(Role.UNIT_OPERATOR, unit)

    assert ours not in Partnership.objects.visible_to(operator)
    assert not Partner.objects.visible_to(operator)
    assert not Partnership.objects.awaiting(operator)


def test_a_kanwil_writes_nothing_of_its_units(sign_in, region, unit):
    theirs = PartnershipFactory(office=unit)
    submitted = PartnershipFactory(office=unit, status="submitted")
    admin = person(Role.REGIONAL_ADMIN, region)

    assert not editable(theirs, admin)
    assert not Partnership.objects.awaiting(admin)
    assert not submitted.is_reached_by(admin)
    with pytest.raises(ValidationError, match="sendiri"):
        registration.submit(theirs, declared=[], by=admin)
    with pytest.raises(ValidationError, match="hanya dapat dibuang"):
        registration.discard(theirs, reason="Salah", by=admin)
    with pytest.raises(ValidationError, match="masih bekerja"):
        registration.enter(Partnership(partner=Partner(), office=unit), by=admin)
    page = sign_in(admin).get(submitted.get_absolute_url()).content.decode()
    assert url("verify", submitted) not in page
    assert submitted.phone[-7:] not in page.replace("-", "")


def test_the_contacts_of_its_own_are_read_by_who_writes_or_decides(region):
    ours = PartnershipFactory(office=region, status="active")

    assert ours.is_reached_by(person(Role.REGIONAL_ADMIN, region))
    assert ours.is_reached_by(person(Role.REGIONAL_HEAD, region))
    assert not ours.is_reached_by(person(Role.REGIONAL_REVIEWER, region))
    assert not ours.is_reached_by(person(Role.HEADQUARTERS, region.parent))


def test_an_office_prefers_its_own_partnership(region, unit):
    ours = PartnershipFactory(office=region, status="active")
    theirs = PartnershipFactory(office=unit, partner=ours.partner, status="active")

    assert ours.partner.at(region) == ours
    assert ours.partner.at(unit) == theirs


def test_lists_of_before_are_those_of_units(sign_in, region):
    admin = person(Role.HEADQUARTERS, region.parent)

    response = sign_in(admin).get(reverse("imports:create", args=["partners"]))

    assert response.url == reverse("partners:index")

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from partners.kinds.first import KINDS
from partners.models import Partner, PartnerKind
from pokmas.accounts.roles import Role
from pokmas.reference import services as reference
from tests.factories import (
    PartnerFactory,
    PartnerKindFactory,
    RepresentativeFactory,
    UnitFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db


def test_the_portal_begins_with_the_kinds_that_partners_had():
    assert list(PartnerKind.objects.values_list("code", flat=True)) == [
        code for code, _name, _number in KINDS
    ]


def test_a_new_kind_is_offered_at_once_and_an_archived_one_no_more(sign_in):
    row = RepresentativeFactory(partner__kind=PartnerKindFactory(code="school"))
    old = PartnerKindFactory(code="media")
    new = PartnerKindFactory(code="choir", name="Paduan suara", order=1)
    reference.archive(old, by=UserFactory())

    page = sign_in(row.user).get(reverse("partners:place", args=[row.partnership.pk]))

    offered = [
        str(label) for _value, label in page.context["form"]["kind"].field.choices
    ]
    assert offered[:2] == ["Pilih jenis mitra", str(new)]
    assert str(old) not in offered


def test_a_kind_that_is_archived_stays_with_whoever_has_it(sign_in):
    kind = PartnerKindFactory(code="media")
    row = RepresentativeFactory(partner__kind=kind)
    reference.archive(kind, by=UserFactory())

    page = sign_in(row.user).get(reverse("partners:place", args=[row.partnership.pk]))

    assert page.context["form"]["kind"].value() == "media"


def test_what_a_kind_is_cannot_change_under_its_partners():
    kind = PartnerKindFactory(code="government")
    PartnerFactory(kind=kind)
    kind.is_person = True

    with pytest.raises(ValidationError, match="Sudah ada mitra berjenis ini"):
        reference.change(
            kind, revision=kind.revision, fields=["is_person"], by=UserFactory()
        )


def test_a_person_is_never_asked_for_a_legal_number():
    kind = PartnerKind(name="Tokoh", is_person=True, number_name="NIB")

    with pytest.raises(ValidationError, match="Perorangan tidak ditanya"):
        reference.create(kind, by=UserFactory())


def test_the_number_is_called_as_the_kind_calls_it_and_left_out_if_it_has_none(sign_in):
    row = RepresentativeFactory(partner__kind=PartnerKindFactory(code="small_business"))
    address = reverse("partners:identity", args=[row.partnership.pk])
    client = sign_in(row.user)

    asked = client.get(address).context["form"]["registration_number"].label
    Partner.objects.update(kind="government")
    left = client.get(address).context["form"].fields

    assert (asked, "registration_number" in left) == ("NIB", False)


def test_the_list_is_narrowed_by_kind(sign_in):
    unit = UnitFactory()
    school = PartnerFactory(
        office=unit, kind=PartnerKindFactory(code="school"), status="active"
    )
    PartnerFactory(office=unit, status="active")

    page = sign_in(person(Role.UNIT_OPERATOR, unit)).get(
        reverse("partners:index"), {"kind": "school"}
    )

    assert [row.partner for row in page.context["page"]] == [school]

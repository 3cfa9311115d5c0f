"""What people type into the registration: names and numbers as they really are."""

import pytest
from django.urls import reverse

from partners.models import Nik, Volunteer
from tests.factories import (
    FieldFactory,
    ProvinceFactory,
    RegencyFactory,
    RegionFactory,
    SkillFactory,
    UnitFactory,
    volunteer_of,
)

pytestmark = pytest.mark.django_db
PLACE = f"{reverse('partners:volunteer_register')}?province=53&regency=53.71"


@pytest.fixture
def unit():
    region = RegionFactory()
    ProvinceFactory(region=region)
    unit = UnitFactory(parent=region)
    unit.working_area.add(RegencyFactory())
    return unit


def who(unit, **more):
    answers = {"office": unit.pk, "name": "Agustina", "sex": "female"}
    return answers | {"birth_year": "1990", "is_adult": "on"} | more


def offer(**more):
    answers = {
        "phone": "0812 3456 7890",
        "skills": [SkillFactory().pk],
        "interests": [FieldFactory().pk],
        "availability": ["11"],
        "revision": 0,
    }
    return answers | more


def offered(sign_in, **more):
    """The page after these answers, and the record."""
    user = volunteer_of(status="draft", phone="")
    volunteer = user.volunteers.get()
    page = sign_in(user).post(
        reverse("partners:volunteer_offer", args=[volunteer.pk]), offer(**more)
    )
    volunteer.refresh_from_db()
    return page, volunteer


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Suharto", "Suharto"),
        ("Ni'mah Nur'aini", "Ni'mah Nur'aini"),
        ("Dr. Siti Bria, S.H., M.Si.", "Dr. Siti Bria, S.H., M.Si."),
        ("  Yosef   Klau ", "Yosef Klau"),
        ("<b>Yosef</b> & Maria", "<b>Yosef</b> & Maria"),
        ("A" * 120, "A" * 120),
    ],
)
def test_a_name_is_kept_as_it_is_written(sign_in, applicant, unit, typed, kept):
    client = sign_in(applicant)

    client.post(PLACE, who(unit, name=typed))

    volunteer = Volunteer.objects.get()
    page = client.get(volunteer.get_absolute_url()).text
    assert volunteer.name == kept
    assert "<b>Yosef" not in page


@pytest.mark.parametrize("typed", ["A" * 200, "Agustina " * 25, "", "   "])
def test_a_name_that_cannot_be_is_refused_and_stays_in_sight(
    sign_in, applicant, unit, typed
):
    page = sign_in(applicant).post(PLACE, who(unit, name=typed))

    form = page.context["form"]
    assert list(form.errors) == ["name"]
    assert form["name"].value() == typed
    assert not Volunteer.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0812 3456 7890", "+6281234567890"),
        ("081234567890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("(0380) 831 234", "+62380831234"),
        ("021-5551234", "+62215551234"),
    ],
)
def test_a_telephone_is_kept_in_one_form(sign_in, typed, kept):
    _page, volunteer = offered(sign_in, phone=typed)

    assert volunteer.phone == kept


@pytest.mark.parametrize("typed", ["0812", "abc", "081234567890123456", "0" * 200])
def test_what_is_no_telephone_is_refused_and_stays_in_sight(sign_in, typed):
    page, volunteer = offered(sign_in, phone=typed)

    form = page.context["form"]
    assert list(form.errors) == ["phone"]
    assert form["phone"].value() == typed
    assert volunteer.phone == ""


@pytest.mark.parametrize(
    ("typed", "is_kept"),
    [
        ("5371 0155 0590 0001", True),
        ("5371.0155.0590.0001", True),
        ("537101550590000", False),  # 15 digits
        ("53710155059000011", False),  # 17
        ("5371017205900001", False),  # born on the 32nd
        ("5371013002900001", False),  # born on 30 February
        ("5371015513900001", False),  # born in a 13th month
        ("0000000000000000", False),
    ],
)
def test_a_nik_is_one_that_can_be(sign_in, typed, is_kept):
    page, _volunteer = offered(sign_in, nik=typed)

    assert Nik.objects.exists() == is_kept
    assert is_kept or list(page.context["form"].errors) == ["nik"]

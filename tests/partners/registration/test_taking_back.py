"""An applicant takes back what he handed in, and anyone follows it by its number."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from partners.models import Partnership
from partners.registration import services as registration
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from tests.factories import (
    PartnershipFactory,
    RepresentativeFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db
Status = Partnership.Status
STATUS = reverse("partners:status")


@pytest.fixture
def submitted():
    return RepresentativeFactory(
        partner__is_self_registered=True,
        partner__status=Status.SUBMITTED,
        partner__name="Yayasan Rahasia",
    )


def page(name, partnership):
    return reverse(f"partners:{name}", args=[partnership.pk])


@pytest.mark.parametrize(
    ("name", "status"), [("correct", Status.DRAFT), ("withdraw", Status.WITHDRAWN)]
)
def test_the_applicant_takes_it_back_and_the_unit_hears_why(
    sign_in, submitted, name, status
):
    operator = person(Role.UNIT_OPERATOR, submitted.partnership.office)

    sign_in(submitted.user).post(
        page(name, submitted.partnership), {"reason": "Salah memilih unit"}
    )

    submitted.partnership.refresh_from_db()
    assert (submitted.partnership.status, submitted.partnership.reason) == (
        status,
        "Salah memilih unit",
    )
    notice = Notice.objects.get(user=operator)
    assert (notice.body, notice.url) == (
        "Salah memilih unit",
        reverse("partners:index"),
    )


@pytest.mark.parametrize("name", ["correct", "withdraw"])
def test_nothing_is_taken_back_without_a_reason(sign_in, submitted, name):
    sign_in(submitted.user).post(page(name, submitted.partnership), {"reason": " "})

    submitted.partnership.refresh_from_db()
    assert submitted.partnership.status == Status.SUBMITTED


@pytest.mark.parametrize("service", [registration.correct, registration.withdraw])
def test_once_an_officer_has_it_in_hand_it_stays(submitted, service):
    Partnership.objects.update(handler=UserFactory())

    with pytest.raises(ValidationError, match="sudah mulai memeriksa"):
        service(submitted.partnership, reason="Salah", by=submitted.user)


@pytest.mark.parametrize("service", [registration.correct, registration.withdraw])
def test_an_officer_takes_back_no_registration_of_others(submitted, service):
    operator = person(Role.UNIT_OPERATOR, submitted.partnership.office)

    with pytest.raises(ValidationError, match="pendaftarnya sendiri"):
        service(submitted.partnership, reason="Salah", by=operator)


def test_after_a_withdrawal_another_registration_may_be_begun(submitted):
    registration.withdraw(submitted.partnership, reason="Batal", by=submitted.user)

    again = PartnershipFactory(
        partner=submitted.partner, office=submitted.partnership.office
    )

    assert registration.own_draft(submitted.user) == again


def test_the_status_is_read_without_signing_in_and_names_nobody(client, submitted):
    code = submitted.partner.reference

    text = client.get(STATUS, {"code": code.lower()}).text

    assert "Diajukan" in text
    assert submitted.partnership.office.name in text
    assert "memeriksa. Paling lambat" in text
    for private in ("Yayasan Rahasia", "Maria Uji", "Yosef Uji"):
        assert private not in text


def test_a_draft_and_a_number_of_nobody_get_the_same_answer(client):
    draft = PartnershipFactory(is_self_registered=True)

    def answer(code):
        response = client.get(STATUS, {"code": code})
        main = response.text.partition("<main")[2].replace(code, "")
        return response.status_code, main

    assert answer(draft.partner.reference) == answer("2222-2222-2222")


def test_who_tries_many_numbers_is_asked_to_wait(client, stopped_clock):
    for _time in range(30):
        client.get(STATUS, {"code": "2222-2222-2222"})

    response = client.get(STATUS, {"code": "2222-2222-2222"})

    assert (response.status_code, "Retry-After" in response) == (429, True)


def test_the_start_page_says_what_a_kind_is_asked_for(client):
    text = client.get(reverse("partners:start"), {"kind": "foundation"}).text

    assert "Akta pendirian: nomor, penerbit, tanggal" in text
    assert "Tidak ada surat yang diminta" not in text


def test_each_screen_shows_how_far_the_others_are(sign_in):
    row = RepresentativeFactory(
        partner__is_self_registered=True, partner__contact_name="", partner__phone=""
    )

    marks = sign_in(row.user).get(page("identity", row.partnership)).context["marks"]

    assert [(mark["status"], bool(mark["url"])) for mark in marks] == [
        ("Lengkap", True),
        ("Lengkap", False),
        ("2 isian kosong", True),
    ]

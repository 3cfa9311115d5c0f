"""From the counter to the account: the slip, the public page, and its limits."""

import io

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from partners.door import services
from partners.door.views import OF_ACCOUNT
from partners.models import Slip
from pokmas.accounts.roles import Role
from pokmas.steps.actions import actions_of
from tests.factories import PartnershipFactory, UnitFactory, VolunteerFactory, person

pytestmark = pytest.mark.django_db
TAKE_OVER = "/partners/take-over/"


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR, UnitFactory())


def sent(page, **more):
    form = page.context["form"]
    return {
        "submission_key": form["submission_key"].value(),
        "paper": "A5",
        **more,
    }


def test_the_leader_takes_over_what_the_operator_printed(sign_in, operator, applicant):
    partnership = PartnershipFactory(office=operator.acting.office, status="submitted")
    desk, url = sign_in(operator), reverse("partners:print_slip", args=[partnership.pk])
    shown = desk.post(url, sent(desk.get(url)))
    phone = Client()
    phone.force_login(applicant)

    page = phone.post(TAKE_OVER, {"code": shown.context["code"].lower()}, follow=True)

    assert page.redirect_chain[0][0] == partnership.get_absolute_url()
    assert "Anda kini bertindak untuk" in page.text
    seen = desk.get(partnership.get_absolute_url()).text
    assert f"oleh {applicant}, dengan kode dari petugas" in seen


def test_headquarters_reads_that_an_account_was_taken_over(
    sign_in, operator, applicant
):
    partnership = PartnershipFactory(office=operator.acting.office, status="active")
    _slip, code = services.print_slip(partnership, seed="1", by=operator)
    services.take_over(code, by=applicant)

    page = sign_in(person(Role.HEADQUARTERS)).get(
        partnership.get_absolute_url(), {"tab": "history"}
    )

    assert "Akun diambil alih" in page.text
    assert "Mengambil alih akun dengan kode pada slip" in page.text


def test_a_double_click_prints_one_code(sign_in, operator):
    partnership = PartnershipFactory(office=operator.acting.office, status="active")
    desk, url = sign_in(operator), reverse("partners:print_slip", args=[partnership.pk])
    answers = sent(desk.get(url))

    codes = {desk.post(url, answers).context["code"] for _click in range(2)}

    assert len(codes) == 1
    assert Slip.objects.count() == 1


def test_the_slip_is_the_next_thing_for_a_volunteer_until_he_has_one(operator):
    office = operator.acting.office
    volunteer = VolunteerFactory(office=office, status="draft")
    before = actions_of(volunteer, operator).first
    services.print_slip(volunteer, seed="1", by=operator)

    after = actions_of(volunteer, operator)

    assert before.step.name == "print_slip"
    assert after.first is None
    assert "print_slip" in [action.step.name for action in after.others]


@pytest.mark.parametrize(
    ("factory", "status"),
    [
        (factory, status)
        for factory in (PartnershipFactory, VolunteerFactory)
        for status in factory._meta.model.Status
        if status not in factory._meta.model.CLOSED
    ],
)
def test_the_slip_says_what_the_public_page_of_its_number_says(
    client, sign_in, operator, factory, status
):
    owner = factory(office=operator.acting.office, status=status)
    desk, url = sign_in(operator), reverse(f"{owner.URLS}print_slip", args=[owner.pk])

    slip = desk.post(url, sent(desk.get(url))).context

    page = client.get(reverse("partners:status"), {"code": slip["reference"]})
    [found] = page.context["found"]
    assert (slip["next"], slip["status"]) == (
        found["afterwards"],
        found["record"].status_label,
    )


def test_the_paper_opens_beside_the_page_that_shows_the_code(sign_in, operator):
    partnership = PartnershipFactory(office=operator.acting.office, status="active")
    desk, url = sign_in(operator), reverse("partners:print_slip", args=[partnership.pk])

    page = desk.post(url, sent(desk.get(url)))

    assert 'name="pdf" value="1" formtarget="_blank"' in page.text


@pytest.mark.printing
@pytest.mark.parametrize(("paper", "width"), [("A5", 148), ("A4", 210)])
@pytest.mark.parametrize("kind", ["partner", "volunteer"])
def test_the_slip_is_one_page_also_with_long_names(
    sign_in, operator, paper, width, kind
):
    office, name = operator.acting.office, "Yayasan " + "Nama Panjang " * 10
    if kind == "partner":
        owner = PartnershipFactory(office=office, status="submitted", name=name)
    else:
        owner = VolunteerFactory(office=office, status="submitted", name=name[:118])
    desk, url = sign_in(operator), reverse(f"{owner.URLS}print_slip", args=[owner.pk])
    answers = sent(desk.get(url), paper=paper)
    code = desk.post(url, answers).context["code"]

    response = desk.post(url, answers | {"pdf": "1"})

    document = pypdfium2.PdfDocument(io.BytesIO(response.content))
    text = document[0].get_textpage().get_text_range()
    assert len(document) == 1
    assert round(document[0].get_width() * 25.4 / 72) == width
    assert code in text
    assert owner.slips.count() == 1
    assert "no-store" in response["Cache-Control"]


def test_codes_cannot_be_guessed_without_end(client, operator, applicant):
    partnership = PartnershipFactory(office=operator.acting.office, status="active")
    _slip, code = services.print_slip(partnership, seed="1", by=operator)
    client.force_login(applicant)
    for _try in range(OF_ACCOUNT):
        client.post(TAKE_OVER, {"code": "2222-2222-2222"})

    page = client.post(TAKE_OVER, {"code": code})

    assert "Terlalu banyak percobaan" in page.text
    assert not partnership.partner.representatives.exists()


def test_a_stranger_is_led_to_an_account_first(client):
    page = client.get(TAKE_OVER)

    assert f"{reverse('account_signup')}?next={TAKE_OVER}" in page.text
    assert "form" not in page.context


@pytest.mark.parametrize("address", ["/", "/accounts/signup/", "/partners/start/"])
def test_the_public_pages_lead_there(client, address):
    assert TAKE_OVER in client.get(address).text


def test_an_officer_is_told_that_it_is_not_for_him(sign_in, operator):
    page = sign_in(operator).post(TAKE_OVER, {"code": "2222-2222-2222"})

    assert "Anda masuk dengan akun petugas" in page.text


def test_the_operator_of_another_unit_prints_nothing(sign_in, operator):
    url = reverse("partners:print_slip", args=[PartnershipFactory(status="active").pk])

    assert sign_in(operator).get(url).status_code == 404

"""Who signs for the partner follows the partner, unless somebody typed another name."""

import pytest
from django.urls import reverse

from agreements.models import Agreement
from pokmas.accounts.roles import Role
from tests.agreements.register.test_pages import FORM
from tests.factories import PartnerFactory, person

pytestmark = pytest.mark.django_db
URL = reverse("agreements:create")


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


@pytest.fixture
def first(operator):
    return _partner(operator, "Maria Pertama", "Ketua")


@pytest.fixture
def second(operator):
    return _partner(operator, "Yosef Kedua", "Direktur")


def _partner(operator, leader, position):
    return PartnerFactory(
        office=operator.acting.office,
        status="active",
        leader_name=leader,
        leader_position=position,
    )


def sent(first, second, **more):
    """What a page sends that proposed the first partner's leader."""
    return (
        FORM
        | {
            "partner": second.pk,
            "proposed_for": first.pk,
            "partner_signatory": first.leader_name,
            "partner_position": first.leader_position,
        }
        | more
    )


def test_the_leader_of_the_partner_one_came_from_is_proposed(sign_in, operator, first):
    partnership = first.partnerships.get().pk

    form = sign_in(operator).get(URL, {"partnership": partnership}).context["form"]

    assert form["partner_signatory"].value() == "Maria Pertama"
    assert form["proposed_for"].value() == first.pk


def test_changing_the_partner_changes_who_is_proposed(sign_in, operator, first, second):
    response = sign_in(operator).post(URL, sent(first, second, choose="1"))

    form = response.context["form"]
    assert form["partner_signatory"].value() == "Yosef Kedua"
    assert form["partner_position"].value() == "Direktur"
    assert form["proposed_for"].value() == str(second.pk)


def test_it_follows_without_a_script_too(sign_in, operator, first, second):
    sign_in(operator).post(URL, sent(first, second))

    agreement = Agreement.objects.get()
    assert (agreement.partner, agreement.partner_signatory) == (second, "Yosef Kedua")


def test_a_name_that_somebody_typed_stays(sign_in, operator, first, second):
    client = sign_in(operator)
    typed = sent(first, second, partner_signatory="Ana Wakil")

    response = client.post(URL, typed | {"choose": "1"})
    client.post(URL, typed)

    assert response.context["form"]["partner_signatory"].value() == "Ana Wakil"
    assert Agreement.objects.get().partner_signatory == "Ana Wakil"


def test_without_a_name_the_leader_of_the_chosen_partner_signs(
    sign_in, operator, second
):
    more = {"proposed_for": "", "partner_signatory": "", "partner_position": ""}
    sign_in(operator).post(URL, FORM | {"partner": second.pk} | more)

    agreement = Agreement.objects.get()
    assert (agreement.partner_signatory, agreement.partner_position) == (
        "Yosef Kedua",
        "Direktur",
    )


def test_dates_out_of_order_are_said_at_the_later_one(sign_in, operator, first):
    answers = FORM | {"partner": first.pk, "ends_on": FORM["starts_on"]}

    form = sign_in(operator).post(URL, answers).context["form"]

    assert list(form.errors) == ["ends_on"]

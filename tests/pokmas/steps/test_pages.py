"""Steps through the pages: what a status does not allow leads back with the reason."""

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.forms.base import ReasonForm
from pokmas.steps import pages as steps
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    CommunityGroupFactory,
    person,
)
from tests.pokmas.documents.corpus import pdf, upload

pytestmark = pytest.mark.django_db


def test_all_that_stands_against_a_button_is_said(sign_in):
    agreement = AgreementFactory()
    client = sign_in(person(Role.UNIT_OPERATOR, agreement.office))
    request = client.get(agreement.get_absolute_url()).wsgi_request

    def refuse(record, *, by):
        raise ValidationError(["Satu.", "Dua."])

    response = steps.do(request, agreement, refuse, "Selesai.")

    assert response["Location"] == agreement.get_absolute_url()
    said = [message.message for message in get_messages(request)]
    assert said == ["Satu.", "Dua."]


def test_all_that_stands_against_a_form_is_put_where_it_belongs():
    form = ReasonForm({"reason": "Uji"})
    assert form.is_valid()

    form.refuse(ValidationError({"reason": ["Pendek."], "scan": ["Kosong."]}))

    assert form.errors == {"reason": ["Pendek."], "__all__": ["Kosong."]}


def test_a_refused_form_shows_the_record_as_it_still_is(sign_in):
    """A number used twice is found only after the new status was set."""
    taken = AgreementFactory(status="signed", our_number="W.22-1")
    agreement = AgreementFactory(status="ready_to_sign", office=taken.office)
    answers = {
        "our_number": "W.22-1",
        "signed_on": "10-01-2026",
        "signed_at_place": "Kupang",
        "scan": upload("pks.pdf", pdf()),
    }

    page = (
        sign_in(person(Role.UNIT_HEAD, taken.office))
        .post(reverse("agreements:sign", args=[agreement.pk]), answers)
        .content.decode()
    )

    assert "Nomor ini sudah dipakai" in page
    assert "Siap tanda tangan" in page


DONE = "Langkah ini sudah Anda lakukan; cukup sekali."


def last_said(response):
    return [str(each) for each in get_messages(response.wsgi_request)][-1]


@pytest.mark.parametrize(
    "answers", [{"verdict": "verified"}, {"verdict": "returned", "reason": "Kurang"}]
)
def test_who_presses_twice_is_told_that_it_is_done(sign_in, answers):
    activity = ActivityFactory(status="reported")
    client = sign_in(person(Role.UNIT_HEAD, activity.office))
    url = reverse("outreach:verify", args=[activity.pk])
    client.post(url, answers)

    again = client.post(url, answers)

    assert again.url == activity.get_absolute_url()
    assert last_said(again) == DONE


def test_who_sends_back_twice_is_told_that_it_is_done(sign_in):
    group = CommunityGroupFactory(status="assessed")
    client = sign_in(person(Role.UNIT_HEAD, group.office))
    url = reverse("partners:group_send_back", args=[group.pk])
    client.post(url, {"reason": "Kurang anggota"})

    again = client.post(url, {"reason": "Kurang anggota"})

    assert last_said(again) == DONE


def test_who_then_decides_otherwise_is_told_that_it_is_too_late(sign_in):
    activity = ActivityFactory(status="reported")
    client = sign_in(person(Role.UNIT_HEAD, activity.office))
    url = reverse("outreach:verify", args=[activity.pk])
    client.post(url, {"verdict": "verified"})

    again = client.post(url, {"verdict": "returned", "reason": "Foto buram"})

    assert "tidak dapat dilakukan" in str(again.context["refusal"])


def test_what_somebody_else_did_is_refused_as_before(sign_in):
    activity = ActivityFactory(status="reported")
    url = reverse("outreach:verify", args=[activity.pk])
    answers = {"verdict": "verified"}
    sign_in(person(Role.UNIT_HEAD, activity.office)).post(url, answers)

    again = sign_in(person(Role.UNIT_HEAD, activity.office)).post(url, answers)

    assert "tidak dapat dilakukan" in str(again.context["refusal"])

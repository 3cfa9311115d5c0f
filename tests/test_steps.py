"""Steps through the pages: what a status does not allow leads back with the reason."""

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse

from pokmas import steps
from pokmas.accounts.roles import Role
from pokmas.forms import ReasonForm
from tests.documents.corpus import pdf, upload
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    CommunityGroupFactory,
    DocumentFactory,
    GroupMembershipFactory,
    PartnerFactory,
    ReportFactory,
    person,
)

pytestmark = pytest.mark.django_db


def dissolved(**fields):
    return CommunityGroupFactory(
        status="dissolved",
        dissolution_number="W.22-9",
        dissolved_on="2026-02-01",
        dissolution_decree=DocumentFactory(),
        **fields,
    )


def returned_report(**fields):
    return ReportFactory(status="returned", reason="Uji", **fields)


# Every page that asks for a step, with a record that does not allow it.
CLOSED = [
    ("agreements:change", Role.UNIT_OPERATOR, AgreementFactory, "legal_review"),
    ("agreements:review", Role.REGIONAL_REVIEWER, AgreementFactory, "discussion"),
    ("agreements:sign", Role.UNIT_HEAD, AgreementFactory, "signed"),
    ("agreements:sign", Role.UNIT_HEAD, AgreementFactory, "suspended"),
    ("agreements:suspend", Role.UNIT_HEAD, AgreementFactory, "draft"),
    ("agreements:terminate", Role.UNIT_HEAD, AgreementFactory, "discussion"),
    ("agreements:end_partner", Role.UNIT_HEAD, PartnerFactory, "approved"),
    ("partners:suspend", Role.UNIT_HEAD, PartnerFactory, "suspended"),
    ("partners:verify", Role.UNIT_OPERATOR, PartnerFactory, "verifying"),
    ("partners:decide", Role.UNIT_HEAD, PartnerFactory, "submitted"),
    ("partners:group_change", Role.UNIT_OPERATOR, CommunityGroupFactory, "established"),
    ("partners:group_assess", Role.UNIT_OPERATOR, CommunityGroupFactory, "assessed"),
    ("partners:group_establish", Role.UNIT_HEAD, CommunityGroupFactory, "proposed"),
    ("partners:group_inaugurate", Role.UNIT_OPERATOR, CommunityGroupFactory, "dormant"),
    ("partners:group_rest", Role.UNIT_OPERATOR, CommunityGroupFactory, "established"),
    ("partners:group_dissolve", Role.UNIT_HEAD, CommunityGroupFactory, "assessed"),
    ("partners:group_withdraw", Role.UNIT_OPERATOR, CommunityGroupFactory, "active"),
    ("partners:group_add_member", Role.UNIT_OPERATOR, dissolved, None),
    ("outreach:change", Role.UNIT_OPERATOR, ActivityFactory, "verified"),
    ("outreach:report", Role.UNIT_OPERATOR, ActivityFactory, "cancelled"),
    ("outreach:cancel", Role.UNIT_OPERATOR, ActivityFactory, "reported"),
    ("outreach:send_back", Role.UNIT_HEAD, ActivityFactory, "planned"),
    ("reports:send_back", Role.REGIONAL_ADMIN, returned_report, None),
]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "role", "factory", "status"), CLOSED)
def test_a_step_that_the_status_does_not_allow_leads_back_to_the_record(
    sign_in, name, role, factory, status, method
):
    record = factory(**({"status": status} if status else {}))
    office = record.office.region if role.startswith("regional") else record.office
    client = sign_in(person(role, office))

    response = getattr(client, method)(
        reverse(name, args=[record.pk]), {"reason": "Uji"}
    )

    assert (response.status_code, response["Location"]) == (
        302,
        record.get_absolute_url(),
    )
    [message] = get_messages(response.wsgi_request)
    assert "tidak dapat dilakukan" in message.message
    assert f"pada status “{record.get_status_display()}”" in message.message
    was = record.status
    record.refresh_from_db()
    assert record.status == was


def test_a_member_of_a_dissolved_group_stays_as_it_was(sign_in):
    member = GroupMembershipFactory(group=dissolved())
    client = sign_in(person(Role.UNIT_OPERATOR, member.group.office))
    url = reverse("partners:group_end_member", args=[member.group.pk, member.pk])

    assert client.get(url)["Location"] == member.group.get_absolute_url()


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

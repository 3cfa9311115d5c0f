from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from agreements.models import Agreement
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.forms.kept_files import token_of
from pokmas.words import dates
from tests.agreements.discussion.factories import TextAnswerFactory
from tests.factories import (
    AgreementFactory,
    DocumentFactory,
    PartnershipFactory,
    RepresentativeFactory,
    person,
)
from tests.pokmas.documents.corpus import pdf, upload

pytestmark = pytest.mark.django_db

FORM = {
    "kind": "pks",
    "title": "PKS Pelatihan",
    "urgency": "Perlu",
    "form": "Pelatihan",
    "subject": "Menjahit",
    "starts_on": "25-05-2027",
    "ends_on": "25 Mei 2028",
    "our_signatory": "Kepala Uji",
    "our_position": "Kepala Bapas",
    "our_capacity": "definitive",
    "partner_signatory": "Maria",
    "partner_position": "Ketua",
    "revision": "0",
}


@pytest.mark.parametrize("rows", [1, 3])
def test_index_costs_the_same_for_any_number_of_rows(
    sign_in, django_assert_max_num_queries, rows
):
    operator = person(Role.UNIT_OPERATOR)
    AgreementFactory.create_batch(rows, office=operator.acting.office)
    client = sign_in(operator)
    client.get(reverse("agreements:index"))

    with django_assert_max_num_queries(12) as queries:
        response = client.get(reverse("agreements:index"))

    assert len(response.context["page"].rows) == rows
    costs = getattr(test_index_costs_the_same_for_any_number_of_rows, "costs", set())
    costs.add(len(queries))
    test_index_costs_the_same_for_any_number_of_rows.costs = costs
    assert len(costs) == 1


def test_an_operator_drafts_and_double_clicking_makes_one(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    partnership = PartnershipFactory(office=operator.acting.office, status="active")
    partner = partnership.partner
    client = sign_in(operator)
    page = client.get(reverse("agreements:create"), {"partnership": partnership.pk})
    form = page.context["form"]
    assert form["partner_signatory"].value() == partner.leader_name
    answers = FORM | {
        "partner": partner.pk,
        "submission_key": str(form["submission_key"].value()),
    }

    first = client.post(reverse("agreements:create"), answers)
    again = client.post(reverse("agreements:create"), answers)

    agreement = Agreement.objects.get()
    assert first["Location"] == again["Location"] == agreement.get_absolute_url()
    assert str(agreement.starts_on) == "2027-05-25"


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_lost(sign_in):
    client = sign_in(person(Role.UNIT_OPERATOR))
    answers = FORM | {"title": "", "starts_on": "31-02-2027", "ends_on": "05/25/2027"}

    response = client.post(reverse("agreements:create"), answers)

    form = response.context["form"]
    assert set(form.errors) == {"partner", "title", "starts_on", "ends_on"}
    assert "Menjahit" in response.content.decode()
    assert Agreement.objects.count() == 0


def test_a_stale_form_shows_what_changed(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    agreement = AgreementFactory(office=operator.acting.office)
    client = sign_in(operator)
    url = reverse("agreements:change", args=[agreement.pk])
    client.post(url, FORM | {"title": "Lebih dulu"})

    response = client.post(url, FORM | {"title": "Terlambat", "revision": "0"})

    assert "Anda sendiri sudah mengubah" in response.content.decode()
    assert "Lebih dulu" in response.content.decode()
    agreement.refresh_from_db()
    assert agreement.title == "Lebih dulu"


def test_the_whole_way_from_draft_to_signed_through_the_pages(sign_in, client):
    head = person(Role.UNIT_HEAD)
    unit = head.acting.office
    operator = person(Role.UNIT_OPERATOR, unit)
    reviewer = person(Role.REGIONAL_REVIEWER, unit.region)
    agreement = AgreementFactory(office=unit, partner__status="approved")

    sign_in(operator).post(reverse("agreements:discuss", args=[agreement.pk]))
    TextAnswerFactory(agreement=agreement)
    sign_in(operator).post(reverse("agreements:submit", args=[agreement.pk]))
    sign_in(reviewer).post(
        reverse("agreements:review", args=[agreement.pk]), {"verdict": "ready"}
    )
    response = sign_in(head).post(
        reverse("agreements:sign", args=[agreement.pk]),
        {
            "our_number": "W.22-9",
            "signed_on": "10-01-2026",
            "signed_at_place": "Kupang",
            "scan": upload("pks.pdf", pdf()),
        },
    )

    agreement.refresh_from_db()
    assert (response.status_code, agreement.status) == (302, "signed")


def test_a_broken_scan_is_refused_beside_its_field(sign_in):
    head = person(Role.UNIT_HEAD)
    agreement = AgreementFactory(office=head.acting.office, status="ready_to_sign")

    response = sign_in(head).post(
        reverse("agreements:sign", args=[agreement.pk]),
        {
            "our_number": "W.22-9",
            "signed_on": "10-01-2026",
            "signed_at_place": "Kupang",
            "scan": upload("pks.pdf", b""),
        },
    )

    assert set(response.context["form"].errors) == {"scan"}
    agreement.refresh_from_db()
    assert agreement.status == "ready_to_sign"


@time_machine.travel("2026-01-09 04:00Z", tick=True)
def test_a_signing_says_at_once_all_that_is_wrong(sign_in):
    head = person(Role.UNIT_HEAD)
    agreement = AgreementFactory(office=head.acting.office, status="ready_to_sign")

    response = sign_in(head).post(
        reverse("agreements:sign", args=[agreement.pk]),
        {"our_number": "W.22-9", "signed_on": "10-01-2026"},
    )

    errors = response.context["form"].errors
    assert set(errors) == {"scan", "signed_on", "signed_at_place"}
    assert "masa depan" in str(errors["signed_on"])


def test_the_box_for_an_earlier_day_comes_with_the_question(sign_in):
    head = person(Role.UNIT_HEAD)
    agreement = AgreementFactory(office=head.acting.office, status="ready_to_sign")
    client, url = sign_in(head), reverse("agreements:sign", args=[agreement.pk])
    answers = {
        "our_number": "W.22-9",
        "signed_on": "01-01-2020",
        "signed_at_place": "Kupang",
        "scan": upload("pks.pdf", pdf()),
    }
    before = client.get(url).context["form"]

    asked = client.post(url, answers).context["form"]
    kept = [token_of(Document.objects.get(), head)]
    done = client.post(
        url, answers | {"scan": "", "scan_kept": kept, "is_earlier": "on"}
    )

    assert ("is_earlier" in before.fields, set(asked.errors)) == (False, {"is_earlier"})
    agreement.refresh_from_db()
    assert (done.status_code, agreement.status) == (302, "signed")


def test_the_head_adds_the_number_of_the_partner_that_was_missing(sign_in):
    head = person(Role.UNIT_HEAD)
    agreement = AgreementFactory(
        office=head.acting.office, status="signed", signed_at_place="Kupang"
    )
    client, url = sign_in(head), reverse("agreements:rectify", args=[agreement.pk])
    form = client.get(url).context["form"]

    response = client.post(
        url,
        {
            "our_number": form["our_number"].value(),
            "partner_number": "07/Mitra",
            "signed_on": "10-01-2026",
            "signed_at_place": form["signed_at_place"].value(),
            "reason": "Nomor mitra baru diterima",
        },
    )

    agreement.refresh_from_db()
    assert (response.status_code, agreement.partner_number) == (302, "07/Mitra")
    assert agreement.scan == form.record.scan


def test_a_representative_sees_his_agreement_but_no_draft(sign_in):
    agreement = AgreementFactory(status="discussion")
    draft = AgreementFactory(partner=agreement.partner, office=agreement.office)
    user = RepresentativeFactory(partner=agreement.partner).user
    client = sign_in(user)

    assert client.get(agreement.get_absolute_url()).status_code == 200
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "step", ["discuss", "submit", "review", "sign", "suspend", "resume", "terminate"]
)
def test_the_other_region_gets_404_and_the_wrong_role_403(sign_in, step):
    agreement = AgreementFactory()
    url = reverse(f"agreements:{step}", args=[agreement.pk])
    roles = {
        "review": Role.REGIONAL_REVIEWER,
        "discuss": Role.UNIT_OPERATOR,
        "submit": Role.UNIT_OPERATOR,
    }
    stranger = person(roles.get(step, Role.UNIT_HEAD))
    wrong = person(Role.AMBASSADOR, agreement.office)

    assert sign_in(stranger).post(url).status_code == 404
    assert sign_in(wrong).post(url).status_code == 403


def test_filters_find_by_number_validity_and_whose_turn(sign_in):
    head = person(Role.UNIT_HEAD)
    unit = head.acting.office
    signed = AgreementFactory(office=unit, status="signed", our_number="W.77")
    ready = AgreementFactory(office=unit, status="ready_to_sign")
    client = sign_in(head)

    def found(**params):
        page = client.get(reverse("agreements:index"), params).context["page"]
        return set(page.rows)

    assert found(q="w.77") == {signed}
    assert found(mine="true") == {ready}
    assert found(status="signed") == {signed}
    assert found(validity="future") == set()


def test_what_the_filter_calls_in_force_is_what_the_home_page_counts(sign_in):
    head = person(Role.UNIT_HEAD)
    unit, today = head.acting.office, head.acting.office.today
    for days in (30, 300):
        AgreementFactory(
            office=unit,
            status="signed",
            signed_on=today - timedelta(days=10),
            starts_on=today - timedelta(days=10),
            ends_on=today + timedelta(days=days),
        )
    client = sign_in(head)

    def found(**params):
        page = client.get(reverse("agreements:index"), params).context["page"]
        return len(page.rows)

    assert found(in_force_on=today.isoformat()) == 2
    assert found(validity="in_force") == 2
    assert found(validity="expiring") == 1


def test_a_head_ends_a_partnership_with_a_reason(sign_in):
    head = person(Role.UNIT_HEAD)
    partnership = PartnershipFactory(office=head.acting.office, status="active")
    client = sign_in(head)
    url = reverse("agreements:end_partnership", args=[partnership.pk])

    assert set(client.post(url, {"reason": ""}).context["form"].errors) == {"reason"}
    client.post(url, {"reason": "Lembaga bubar"})

    partnership.refresh_from_db()
    assert (partnership.status, partnership.reason) == ("ended", "Lembaga bubar")
    assert client.get(partnership.get_absolute_url()).status_code == 200


@time_machine.travel("2026-11-21 04:00Z")
def test_a_head_reads_why_a_partnership_cannot_end_yet(sign_in):
    agreement = AgreementFactory(status="signed")
    head = person(Role.UNIT_HEAD, agreement.office)
    url = reverse("agreements:end_partnership", args=[agreement.partnership.pk])

    response = sign_in(head).post(url, {"reason": "Pindah"})

    assert "masih berlaku" in response.content.decode()


def test_the_list_says_when_one_was_ended_before_its_time(sign_in):
    agreement = AgreementFactory(
        status="terminated", reason="Bubar", termination_paper=DocumentFactory()
    )

    page = sign_in(person(Role.UNIT_OPERATOR, agreement.office)).get(
        reverse("agreements:index")
    )

    assert f"diakhiri {dates.date_brief(agreement.ended_on)}" in page.text

"""The rules of an agreement's life, each beside its refusal."""

from datetime import date
from functools import partial

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agreements.discussion import services as discussion
from agreements.drafting import services as drafting
from agreements.models import Agreement, Review
from agreements.review import services as review
from agreements.signing import services as signing
from agreements.standing import services as standing
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.front.tags import turn_of
from pokmas.notices.models import Notice
from pokmas.steps.actions import actions_of
from tests.agreements.discussion.factories import TextAnswerFactory
from tests.agreements.scans import scan_of
from tests.factories import (
    AgreementFactory,
    DocumentFactory,
    PartnerFactory,
    PartnershipFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)
from tests.pokmas.documents.corpus import pdf
from tests.pokmas.documents.corpus import pdf_of_words as words
from tests.pokmas.offices.changes import decide
from tests.racing import at_once

pytestmark = pytest.mark.django_db

Status = Agreement.Status


def papers(user, **changes):
    return {
        "scan": scan_of(user),
        "our_number": "W.22.PAS-1",
        "partner_number": "01/2026",
        "signed_on": date(2026, 1, 10),
        "signed_at_place": "Kupang",
        **changes,
    }


def test_draft_keeps_the_agreement_and_says_who_did_it():
    operator = person(Role.UNIT_OPERATOR)
    agreement = AgreementFactory.build(
        office=operator.acting.office,
        partner=PartnerFactory(office=operator.acting.office, status="approved"),
    )

    kept = drafting.draft(agreement, by=operator)

    assert kept.status == Status.DRAFT
    entry = Entry.objects.about(kept).get()
    assert (entry.actor, entry.action) == (operator, "agreement.drafted")


def test_the_same_form_sent_twice_makes_one_draft():
    operator = person(Role.UNIT_OPERATOR)
    partner = PartnerFactory(office=operator.acting.office, status="active")
    fields = {"office": operator.acting.office, "partner": partner}
    first = AgreementFactory.build(**fields)
    again = AgreementFactory.build(**fields, submission_key=first.submission_key)

    kept = drafting.draft(first, by=operator)
    same = drafting.draft(again, by=operator)

    assert same == kept
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize("status", ["draft", "submitted", "declined", "ended"])
def test_draft_refuses_a_partner_that_is_not_working(status):
    operator = person(Role.UNIT_OPERATOR)
    agreement = AgreementFactory.build(
        office=operator.acting.office,
        partner=PartnerFactory(office=operator.acting.office, status=status),
    )

    with pytest.raises(ValidationError, match="belum disetujui"):
        drafting.draft(agreement, by=operator)


def test_draft_refuses_another_unit():
    operator = person(Role.UNIT_OPERATOR)
    other = UnitFactory()
    agreement = AgreementFactory.build(
        office=other, partner=PartnerFactory(office=other, status="active")
    )

    with pytest.raises(ValidationError, match="di luar kantor Anda"):
        drafting.draft(agreement, by=operator)


def test_change_saves_the_edited_columns():
    operator = person(Role.UNIT_OPERATOR)
    agreement = AgreementFactory(office=operator.acting.office)
    agreement.title = "PKS Baru"

    drafting.change(agreement, by=operator, revision=0, fields=["title"])

    agreement.refresh_from_db()
    assert (agreement.title, agreement.revision) == ("PKS Baru", 1)


def test_change_refuses_a_stale_form():
    operator = person(Role.UNIT_OPERATOR)
    agreement = AgreementFactory(office=operator.acting.office)
    drafting.change(agreement, by=operator, revision=0, fields=["title"])

    with pytest.raises(ValidationError, match="sudah diubah orang lain"):
        drafting.change(agreement, by=operator, revision=0, fields=["title"])


@pytest.mark.parametrize(
    "status", [s for s in Status if s not in {Status.DRAFT, Status.DISCUSSION}]
)
def test_change_refuses_once_the_text_is_under_review_or_later(status):
    agreement = AgreementFactory(status=status, **_papers(status))

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        drafting.change(
            agreement,
            by=person(Role.UNIT_OPERATOR, agreement.office),
            revision=0,
            fields=["title"],
        )


def _papers(status):
    if status != Status.TERMINATED:
        return {}
    return {"termination_paper": DocumentFactory(), "reason": "Selesai"}


def test_discuss_tells_the_partner():
    agreement = AgreementFactory()
    representative = RepresentativeFactory(partner=agreement.partner)
    operator = person(Role.UNIT_OPERATOR, agreement.office)

    drafting.discuss(agreement, by=operator)

    agreement.refresh_from_db()
    assert agreement.status == Status.DISCUSSION
    notice = Notice.objects.get(user=representative.user)
    assert notice.url == agreement.get_absolute_url()


def test_submit_tells_the_reviewers_of_the_region():
    agreement = AgreementFactory(status=Status.DISCUSSION)
    reviewer = person(Role.REGIONAL_REVIEWER, agreement.office.region)
    stranger = person(Role.REGIONAL_REVIEWER)
    TextAnswerFactory(agreement=agreement)

    review.submit(agreement, by=person(Role.UNIT_OPERATOR, agreement.office))

    agreement.refresh_from_db()
    assert agreement.status == Status.LEGAL_REVIEW
    assert Notice.objects.filter(user=reviewer).count() == 1
    assert Notice.objects.filter(user=stranger).count() == 0


@pytest.mark.parametrize(
    ("verdict", "notes", "status"),
    [
        (Review.Verdict.READY, "", Status.READY_TO_SIGN),
        (Review.Verdict.REVISE, "Pasal 3 belum jelas.", Status.DISCUSSION),
    ],
)
def test_review_moves_by_its_verdict(verdict, notes, status):
    agreement = AgreementFactory(status=Status.LEGAL_REVIEW)
    reviewer = person(Role.REGIONAL_REVIEWER, agreement.office.region)

    review.review(agreement, by=reviewer, verdict=verdict, notes=notes)

    agreement.refresh_from_db()
    assert agreement.status == status
    row = agreement.reviews.get()
    assert (row.reviewed_by, row.notes) == (reviewer, notes)


def test_a_text_that_came_back_is_mended_first_and_then_submitted():
    agreement = AgreementFactory(status=Status.LEGAL_REVIEW)
    operator = person(Role.UNIT_OPERATOR, agreement.office)
    reviewer = person(Role.REGIONAL_REVIEWER, agreement.office.region)
    TextAnswerFactory(agreement=agreement)
    review.review(
        agreement, by=reviewer, verdict=Review.Verdict.REVISE, notes="Pasal 3?"
    )
    agreement.refresh_from_db()
    came_back = actions_of(agreement, operator).first.step.name
    card = turn_of({}, agreement)["act"]
    assert "change" in [
        each.step.name for each in actions_of(agreement, operator).beside
    ]

    agreement.subject = "Pasal 3 diperjelas"
    drafting.change(
        agreement, by=operator, revision=agreement.revision, fields=["subject"]
    )
    discussion.record(agreement, by=operator, verdict="agree")

    agreement.refresh_from_db()
    assert (came_back, actions_of(agreement, operator).first.step.name) == (
        "upload_text",
        "submit",
    )
    assert card == "Ubah naskah menurut catatan, lalu ajukan telaah lagi"
    assert turn_of({}, agreement)["act"] != card


def test_a_text_ready_to_sign_goes_back_with_a_reason_told_to_whom_it_concerns():
    agreement = AgreementFactory(
        status=Status.LEGAL_REVIEW, starts_on=date(2026, 1, 1), partner__status="active"
    )
    unit = agreement.office
    operator, head = person(Role.UNIT_OPERATOR, unit), person(Role.UNIT_HEAD, unit)
    reviewer = person(Role.REGIONAL_REVIEWER, unit.region)
    review.review(agreement, by=reviewer, verdict=Review.Verdict.READY)
    with pytest.raises(ValidationError, match="Alasan wajib"):
        review.reopen(agreement, by=operator, reason=" ")

    review.reopen(agreement, by=operator, reason="Tanggal mulai sudah lewat.")

    agreement.refresh_from_db()
    assert (agreement.status, agreement.reason) == (
        Status.DISCUSSION,
        "Tanggal mulai sudah lewat.",
    )
    told = Notice.objects.filter(kind="agreement.reopened")
    assert {notice.user for notice in told} == {head, reviewer}
    agreement.starts_on = date(2026, 3, 1)
    drafting.change(
        agreement, by=operator, revision=agreement.revision, fields=["starts_on"]
    )


def test_review_refuses_to_send_back_without_notes():
    agreement = AgreementFactory(status=Status.LEGAL_REVIEW)
    reviewer = person(Role.REGIONAL_REVIEWER, agreement.office.region)

    with pytest.raises(ValidationError, match="Jelaskan"):
        review.review(agreement, by=reviewer, verdict=Review.Verdict.REVISE)

    agreement.refresh_from_db()
    assert agreement.status == Status.LEGAL_REVIEW


def test_review_refuses_the_person_who_submitted():
    submitter = person(Role.UNIT_OPERATOR)
    agreement = AgreementFactory(
        office=submitter.acting.office,
        status=Status.LEGAL_REVIEW,
        submitted_by=submitter,
    )

    with pytest.raises(ValidationError, match="orang lain"):
        review.review(agreement, by=submitter, verdict=Review.Verdict.READY)


def test_sign_brings_the_agreement_and_its_partner_into_force():
    agreement = AgreementFactory(
        status=Status.READY_TO_SIGN, partner__status="approved"
    )
    head = person(Role.UNIT_HEAD, agreement.office)

    signing.sign(agreement, by=head, **papers(head))

    agreement.refresh_from_db()
    assert (agreement.status, agreement.number_year) == (Status.SIGNED, 2026)
    assert agreement.scan.owner == agreement
    assert agreement.partnership.status == "active"


def test_sign_refuses_a_day_that_has_not_come():
    agreement = AgreementFactory(status=Status.READY_TO_SIGN)
    head = person(Role.UNIT_HEAD, agreement.office)

    with pytest.raises(ValidationError, match="masa depan"):
        signing.sign(agreement, by=head, **papers(head, signed_on=date(2999, 1, 1)))


def test_a_day_before_the_draft_was_begun_is_asked_about():
    agreement = AgreementFactory(status=Status.READY_TO_SIGN)
    head = person(Role.UNIT_HEAD, agreement.office)
    answers = papers(head, signed_on=date(2020, 1, 1))

    with pytest.raises(ValidationError, match="sebelum drafnya disusun"):
        signing.sign(agreement, by=head, **answers)

    signing.sign(agreement, by=head, **answers, is_earlier=True)
    agreement.refresh_from_db()
    assert (agreement.signed_on, agreement.number_year) == (date(2020, 1, 1), 2020)


def test_sign_refuses_a_day_before_the_law_allowed_it():
    agreement = AgreementFactory(status=Status.READY_TO_SIGN)
    head = person(Role.UNIT_HEAD, agreement.office)

    with pytest.raises(ValidationError, match="30 Desember 1995"):
        signing.sign(
            agreement,
            by=head,
            **papers(head, signed_on=date(1995, 12, 29)),
            is_earlier=True,
        )


def test_what_was_recorded_of_a_signing_is_put_right_and_told_to_the_partner():
    agreement = AgreementFactory(status=Status.SIGNED, our_number="W.22-1")
    partner = RepresentativeFactory(partner=agreement.partner).user
    head = person(Role.UNIT_HEAD, agreement.office)

    standing.rectify(
        agreement,
        by=head,
        reason="Salah ketik",
        **papers(
            head,
            scan=agreement.scan,
            our_number="W.22-1",
            signed_on=date(2026, 1, 5),
        ),
    )

    agreement.refresh_from_db()
    assert (agreement.status, agreement.partner_number) == (Status.SIGNED, "01/2026")
    on = [date(2026, 1, 4), date(2026, 1, 5)]
    rows = Agreement.objects.filter(pk=agreement.pk)
    assert [rows.filter(signed_days__include=day).count() for day in on] == [0, 1]
    entry = Entry.objects.about(agreement).get(action="agreement.rectified")
    assert (entry.actor, entry.details["reason"]) == (head, "Salah ketik")
    assert Notice.objects.get(user=partner).body == "Salah ketik"


def test_a_signing_put_to_a_later_day_leaves_the_days_before():
    agreement = AgreementFactory(status=Status.SIGNED, signed_on=date(2026, 1, 3))
    head = person(Role.UNIT_HEAD, agreement.office)

    standing.rectify(
        agreement, by=head, reason="Salah", **papers(head, signed_on=date(2026, 1, 8))
    )

    on = [date(2026, 1, 7), date(2026, 1, 8)]
    rows = Agreement.objects.filter(pk=agreement.pk)
    assert [rows.filter(signed_days__include=day).count() for day in on] == [0, 1]


def test_a_correction_of_nothing_or_without_a_reason_is_refused():
    agreement = AgreementFactory(status=Status.SIGNED)
    head = person(Role.UNIT_HEAD, agreement.office)
    same = {
        "our_number": agreement.our_number,
        "partner_number": "",
        "signed_on": agreement.signed_on,
        "signed_at_place": "",
        "scan": agreement.scan,
    }

    with pytest.raises(ValidationError, match="Tidak ada yang diubah"):
        standing.rectify(agreement, by=head, reason="Salah", **same)
    with pytest.raises(ValidationError, match="Alasan wajib"):
        standing.rectify(agreement, by=head, reason=" ", **same)


def test_sign_refuses_a_number_used_this_year():
    agreement = AgreementFactory(status=Status.READY_TO_SIGN)
    AgreementFactory(
        status=Status.SIGNED,
        office=agreement.office,
        our_number="W.22.PAS-1",
        number_year=2026,
    )
    head = person(Role.UNIT_HEAD, agreement.office)

    with pytest.raises(ValidationError, match="sudah dipakai"):
        signing.sign(agreement, by=head, **papers(head))

    agreement.refresh_from_db()
    assert agreement.status == Status.READY_TO_SIGN


@pytest.mark.parametrize(
    "number", ["w.22.pas-1", " W.22.PAS-1\t", "W.22.Pas-1", "W.22.PAS - 1"]
)
def test_a_number_is_the_same_in_any_case_and_with_any_blanks(number):
    agreement = AgreementFactory(status=Status.READY_TO_SIGN)
    AgreementFactory(
        status=Status.SIGNED,
        office=agreement.office,
        our_number="W.22.PAS-1",
        number_year=2026,
    )
    head = person(Role.UNIT_HEAD, agreement.office)

    with pytest.raises(ValidationError, match="sudah dipakai"):
        signing.sign(agreement, by=head, **papers(head) | {"our_number": number})


@pytest.mark.django_db(transaction=True)
def test_of_two_signings_with_one_number_at_once_one_is_told_in_words(sign_in):
    head = person(Role.UNIT_HEAD)
    records = AgreementFactory.create_batch(
        2, status=Status.READY_TO_SIGN, office=head.acting.office
    )
    cookies = sign_in(head).cookies

    def sign(record, number):
        client = Client()
        client.cookies = cookies
        fields = {
            "our_number": number,
            "signed_on": "10-01-2026",
            "signed_at_place": "Kupang",
            "scan": SimpleUploadedFile("pks.pdf", pdf(), "application/pdf"),
        }
        return client.post(reverse("agreements:sign", args=[record.pk]), fields)

    answers = at_once(
        "agreements_agreement",
        partial(sign, records[0], "SAMA  1"),
        partial(sign, records[1], "sama 1"),
    )

    (refused,) = [each for each in answers if each.status_code == 200]
    assert sorted(each.status_code for each in answers) == [200, 302]
    assert "Nomor ini sudah dipakai pada tahun yang sama." in refused.text
    assert Agreement.objects.filter(status=Status.SIGNED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_signings_for_the_same_days_at_once_one_is_told_in_words(sign_in):
    head = person(Role.UNIT_HEAD)
    same = {"office": head.acting.office, "is_overlap_kept": False}
    first = AgreementFactory(status=Status.READY_TO_SIGN, **same)
    second = AgreementFactory(
        status=Status.READY_TO_SIGN, partner=first.partner, **same
    )
    cookies = sign_in(head).cookies

    def sign(record):
        client = Client()
        client.cookies = cookies
        fields = {
            "our_number": f"W.{record.pk}",
            "signed_on": "10-01-2026",
            "signed_at_place": "Kupang",
            "scan": SimpleUploadedFile("a.pdf", words(str(record.pk)), "text/pdf"),
        }
        return client.post(reverse("agreements:sign", args=[record.pk]), fields)

    answers = at_once(
        "agreements_agreement", partial(sign, first), partial(sign, second)
    )

    (refused,) = [each for each in answers if each.status_code == 200]
    assert sorted(each.status_code for each in answers) == [200, 302]
    assert "sudah berlaku pada jangka waktu yang sama" in refused.text
    assert Agreement.objects.filter(status=Status.SIGNED).count() == 1


def test_a_text_in_review_follows_its_office_to_another_kanwil(sign_in):
    agreement = AgreementFactory(status=Status.LEGAL_REVIEW)
    successor = UnitFactory()
    before = sign_in(person(Role.REGIONAL_REVIEWER, agreement.office.region))
    url = reverse("agreements:review", args=[agreement.pk])
    assert before.get(url).status_code == 200
    answers = {"verdict": "ready", "notes": "", "revision": agreement.revision}

    decide(agreement.office, "merge", other=successor, on=agreement.office.today)

    assert before.post(url, answers).status_code == 404
    agreement.refresh_from_db()
    assert (agreement.office, agreement.status) == (successor, Status.LEGAL_REVIEW)
    after = sign_in(person(Role.REGIONAL_REVIEWER, successor.region))
    answers["revision"] = agreement.revision
    assert after.post(url, answers).status_code == 302
    agreement.refresh_from_db()
    assert agreement.status == Status.READY_TO_SIGN


@pytest.mark.parametrize("status", [s for s in Status if s != Status.READY_TO_SIGN])
def test_sign_refuses_every_other_status(status):
    agreement = AgreementFactory(status=status, **_papers(status))
    head = person(Role.UNIT_HEAD, agreement.office)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan pada status"):
        signing.sign(agreement, by=head, **papers(head))


def test_suspension_flows_down_and_resume_waits_for_the_umbrella():
    umbrella = AgreementFactory(status=Status.SIGNED)
    child = AgreementFactory(
        status=Status.SIGNED, umbrella=umbrella, office=umbrella.office
    )
    head = person(Role.UNIT_HEAD, umbrella.office)

    standing.suspend(umbrella, by=head, reason="Pemeriksaan")

    child.refresh_from_db()
    assert (child.status, child.reason) == (Status.SUSPENDED, "Pemeriksaan")
    with pytest.raises(ValidationError, match="payung"):
        standing.resume(child, by=head)

    standing.resume(umbrella, by=head)
    child.refresh_from_db()
    standing.resume(child, by=head)
    child.refresh_from_db()
    assert (child.status, child.reason) == (Status.SIGNED, "")


def test_termination_needs_a_reason_and_ends_the_children():
    umbrella = AgreementFactory(status=Status.SIGNED)
    child = AgreementFactory(
        status=Status.SUSPENDED, umbrella=umbrella, office=umbrella.office
    )
    head = person(Role.UNIT_HEAD, umbrella.office)
    paper = scan_of(head)
    with pytest.raises(ValidationError, match="Alasan wajib"):
        standing.terminate(umbrella, by=head, reason="  ", paper=paper)

    umbrella.refresh_from_db()
    standing.terminate(umbrella, by=head, reason="Mitra bubar", paper=paper)

    child.refresh_from_db()
    assert (child.status, child.termination_paper) == (Status.TERMINATED, paper)


@pytest.mark.parametrize(
    ("today", "validity"),
    [
        (date(2026, 1, 9), "future"),
        (date(2026, 1, 10), "in_force"),
        (date(2026, 10, 10), "in_force"),
        (date(2026, 10, 11), "expiring"),
        (date(2027, 1, 9), "expiring"),
        (date(2027, 1, 10), "expired"),
    ],
)
def test_validity_follows_the_dates(today, validity):
    AgreementFactory(status=Status.SIGNED)

    assert Agreement.objects.with_validity(today).get().validity == validity


def test_an_mou_of_a_unit_carries_a_caution():
    agreement = AgreementFactory(kind="mou", ends_on=date(2032, 1, 10))

    assert ["Permenkumham" in str(c) for c in agreement.cautions] == [True, False]


def test_a_partner_is_not_ended_while_an_agreement_is_in_force():
    agreement = AgreementFactory(status=Status.SIGNED)
    head = person(Role.UNIT_HEAD, agreement.office)

    with (
        time_machine.travel("2026-11-21"),
        pytest.raises(ValidationError, match="masih berlaku"),
    ):
        standing.end_partnership(agreement.partnership, by=head, reason="Pindah")

    agreement.partnership.refresh_from_db()
    assert agreement.partnership.status == "active"


def test_a_partnership_that_was_approved_by_mistake_is_ended():
    partnership = PartnershipFactory(status="approved")
    head = person(Role.UNIT_HEAD, partnership.office)

    standing.end_partnership(partnership, by=head, reason="Keliru disetujui")

    partnership.refresh_from_db()
    assert partnership.status == "ended"


def test_a_partner_is_ended_once_its_agreement_has_run_out():
    agreement = AgreementFactory(status=Status.SIGNED)
    head = person(Role.UNIT_HEAD, agreement.office)

    with time_machine.travel("2027-02-01"):
        standing.end_partnership(agreement.partnership, by=head, reason="Pindah")

    agreement.partnership.refresh_from_db()
    assert agreement.partnership.status == "ended"

"""The text under review stands beside the questions, with what changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.discussion import services as discussion
from agreements.drafting import services as drafting
from agreements.models import Agreement
from agreements.review import services as reviewing
from pokmas.accounts.roles import Role
from tests.agreements.discussion.factories import (
    TextAnswerFactory,
    TextCommentFactory,
)
from tests.agreements.texts.factories import TEXT, TextVersionFactory
from tests.factories import (
    AgreementFactory,
    DocumentFactory,
    PlanItemFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
Status = Agreement.Status
# Session, person and bell; the agreement, its reviews, rule, text, parties, plan,
# comments, answers and the partner's papers; and what waits next.
QUERIES = 13


def url(agreement):
    return reverse("agreements:review", args=[agreement.pk])


def test_a_reviewer_reads_the_text_where_he_answers(sign_in):
    agreement = AgreementFactory(status=Status.LEGAL_REVIEW, subject="Menjahit baju")
    client = sign_in(person(Role.REGIONAL_REVIEWER, agreement.office.region))

    response = client.get(url(agreement))

    assert "Menjahit baju" in response.content.decode()
    assert response.context["returned_at"] is None


def test_the_first_time_it_is_read_against_what_the_portal_made(sign_in):
    agreement = AgreementFactory(status=Status.LEGAL_REVIEW)
    made = TextVersionFactory(agreement=agreement)
    longer = TEXT.as_json()
    longer["articles"][0][2][0] += " Juga pendampingan."
    TextVersionFactory(
        agreement=agreement,
        number=2,
        base=made,
        origin="proposed",
        file=DocumentFactory(),
        text=longer,
    )
    reviewer = person(Role.REGIONAL_REVIEWER, agreement.office.region)

    page = sign_in(reviewer).get(url(agreement)).text

    assert "Yang lain dari versi 1, yang dibuat portal" in page
    assert '<details class="fold" open>' in page


def test_what_changed_since_the_text_was_sent_back_is_marked(sign_in):
    agreement = AgreementFactory(
        status=Status.DISCUSSION, subject="Menjahit baju\nTiap Senin"
    )
    operator = person(Role.UNIT_OPERATOR, agreement.office)
    reviewer = person(Role.REGIONAL_REVIEWER, agreement.office.region)
    TextAnswerFactory(agreement=agreement)
    reviewing.submit(agreement, by=operator)
    reviewing.review(agreement, verdict="revise", notes="Hari apa?", by=reviewer)
    agreement.refresh_from_db()
    agreement.subject = "Menjahit baju\nTiap Selasa"
    drafting.change(
        agreement, by=operator, revision=agreement.revision, fields=["subject"]
    )
    discussion.record(agreement, by=operator, verdict="agree")
    reviewing.submit(agreement, by=operator)

    response = sign_in(reviewer).get(url(agreement))

    changed = {row.label: row.pieces for row in response.context["rows"] if row.pieces}
    assert list(changed) == ["Pokok kerja sama"]
    assert [(piece.text, piece.is_old, piece.is_new) for piece in changed.popitem()[1]][
        1:
    ] == [("Senin", True, False), ("Selasa", False, True)]
    page = response.content.decode()
    assert "Hari apa?" in page
    assert '<del><span class="visually-hidden">dihapus: </span>Senin</del>' in page


def test_a_reviewer_goes_on_to_the_next_text(sign_in):
    unit = UnitFactory()
    reviewer = person(Role.REGIONAL_REVIEWER, unit.region)
    first, second = AgreementFactory.create_batch(
        2, status=Status.LEGAL_REVIEW, office=unit
    )

    response = sign_in(reviewer).post(url(first), {"verdict": "ready", "next": "1"})

    assert response.url == url(second)
    first.refresh_from_db()
    assert first.status == Status.READY_TO_SIGN


def read(client, agreement):
    page = agreement.get_absolute_url()
    parts = [
        page,
        f"{page}?tab=reviews",
        f"{page}?tab=history",
        reverse("reports:home"),
    ]
    return "".join(client.get(each).text for each in parts)


def test_what_the_kanwil_writes_to_the_unit_is_not_for_the_partner(sign_in):
    agreement = AgreementFactory(status=Status.LEGAL_REVIEW)
    reviewer = person(Role.REGIONAL_REVIEWER, agreement.office.region)
    partner = RepresentativeFactory(partner=agreement.partner).user
    reviewing.review(agreement, verdict="revise", notes="Mitra ini lemah", by=reviewer)

    by_role = {
        role: read(sign_in(user), agreement)
        for role, user in [
            ("partner", partner),
            ("operator", person(Role.UNIT_OPERATOR, agreement.office)),
        ]
    }

    assert "Mengembalikan naskah kepada unit" in by_role["partner"]
    assert ["Mitra ini lemah" in text for text in by_role.values()] == [False, True]


def test_why_a_text_is_discussed_again_is_said_to_both(sign_in):
    agreement = AgreementFactory(status=Status.READY_TO_SIGN)
    operator = person(Role.UNIT_OPERATOR, agreement.office)
    partner = RepresentativeFactory(partner=agreement.partner).user
    reviewing.reopen(agreement, reason="Tanggalnya lewat", by=operator)

    assert "Tanggalnya lewat" in read(sign_in(partner), agreement)


def test_a_text_its_changes_and_what_was_said_of_it_cost_a_few_queries(sign_in):
    agreement = AgreementFactory(status=Status.LEGAL_REVIEW)
    reviewer = person(Role.REGIONAL_REVIEWER, agreement.office.region)
    first = TextVersionFactory(agreement=agreement, is_printed=True)
    for number in (2, 3):
        TextVersionFactory(agreement=agreement, number=number, base=first)
    for article in ("1", "2", "3"):
        TextCommentFactory(agreement=agreement, version=first, article=article)
        PlanItemFactory(agreement=agreement)
        agreement.reviews.create(
            verdict="revise", notes="–", text_version=first, reviewed_by=reviewer
        )
    TextAnswerFactory(agreement=agreement, version=first)
    client = sign_in(reviewer)
    client.get(url(agreement))

    with CaptureQueriesContext(connection) as queries:
        page = client.get(url(agreement)).text

    assert "Bunyi naskah" in page
    assert "Rencana kerja di portal berbeda" in page
    assert len(queries) <= QUERIES, [query["sql"] for query in queries]

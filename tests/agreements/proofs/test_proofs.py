"""The evidence card: what records answer, what officers add, and how it began."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from agreements.models import ProofAnswer, ProofBaseline, ProofElement
from agreements.proofs import services
from agreements.proofs.card import card_of
from pokmas.accounts.roles import Role
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    DocumentFactory,
    EvaluationFactory,
    EvidenceFactory,
    PlanItemFactory,
    person,
)
from tests.pokmas.documents.corpus import pdf, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    today = timezone.localdate()
    return AgreementFactory(
        status="signed",
        signed_on=today - timedelta(days=30),
        starts_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=300),
        partner_number="02/LBH/2026",
    )


@pytest.fixture
def operator(agreement):
    return person(Role.UNIT_OPERATOR, agreement.office)


@pytest.fixture
def head(agreement):
    return person(Role.UNIT_HEAD, agreement.office)


def states(agreement):
    return {line.element.code: line.state.value for line in card_of(agreement).lines}


def element(code):
    return ProofElement.objects.get(code=code)


def test_a_fresh_one_has_twelve_elements_of_which_records_answer_some(agreement):
    found = states(agreement)

    assert len(found) == 12
    met = {code for code, state in found.items() if state == "met"}
    assert {"scan", "numbers", "in_force"} <= met
    assert not {"plan", "activity", "served", "photos", "publication"} & met


def test_records_answer_at_least_seven_by_themselves(agreement):
    PlanItemFactory(agreement=agreement)
    EvaluationFactory(
        agreement=agreement, status="confirmed", due_on=timezone.localdate()
    )
    held = ActivityFactory(
        office=agreement.office,
        agreement=agreement,
        starts_at=timezone.now() - timedelta(days=5),
        status="locked",
        counts={("family", "male"): 4},
    )
    EvidenceFactory(activity=held)

    card = card_of(agreement)

    met = {line.element.code for line in card.lines if line.state == "met"}
    asked = {"scan", "numbers", "in_force", "plan", "activity", "served", "photos"}
    assert {*asked, "reports", "evaluation"} <= met
    assert card.known == card.met >= 9


def test_a_contact_of_each_side_was_asked(agreement):
    facts = {"name": "Maria", "phone": "+6281234567890", "since": agreement.starts_on}
    ours = agreement.contacts.create(side="ours", place="main", **facts)
    theirs = agreement.contacts.create(side="theirs", place="main", **facts)
    found = [states(agreement)["contact"]]
    for contact in (ours, theirs):
        contact.confirmed_on = agreement.starts_on
        contact.save()
        found.append(states(agreement)["contact"])

    assert found == ["partly", "partly", "met"]


def test_what_was_held_long_ago_or_not_verified_is_not_enough(agreement):
    more = {"office": agreement.office, "agreement": agreement}
    ActivityFactory(**more, status="reported")
    assert states(agreement)["activity"] == "partly"

    ActivityFactory(
        **more,
        status="verified",
        starts_at=timezone.now() - timedelta(days=120),
    )

    assert states(agreement)["activity"] == "partly"


def test_an_officer_shows_what_records_do_not(sign_in, agreement, operator):
    url = reverse("agreements:prove", args=[agreement.pk])
    client = sign_in(operator)
    sent = {
        "element": element("publication").pk,
        "state": "met",
        "note": "Berita <b>Pos</b> Kupang",
        "revision": agreement.revision,
    }

    lacking = client.post(url, sent)
    answer = client.post(url, {**sent, "link": "https://contoh.test/berita"})

    assert set(lacking.context["form"].errors) == {"file"}
    assert answer.url.endswith("?tab=proofs#tabs")
    assert states(agreement)["publication"] == "met"
    page = client.get(reverse("agreements:proofs", args=[agreement.pk]))
    assert "Berita &lt;b&gt;Pos&lt;/b&gt; Kupang" in page.text
    assert 'href="https://contoh.test/berita"' in page.text


def test_a_file_of_an_answer_opens_for_officers_of_the_unit_alone(
    sign_in, agreement, operator
):
    url = reverse("agreements:prove", args=[agreement.pk])
    sent = {
        "element": element("photos").pk,
        "state": "partly",
        "note": "Album",
        "revision": agreement.revision,
        "file": upload("album.pdf", pdf()),
    }

    sign_in(operator).post(url, sent)

    file = ProofAnswer.objects.get().file.get_absolute_url()
    assert sign_in(operator).get(file).status_code == 200
    assert sign_in(person(Role.UNIT_OPERATOR)).get(file).status_code == 404


@pytest.mark.parametrize("link", ["javascript:alert(1)", "bukan tautan"])
def test_only_a_page_is_a_link(sign_in, agreement, operator, link):
    page = sign_in(operator).post(
        reverse("agreements:prove", args=[agreement.pk]),
        {
            "element": element("publication").pk,
            "state": "met",
            "note": "Berita",
            "link": link,
            "revision": agreement.revision,
        },
    )

    assert set(page.context["form"].errors) == {"link"}


def test_what_only_records_answer_nobody_types(agreement, operator):
    with pytest.raises(ValidationError, match="catatan portal"):
        services.prove(
            agreement,
            element=element("activity"),
            state="met",
            note="Ada",
            link="https://contoh.test/",
            by=operator,
        )


def test_the_newest_word_of_an_officer_counts(agreement, operator):
    answer = {"element": element("reports"), "by": operator, "note": "Ada"}
    file = DocumentFactory(uploaded_by=operator)
    services.prove(agreement, **answer, state="met", file=file)
    services.prove(agreement, **answer, state="unmet")

    assert ProofAnswer.objects.get().state == "unmet"
    assert states(agreement)["reports"] == "unmet"


def test_the_beginning_is_locked_once_and_stays(sign_in, agreement, head):
    services.lock_baseline(agreement, by=head)
    PlanItemFactory(agreement=agreement)

    with pytest.raises(ValidationError, match="sudah dikunci"):
        services.lock_baseline(agreement, by=head)
    with pytest.raises(DatabaseError), transaction.atomic():
        ProofBaseline.objects.update(locked_on=agreement.starts_on)

    page = sign_in(head).get(reverse("agreements:proofs", args=[agreement.pk]))
    line = next(
        line for line in page.context["card"].lines if line.element.code == "plan"
    )
    assert (line.then_state, line.status_label) == ("Belum", "Terpenuhi")
    assert "Kunci posisi awal" not in page.text


def test_the_card_is_a_piece_of_the_page_and_costs_few_queries(
    sign_in, agreement, operator, django_assert_max_num_queries
):
    PlanItemFactory.create_batch(2, agreement=agreement)
    url = reverse("agreements:proofs", args=[agreement.pk])
    client = sign_in(operator)
    page = client.get(f"{agreement.get_absolute_url()}?tab=proofs")
    client.get(url)

    with django_assert_max_num_queries(22):
        piece = client.get(url, headers={"HX-Request": "true"})

    assert f'hx-get="{url}"' in page.text
    assert "<html" not in piece.text
    assert "Naskah bertanda tangan" in piece.text

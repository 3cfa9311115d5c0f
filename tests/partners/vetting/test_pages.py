"""What an examiner and a head see beside what they are asked."""

from datetime import timedelta

import pghistory
import pytest
from django.urls import reverse
from django.utils import timezone

from partners.models import Partnership
from partners.registration import services as registration
from partners.vetting import services as vetting
from pokmas.accounts.roles import Role
from pokmas.audit.moments import Change
from pokmas.audit.services import timeline
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from tests.factories import (
    CriterionFactory,
    FieldFactory,
    PartnerKindFactory,
    PartnershipFactory,
    declared_today,
    person,
)
from tests.pokmas.documents.corpus import pdf, upload

pytestmark = pytest.mark.django_db
Status = Partnership.Status


def url(partner):
    return reverse("partners:verify", args=[partner.pk])


def test_all_is_met_in_one_press_but_for_what_is_marked(sign_in):
    marked, *others = CriterionFactory.create_batch(3)
    partner = PartnershipFactory(status=Status.SUBMITTED)
    client = sign_in(person(Role.UNIT_OPERATOR, partner.office))

    client.post(
        url(partner),
        {
            "rest_is_met": "on",
            f"met_{marked.pk}": "no",
            f"comment_{marked.pk}": "Akta buram",
            "verdict": "verifying",
        },
    )

    found = {row.criterion_id: row.is_met for row in partner.findings.newest()}
    assert found[marked.pk] is False
    assert [found[row.pk] for row in others] == [True, True]


def test_a_paper_that_the_head_will_miss_is_said_before(sign_in):
    kind = PartnerKindFactory(code="foundation")
    partner = PartnershipFactory(status=Status.SUBMITTED, kind=kind)

    page = sign_in(person(Role.UNIT_OPERATOR, partner.office)).get(url(partner))

    (said,) = page.context["cautions"]
    assert said.endswith("surat yang berlaku: Akta pendirian.")


def test_without_that_press_each_point_wants_its_answer(sign_in):
    criterion = CriterionFactory()
    partner = PartnershipFactory(status=Status.SUBMITTED)
    client = sign_in(person(Role.UNIT_OPERATOR, partner.office))

    response = client.post(url(partner), {"verdict": "verifying"})

    assert f"met_{criterion.pk}" in response.context["form"].errors
    partner.refresh_from_db()
    assert partner.status == Status.SUBMITTED


def test_a_note_hidden_by_the_answer_is_not_kept(sign_in):
    criterion = CriterionFactory()
    partner = PartnershipFactory(status=Status.SUBMITTED)
    client = sign_in(person(Role.UNIT_OPERATOR, partner.office))

    client.post(
        url(partner),
        {
            "rest_is_met": "on",
            f"met_{criterion.pk}": "yes",
            f"comment_{criterion.pk}": "Nomor telepon tidak tersambung",
            "verdict": "verifying",
        },
    )

    found = partner.findings.get(criterion=criterion)
    assert (found.is_met, found.comment) == (True, "")


@pytest.fixture
def sent_back():
    """A registration that was returned, changed and submitted again."""
    partner = PartnershipFactory(
        status=Status.VERIFYING, address="Jalan Lama 1", is_self_registered=False
    )
    operator = person(Role.UNIT_OPERATOR, partner.office)
    head = person(Role.UNIT_HEAD, partner.office)
    paper = documents.store(upload("akta.pdf", pdf()), by=operator, owner=partner)
    long_ago = timezone.now() - timedelta(days=30)
    Document.objects.filter(pk=paper.pk).update(uploaded_at=long_ago)
    vetting.return_for_repair(partner, reason="Alamat?", by=head)
    partner.refresh_from_db()
    known = partner.partner
    known.address = "Jalan Baru 1"
    registration.edit_identity(
        partner, known, revision=known.revision, changed=["address"], by=operator
    )
    documents.store(upload("surat.pdf", pdf()), by=operator, owner=partner)
    return partner


def test_what_changed_since_it_was_sent_back_is_marked(sign_in, sent_back):
    registration.submit(
        sent_back,
        declared=declared_today(),
        by=person(Role.UNIT_OPERATOR, sent_back.office),
    )
    client = sign_in(person(Role.UNIT_OPERATOR, sent_back.office))

    response = client.get(url(sent_back))

    rows = [row for _title, rows in response.context["sections"] for row in rows]
    changed = {row.label: row.pieces for row in rows if row.is_changed}
    assert list(changed) == ["Alamat"]
    assert [(p.text, p.is_old, p.is_new) for p in changed["Alamat"]] == [
        ("Jalan ", False, False),
        ("Lama", True, False),
        ("Baru", False, True),
        (" 1", False, False),
    ]
    since = response.context["returned_at"]
    fresh = [paper.name for paper in sent_back.papers if paper.uploaded_at > since]
    assert fresh == ["surat.pdf"]


def test_fields_ticked_and_files_taken_back_are_told(sign_in, sent_back):
    stays, leaves, comes = (FieldFactory(name=f"Bidang {each}") for each in "ABC")
    operator = person(Role.UNIT_OPERATOR, sent_back.office)
    head = person(Role.UNIT_HEAD, sent_back.office)
    Partnership.objects.filter(pk=sent_back.pk).update(
        status=Status.VERIFYING, reason=""
    )
    sent_back.fields.set([stays, leaves])
    vetting.return_for_repair(sent_back, reason="Bidang?", by=head)
    old, _new = sent_back.papers
    registration.remove_paper(sent_back, old, by=operator)
    short_lived = documents.store(upload("x.pdf", pdf()), by=operator, owner=sent_back)
    registration.remove_paper(sent_back, short_lived, by=operator)
    sent_back.refresh_from_db()
    with pghistory.context(user=operator.pk):
        registration.edit(
            sent_back,
            revision=sent_back.revision,
            changed=["fields"],
            fields=[stays, comes],
            by=operator,
        )
    assert set(timeline(sent_back).moments[0].changes) == {
        Change("Bidang", leaves.name, "–"),
        Change("Bidang", "–", comes.name),
    }
    registration.submit(sent_back, declared=declared_today(), by=operator)

    response = sign_in(person(Role.UNIT_OPERATOR, sent_back.office)).get(url(sent_back))

    rows = [row for _title, rows in response.context["sections"] for row in rows]
    [fields] = [row for row in rows if row.is_changed]
    assert [(p.text, p.is_old, p.is_new) for p in fields.pieces if p.text != ", "] == [
        (stays.name, False, False),
        (comes.name, False, True),
        (leaves.name, True, False),
    ]
    assert response.context["gone"] == ["akta.pdf"]
    assert "<del>akta.pdf</del>" in response.content.decode()


def test_a_first_registration_has_nothing_to_compare_with(sign_in):
    partner = PartnershipFactory(status=Status.SUBMITTED)
    client = sign_in(person(Role.UNIT_OPERATOR, partner.office))

    response = client.get(url(partner))

    assert response.context["returned_at"] is None
    assert "Pernah dikembalikan" not in response.content.decode()


def test_papers_are_read_in_their_place(sign_in):
    partner = PartnershipFactory(status=Status.SUBMITTED)
    operator = person(Role.UNIT_OPERATOR, partner.office)
    paper = documents.store(upload("akta.pdf", pdf()), by=operator, owner=partner)

    page = sign_in(operator).get(url(partner)).content.decode()

    assert f'<iframe name="paper" src="{paper.get_view_url()}"' in page


def test_one_goes_on_to_the_next_that_waits(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    now = timezone.now()
    first, second, third = (
        PartnershipFactory(
            office=operator.acting.office,
            status=Status.SUBMITTED,
            status_since=now - timedelta(days=age),
        )
        for age in (9, 5, 1)
    )
    PartnershipFactory(status=Status.SUBMITTED)  # of another unit
    client = sign_in(operator)

    queue = client.get(url(second)).context["queue"]
    response = client.post(
        url(second),
        {"rest_is_met": "on", "verdict": "verifying", "next": "1"},
    )

    assert (queue.place, queue.count) == (2, 3)
    assert (queue.previous, queue.following) == (url(first), url(third))
    assert response.url == url(third)


def test_a_note_is_asked_for_where_a_point_is_not_met_only(sign_in):
    unmet, _met = CriterionFactory.create_batch(2)
    partner = PartnershipFactory(status=Status.SUBMITTED)
    client = sign_in(person(Role.UNIT_OPERATOR, partner.office))
    answers = {"rest_is_met": "on", f"met_{unmet.pk}": "no", "verdict": "verifying"}

    response = client.post(url(partner), answers)

    errors = response.context["form"].errors
    assert errors == {
        f"comment_{unmet.pk}": [f"Jelaskan mengapa “{unmet.text}” belum terpenuhi."]
    }

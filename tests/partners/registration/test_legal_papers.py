"""Handing in the papers that a kind of partner is asked for."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from partners.models import LegalPaper, Partnership, RequiredPaper
from partners.registration import services as registration
from partners.vetting import services as vetting
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from tests.factories import (
    DocumentFactory,
    LegalPaperFactory,
    PartnerKindFactory,
    PartnershipFactory,
    RepresentativeFactory,
    person,
)
from tests.pokmas.documents.corpus import jpeg

pytestmark = pytest.mark.django_db
Status = Partnership.Status
DAY = date(2024, 1, 5)
ANSWERS = {"number": "12", "issuer": "Notaris Uji", "issued_on": "5 Januari 2024"}


@pytest.fixture
def draft():
    return RepresentativeFactory(
        partner__kind=PartnerKindFactory(code="foundation"),
        partner__is_self_registered=True,
    )


def deed():
    return RequiredPaper.objects.get(name="Akta pendirian")


def answers(required, **values):
    return {
        f"paper{required.pk}-{name}": value
        for name, value in {**ANSWERS, **values}.items()
    }


def identity(partnership):
    return reverse("partners:identity", args=[partnership.pk])


def known(partner):
    names = ("name", "leader_name", "leader_position", "address")
    return {name: getattr(partner, name) for name in names}


def test_a_paper_is_handed_in_with_number_issuer_day_and_file(sign_in, draft, pdf):
    sent = answers(deed(), pages=[pdf("akta.pdf")])

    response = sign_in(draft.user).post(
        identity(draft.partnership), {**known(draft.partner), **sent}
    )

    assert response.status_code == 302
    paper = LegalPaper.objects.get()
    assert (paper.number, paper.issuer, str(paper.issued_on)) == (
        "12",
        "Notaris Uji",
        "2024-01-05",
    )
    assert (paper.document.owner, paper.added_by) == (draft.partnership, draft.user)


def test_the_file_of_such_a_paper_is_no_supporting_file_beside_it(sign_in, draft, pdf):
    client, sent = sign_in(draft.user), answers(deed(), pages=[pdf("akta.pdf")])
    client.post(identity(draft.partnership), {**known(draft.partner), **sent})

    page = client.get(reverse("partners:check", args=[draft.partnership.pk])).text

    assert page.count("akta.pdf") == 1


def test_photographed_pages_become_one_file(sign_in, draft):
    from django.core.files.uploadedfile import SimpleUploadedFile

    pages = [
        SimpleUploadedFile(f"{name}.jpg", jpeg(size), "image/jpeg")
        for name, size in (("satu", (800, 600)), ("dua", (600, 800)))
    ]

    sign_in(draft.user).post(
        identity(draft.partnership),
        {**known(draft.partner), **answers(deed(), pages=pages)},
    )

    assert LegalPaper.objects.get().document.pages == 2


def test_a_paper_that_is_begun_is_asked_for_whole_while_the_rest_is_kept(
    sign_in, draft
):
    sent = answers(deed(), issuer="") | known(draft.partner) | {"name": "Yayasan Baru"}

    page = sign_in(draft.user).post(identity(draft.partnership), sent)

    draft.partner.refresh_from_db()
    assert draft.partner.name == "Yayasan Baru"
    [form] = [form for form in page.context["more"].forms if form.errors]
    assert set(form.errors) == {"issuer", "pages"}
    assert "Penerbit Akta pendirian" in page.content.decode()


def test_papers_may_all_follow_later(sign_in, draft):
    response = sign_in(draft.user).post(
        identity(draft.partnership), known(draft.partner)
    )

    assert response.status_code == 302


def test_a_paper_of_tomorrow_is_refused(sign_in, draft, pdf):
    tomorrow = draft.partnership.office.today + timedelta(days=1)
    sent = answers(deed(), issued_on=f"{tomorrow:%d-%m-%Y}", pages=[pdf()])

    page = sign_in(draft.user).post(
        identity(draft.partnership), {**known(draft.partner), **sent}
    )

    assert "masa depan" in page.content.decode()
    assert not LegalPaper.objects.exists()


def test_a_number_that_is_asked_above_is_not_asked_for_twice(sign_in, draft, pdf):
    decree = RequiredPaper.objects.get(name="SK AHU")
    sent = answers(decree) | known(draft.partner)
    del sent[f"paper{decree.pk}-number"]
    pages = f"paper{decree.pk}-pages"
    client = sign_in(draft.user)

    sent[pages] = [pdf()]
    refused = client.post(identity(draft.partnership), sent).content.decode()
    sent |= {pages: [pdf()], "registration_number": "AHU-77"}
    client.post(identity(draft.partnership), sent)

    assert "Isi dahulu nomornya pada isian “Nomor SK AHU” di atas" in refused
    assert LegalPaper.objects.get().number == "AHU-77"


def test_a_partner_that_renews_a_paper_begins_with_its_number(sign_in):
    row = RepresentativeFactory(
        partner__kind=PartnerKindFactory(code="foundation"),
        partner__status="active",
        partner__registration_number="AHU-77",
    )

    page = sign_in(row.user).get(identity(row.partnership))

    numbers = [form["number"].value() for form in page.context["more"].forms]
    assert numbers == [None, "AHU-77"]


def test_a_draft_keeps_only_the_newer_paper(draft):
    for number in ("1", "2"):
        registration.hand_in(
            draft.partnership,
            LegalPaper(
                required=deed(), number=number, issuer="Notaris Uji", issued_on=DAY
            ),
            [DocumentFactory(owner=None, uploaded_by=draft.user)],
            by=draft.user,
        )

    assert [paper.number for paper in LegalPaper.objects.all()] == ["2"]
    assert draft.partnership.papers.count() == 1


def test_a_partner_that_was_approved_renews_a_paper_and_the_unit_is_told(sign_in, pdf):
    row = RepresentativeFactory(
        partner__kind=PartnerKindFactory(code="foundation"), partner__status="active"
    )
    operator = person(Role.UNIT_OPERATOR, row.partnership.office)
    LegalPaperFactory(partnership=row.partnership, required=deed())

    sign_in(row.user).post(
        identity(row.partnership),
        {"address": "Jalan Uji 1", **answers(deed(), pages=[pdf()])},
    )

    assert row.partnership.legal_papers.count() == 2
    assert Notice.objects.filter(user=operator, title__contains="Akta").exists()


def test_while_it_is_examined_no_paper_comes_in(draft):
    Partnership.objects.update(status=Status.VERIFYING)

    with pytest.raises(ValidationError, match="tidak dapat Anda ubah"):
        registration.hand_in(
            draft.partnership, LegalPaper(required=deed()), [], by=draft.user
        )


def test_a_paper_taken_back_is_gone_with_its_file(sign_in, draft):
    paper = LegalPaperFactory(partnership=draft.partnership, required=deed())

    sign_in(draft.user).post(
        reverse("partners:remove_paper", args=[draft.partnership.pk, paper.document_id])
    )

    assert not LegalPaper.objects.exists()
    assert draft.partnership.papers.count() == 0


def test_another_kind_keeps_the_files_and_asks_for_its_own_papers(draft):
    LegalPaperFactory(partnership=draft.partnership, required=deed())
    draft.partnership.partner.kind = PartnerKindFactory(code="media")

    registration.edit(draft.partnership, revision=0, changed=["kind"], by=draft.user)

    assert not LegalPaper.objects.exists()
    assert draft.partnership.papers.count() == 1


def test_a_partner_without_the_paper_is_not_approved():
    partnership = PartnershipFactory(
        kind=PartnerKindFactory(code="foundation"), status=Status.VERIFYING
    )

    with pytest.raises(ValidationError, match="Akta pendirian"):
        vetting.approve(partnership, by=person(Role.UNIT_HEAD, partnership.office))


def test_the_unit_reads_what_is_there_and_what_is_missing(sign_in):
    partnership = PartnershipFactory(
        kind=PartnerKindFactory(code="foundation"), status=Status.SUBMITTED
    )
    LegalPaperFactory(partnership=partnership, required=deed(), number="12/2024")
    client = sign_in(person(Role.UNIT_OPERATOR, partnership.office))

    record = client.get(partnership.get_absolute_url()).content.decode()
    review = client.get(
        reverse("partners:verify", args=[partnership.pk])
    ).content.decode()

    for page in (record, review):
        assert "nomor 12/2024, Notaris Uji, 5 Januari 2024" in page
        assert "Diperlukan sebelum menandatangani kerja sama" in page

"""A paper of what was declared, shown on a kind that exists for these tests alone."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from agreements.models import Agreement
from pokmas.accounts.roles import Role
from pokmas.documents.models import IssuedDocument
from pokmas.jobs import services as jobs
from pokmas.papers import services
from pokmas.papers.declared import DeclarationPaper, Declared, Statement
from pokmas.papers.kinds import PAPERS, panel_of
from pokmas.papers.tasks import make
from tests.factories import AgreementFactory, person
from tests.pokmas.papers.reading import text_of_pdf

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.printing,
    pytest.mark.usefixtures("storage"),
]
Status = IssuedDocument.Status


class Pledge(DeclarationPaper):
    """All that such a kind has to say."""

    kind = "tests.pledge"
    label = "Pernyataan uji"
    title = "Pernyataan uji"
    model = Agreement
    asked = "agreement.extracted"
    ready = "Pernyataan siap: %(name)s"

    def revision(self, agreement):
        return int(agreement.partner_number or 0)

    def said(self, agreement):
        return Declared(
            holder=agreement.partner.name,
            by=["Maria Uji", "Ketua"],
            at=datetime(2026, 3, 2, 1, 30, tzinfo=UTC),
            statements=[
                Statement("Pakta", "Baris satu\nBaris dua", date(2026, 1, 1), "Setuju")
            ],
            about=[("Nomor pendaftaran", ["7KQM-2XVD-9TRB"])],
            number="7KQM-2XVD-9TRB",
        )


@pytest.fixture(autouse=True)
def _kind_of_tests(monkeypatch):
    monkeypatch.setitem(PAPERS, Pledge.kind, Pledge())
    handler = jobs.Handler(make, "pdf", Pledge.label)
    monkeypatch.setitem(jobs.HANDLERS, Pledge.kind, handler)


def made(agreement):
    by = person(Role.UNIT_OPERATOR, agreement.office)
    issued = services.ask(Pledge.kind, agreement, by=by)
    jobs.run(issued.job_id)
    issued.refresh_from_db()
    return issued


def declares_again(agreement, number):
    agreement.partner_number = number
    agreement.save(update_fields=["partner_number"])


def test_the_paper_says_what_was_answered_by_whom_and_when():
    agreement = AgreementFactory(partner_number="1", partner__name="Yayasan Uji")

    issued = made(agreement)

    with issued.file.open() as file:
        text = text_of_pdf(file.read(), issued)
    for words in (
        "PernyataanujiYayasanUji",
        "Nomorpendaftaran7KQM-2XVD-9TRB",
        "DinyatakanolehMariaUjiKetua",
        "2Maret2026",
        "PaktaBarissatuBarisdua",
        "JawabanSetuju",
        "Naskahberlakusejak1Januari2026",
    ):
        assert words in text
    assert (issued.status, issued.holder) == (Status.VALID, "Yayasan Uji")
    assert issued.word.name == ""
    assert (issued.title, issued.number) == (
        "Pernyataan uji: Yayasan Uji",
        "7KQM-2XVD-9TRB",
    )


def test_a_change_of_the_record_asks_for_no_other_paper():
    agreement = AgreementFactory(partner_number="1")
    issued = made(agreement)
    agreement.save_edit(agreement.revision, ["form"])

    panel = panel_of(PAPERS[Pledge.kind], agreement)

    assert (panel.issued, panel.may_ask) == (issued, False)
    assert made(agreement) == issued


def test_declaring_again_replaces_the_paper():
    agreement = AgreementFactory(partner_number="1")
    first = made(agreement)
    declares_again(agreement, "2")

    second = made(agreement)

    first.refresh_from_db()
    assert (first.status, second.status) == (Status.REPLACED, Status.VALID)


def test_without_a_declaration_there_is_no_paper():
    with pytest.raises(ValidationError, match="Belum ada yang dinyatakan"):
        made(AgreementFactory(partner_number=""))

"""Each kind of paper that any room makes: its PDF, its Word file, what both need."""

import io
import re

import pypdf
import pytest

from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from pokmas.jobs.models import Job
from pokmas.papers import printing
from pokmas.papers.declared import DeclarationPaper
from pokmas.papers.kinds import PAPERS
from pokmas.papers.word import word_of
from pokmas.server.rooms import collect
from tests.factories import RegencyFactory
from tests.house import rooms
from tests.pokmas.papers.reading import (
    faults_of_word,
    text_of_pdf,
    text_of_word,
    without_heads,
)

pytestmark = [pytest.mark.django_db, pytest.mark.printing]
collect("papers")
# What breaks papers: a word without end, marks of Word's own, signs of HTML, much text.
HARD = (
    f"{'Kemasyarakatan' * 9:.120} بسملة ✓ selesai • butir \uf0b7 Word \x0b"
    + "<b>& “kutip” dan seterusnya "
    + "dan seterusnya sampai halaman berikutnya " * 40
)


@pytest.fixture
def made(request, world):
    """The content, PDF and Word file of a kind on paper of a size."""
    kind, size = request.param
    world.unit.regency = RegencyFactory(code="53.71", name="Kota Kupang")
    world.unit.paper_size = size
    world.unit.head_name, world.unit.head_nip = "Maria Uji", "198001012005011001"
    world.unit.save()
    owner = rooms.PAPERS[kind](world, HARD)
    paper = PAPERS[kind]
    issued = documents.issue(
        kind=kind,
        office=world.unit,
        owner=owner,
        is_draft=paper.is_draft,
        **vars(paper.identity(owner)),
    )
    by = world.people[Role.UNIT_OPERATOR]
    issued.job = Job(kind=kind, requested_by=by, assignment=by.acting)
    with printing.as_printed(world.unit):
        content = paper.content(paper.rows().get(pk=owner.pk), issued)
        pdf = printing.pdf_of(content, issued, made_by=None).content
        return issued, content, pdf, word_of(content, issued)


def on(*sizes):
    pairs = [(kind, size) for kind in sorted(PAPERS) for size in sizes]
    return pytest.mark.parametrize("made", pairs, indirect=True, ids=str)


def test_every_kind_of_paper_is_tried():
    assert set(PAPERS) - set(rooms.PAPERS) == set()


def test_whoever_asked_for_a_paper_can_be_told_of_what_it_is_about():
    models = {paper.model for paper in PAPERS.values()}
    asked = {(model, name) for model in models for name in ("reason", "revision")}
    assert {(model, name) for model, name in asked if not hasattr(model, name)} == set()


@on("A4", "F4")
def test_both_files_say_the_same_and_each_page_of_the_pdf_what_it_is(made):
    issued, content, pdf, word = made

    in_pdf = text_of_pdf(pdf, issued, content.pictures)

    assert faults_of_word(word) == []
    texts = [text_of_word(word), in_pdf]
    assert len({without_heads(text, content) for text in texts}) == 1
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    if PAPERS[issued.kind].is_clean:
        assert [text for text in pages if "konsep" in text.lower()] == []
        assert issued.code not in "".join(pages)
    elif PAPERS[issued.kind].is_draft:
        assert issued.code.encode() not in pdf
        each_page_says_that_it_is_a_draft(pages, issued)
    else:
        each_page_says_what_it_belongs_to(pages, issued)


def each_page_says_that_it_is_a_draft(pages, issued):
    """And none how to check it."""
    assert [text for text in pages if "KONSEP" not in text] == []
    assert issued.code not in "".join(pages)
    assert "Periksa keaslian" not in " ".join(pages)


def each_page_says_what_it_belongs_to(pages, issued):
    """And the last one how to check it."""
    pages = [re.sub(r"\s+", " ", text) for text in pages]
    numbers = [f"Halaman {n} dari {len(pages)}" for n in range(1, len(pages) + 1)]
    lacking = [
        number
        for number, text in zip(numbers, pages, strict=True)
        if number not in text or f"Kode {issued.code}" not in text
    ]
    assert lacking == []
    assert "Periksa keaslian dokumen ini" in pages[-1]
    whole = " ".join(pages)
    # What somebody declared names him, and no officer.
    has_officer = not isinstance(PAPERS[issued.kind], DeclarationPaper)
    assert ("NIP 19800101 200501 1 001" in whole, "Kota Kupang, " in whole) == (
        has_officer,
        False,
    )

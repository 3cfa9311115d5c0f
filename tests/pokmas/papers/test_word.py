"""The Word file of a paper: the text of its PDF, and nothing a text could break."""

import io
import shutil
import subprocess
from datetime import date

import docx
import pypdfium2
import pytest
from django.urls import reverse
from docx.oxml.ns import qn

from pokmas import charts
from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from pokmas.papers import printing
from pokmas.papers.blocks import (
    Cell,
    Column,
    Content,
    Facts,
    Heading,
    Items,
    Letter,
    Paragraph,
    Photo,
    Photos,
    Picture,
    Signature,
    Table,
    Title,
)
from pokmas.papers.word import word_of
from tests.factories import UnitFactory, UserFactory, person
from tests.pokmas.documents import corpus
from tests.pokmas.documents.attacks import INJECTIONS
from tests.pokmas.documents.corpus import upload
from tests.pokmas.documents.factories import IssuedDocumentFactory
from tests.pokmas.papers.reading import faults_of_word, text_of_pdf, text_of_word

pytestmark = [pytest.mark.django_db, pytest.mark.printing]
COLUMNS = [Column("No.", "order"), Column("Kegiatan"), Column("Tanggal", "date")]
SIGNATURE = Signature(
    place="Kupang",
    day=date(2026, 11, 2),
    on_behalf="Kepala Kantor Wilayah",
    position="Kepala Bapas",
    name="Maria Uji, S.H.",
    nip="198001012005011001",
    copies=["Direktur Jenderal", "Arsip"],
)


def issued(**office):
    more = {"address": "Jalan Uji 1, Kupang", "phone": "+62380123456"} | office
    return IssuedDocumentFactory(
        office=UnitFactory(**more), title="Laporan uji", period="Oktober 2026"
    )


def everything() -> Content:
    """A paper with each block there is."""
    photo = documents.store(upload("a.jpg", corpus.jpeg()), by=UserFactory())
    rows = [["1", Cell("Penyuluhan", "Hukum · Aula"), "02-11-2026"]]
    letter = Letter(
        number="WP.22.PAS.2-HK.01.05-7",
        subject="Laporan",
        place="Kupang",
        day=date(2026, 11, 2),
        to=["Kepala Kanwil", "di Kupang"],
    )
    chart = charts.bar("Menurut bidang", [("Hukum", 3), ("Kesehatan", 5)])
    return Content(
        [
            letter,
            Title("Laporan Uji", ["Bapas Uji", "Oktober 2026"]),
            Heading("Bab"),
            Paragraph("Baris satu\nbaris dua"),
            Heading("Bagian", 3),
            Paragraph("Catatan", "quiet"),
            Facts([("Nomor", ["1"]), ("Para pihak", ["Bapas Uji", "Yayasan Uji"])]),
            Items(["butir satu", "butir dua"]),
            Items(["langkah satu", "langkah dua"], numbered=True),
            Table(COLUMNS, rows, head=1, caption="Daftar"),
            Picture.of(chart),
            Photos([Photo(f"Foto {n}", photo) for n in range(3)]),
            Table(COLUMNS, rows * 2, head=1, rows_are="kegiatan"),
            SIGNATURE,
            Table(COLUMNS, rows * 3, head=1, rows_are="mitra"),
        ],
        annex_lines=["Bapas Uji"],
        longest=len(rows),
    )


def pdf_of(content, paper):
    with printing.as_printed(paper.office):
        return printing.pdf_of(content, paper, made_by=None).content


def words_of(element):
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def word_text(*blocks):
    return text_of_word(word_of(Content(blocks), issued()))


def test_the_word_file_says_what_the_pdf_says_in_the_same_order():
    paper, content = issued(), everything()

    word = word_of(content, paper)

    assert text_of_word(word) == text_of_pdf(
        pdf_of(content, paper), paper, content.pictures
    )


def test_a_word_file_has_nothing_to_repair():
    word = word_of(everything(), issued())

    assert faults_of_word(word) == []


def test_libreoffice_opens_the_word_file_and_prints_it(tmp_path):
    """Where it is installed; elsewhere the file is at least opened and read."""
    word = word_of(everything(), issued())
    path = tmp_path / "surat.docx"
    path.write_bytes(word)

    if office := shutil.which("soffice"):
        order = [office, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
        home = f"-env:UserInstallation=file://{tmp_path}/profile"
        subprocess.run([*order, home, str(path)], check=True, capture_output=True)
        pages = pypdfium2.PdfDocument(tmp_path / "surat.pdf")
        text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    else:
        text = "".join(each.text for each in docx.Document(path).paragraphs)

    assert "Laporan Uji" in text


@pytest.mark.parametrize(
    "text",
    [
        *INJECTIONS[:12],
        "<w:p/></w:t></w:r>",
        "]]>&amp;<!--",
        "{{ 7 * 7 }} {% now %}",
        "بسملة ✓ •",
        "Panjang" * 43,
    ],
)
def test_whatever_is_typed_stays_text(text):
    blocks = [
        Title(text, [text]),
        Heading(text),
        Paragraph(text),
        Facts([(text, [text])]),
        Table([Column(text)], [[Cell(text, text)]], caption=text),
        Signature(position=text, name=text),
    ]

    assert word_text(*blocks).count("".join(text.split())) >= 10


def test_marks_of_word_and_unseen_characters_are_printed_as_common_ones():
    assert word_text(Paragraph("\uf0b7 satu\x0b\x01dua")).endswith("•satudua")


def test_a_variable_of_another_system_stays_whole_in_one_run():
    word = word_of(
        Content([Paragraph("Nomor ${nomor_naskah} tanggal ${tanggal_naskah}")]),
        issued(),
    )

    runs = docx.Document(io.BytesIO(word)).element.body.iter(qn("w:r"))
    whole = [words_of(run) for run in runs]
    assert "Nomor ${nomor_naskah} tanggal ${tanggal_naskah}" in whole


@pytest.mark.parametrize(
    "last", [Paragraph("Demikian."), Table([Column("Kegiatan")], [["Penyuluhan"]])]
)
@pytest.mark.parametrize("few", [[], [Facts([("Disusun oleh", ["Maria Uji"])])]])
def test_the_signature_takes_the_end_of_the_text_with_it(last, few):
    word = word_of(Content([Heading("Bab"), last, *few, SIGNATURE]), issued())

    paragraphs = docx.Document(io.BytesIO(word)).element.body.iter(qn("w:p"))
    kept = {
        words_of(each)
        for each in paragraphs
        if each.pPr is not None and each.pPr.find(qn("w:keepNext")) is not None
    }
    end = "Demikian." if isinstance(last, Paragraph) else "Penyuluhan"
    assert {end, "Kupang, 2 November 2026", "Maria Uji, S.H."} <= kept


@pytest.mark.parametrize(("size", "sides"), [("A4", [210, 297]), ("F4", [215, 330])])
def test_both_files_have_the_paper_of_the_office(size, sides):
    paper = issued(paper_size=size)
    content = Content([Title("Laporan")])

    page = pypdfium2.PdfDocument(pdf_of(content, paper))[0]
    section = docx.Document(io.BytesIO(word_of(content, paper))).sections[0]

    assert [round(side * 25.4 / 72) for side in page.get_size()] == sides
    measures = (section.page_width, section.page_height)
    assert [round(side.mm) for side in measures] == sides


@pytest.mark.parametrize("lines", range(22, 46, 3))
def test_a_signature_never_stands_alone_on_a_page(lines):
    """Nor with nothing but who wrote it."""
    paper = issued()
    few = [Facts([("Disusun oleh", ["Maria Uji"])])] if lines % 2 else []
    content = Content([Paragraph("Kata penutup. " * lines * 7), *few, SIGNATURE])

    pages = pypdfium2.PdfDocument(pdf_of(content, paper))

    texts = [page.get_textpage().get_text_bounded() for page in pages]
    (signed,) = [text for text in texts if "a.n. Kepala" in text]
    assert ("Kata penutup." in signed, "Arsip" in signed) == (True, True)


def test_a_word_file_has_no_code_and_says_which_file_is_the_original():
    paper = issued()

    word = docx.Document(io.BytesIO(word_of(everything(), paper)))

    foot = word.sections[0].footer.paragraphs[0].text
    assert "Naskah aslinya PDF" in foot
    assert paper.code not in word.element.xml + foot


def test_whoever_sees_the_owner_downloads_the_word_file_and_nobody_else(sign_in):
    paper = issued()
    documents.seal(paper, b"%PDF-1.7 uji", 1, word=b"PK uji")
    url = reverse("documents:word", args=[paper.code])

    own = sign_in(person(Role.UNIT_OPERATOR, paper.office)).get(url)
    other = sign_in(person(Role.UNIT_OPERATOR)).get(url)

    assert b"".join(own.streaming_content) == b"PK uji"
    assert own["Content-Disposition"].startswith("attachment")
    assert other.status_code == 404


def test_a_paper_without_a_word_file_offers_none(sign_in):
    paper = issued()
    documents.seal(paper, b"%PDF-1.7 uji", 1)

    answer = sign_in(person(Role.UNIT_OPERATOR, paper.office)).get(
        reverse("documents:word", args=[paper.code])
    )

    assert answer.status_code == 404

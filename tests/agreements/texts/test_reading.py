"""What is read in a Word file that the portal made and somebody edited."""

import io
from datetime import date

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.models import Agreement, Clause, Party
from agreements.texts.articles import Article, Line, Text, plain
from agreements.texts.compare import compared, differing, kinship
from agreements.texts.composing import composed
from agreements.texts.fields import topic_of
from agreements.texts.reading import text_in
from tests.agreements.texts.files import (
    Edited,
    reading_of,
    runs_with,
    what_it_says,
    word_file,
)
from tests.factories import AgreementFactory

pytestmark = pytest.mark.usefixtures("emblem")
DAY = date(2026, 11, 29)
VARIABLES = ("${nomor_naskah}", "${tanggal_naskah}", "${ttd_pengirim}")
TEXT = Text(
    (
        Line("PERJANJIAN KERJA SAMA", is_centred=True),
        Line("NOMOR: ${nomor_naskah}", is_centred=True),
        Line("1. Kepala Uji, bertindak atas nama Bapas Uji;"),
    ),
    (
        Article("1", "MAKSUD", ("Maksud perjanjian ini adalah pelatihan menjahit.",)),
        Article(
            "2",
            "RUANG LINGKUP",
            (
                "(1) Ruang lingkup perjanjian ini meliputi:",
                "a. pelatihan menjahit bagi klien;",
                "b. pendampingan usaha kecil.",
                "(2) Kegiatan diadakan di bengkel kerja unit.",
            ),
        ),
        Article("3", "BIAYA", ("Biaya ditanggung para pihak menurut bagiannya.",)),
        Article("4", "PENUTUP", ("Perjanjian ini dibuat dalam dua rangkap.",)),
    ),
    (
        ("PIHAK KESATU", "Kepala Bapas Uji,", "${ttd_pengirim}", "Kepala Uji"),
        ("PIHAK KEDUA", "Ketua,", "Meterai Rp10.000", "Maria Uji"),
    ),
)
WORDS = st.text("abcdefghij<>&“” .,;$", min_size=1, max_size=60).map(plain)
SENTENCES = WORDS.filter(bool).map(lambda words: f"Kata {words}")
TEXTS = st.builds(
    Text,
    st.lists(st.builds(Line, SENTENCES, st.booleans()), max_size=3).map(tuple),
    st.lists(st.tuples(SENTENCES, st.lists(SENTENCES, max_size=4)), max_size=4).map(
        lambda rows: tuple(
            Article(str(number), heading.upper(), tuple(lines))
            for number, (heading, lines) in enumerate(rows, start=1)
        )
    ),
)


def changed(content: bytes, before: Text = TEXT) -> list[str]:
    return list(map(str, differing(compared(before, what_it_says(content)))))


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=TEXTS)
def test_what_was_made_is_read_as_it_was_said(text):
    assert what_it_says(word_file(text)) == text


@pytest.mark.django_db
def test_a_text_made_from_records_is_read_as_it_was_said():
    text = composed(AgreementFactory(subject="1. Menjahit\n2. Memasak"), DAY)

    assert what_it_says(word_file(text)) == text
    assert what_it_says(Edited(word_file(text)).torn().saved()) == text


def test_words_torn_into_runs_change_nothing():
    assert changed(Edited(word_file(TEXT)).torn().saved()) == []


def test_exactly_the_pasal_are_named_that_somebody_changed():
    edited = Edited(word_file(TEXT))
    edited.replace("pelatihan menjahit bagi klien", "pelatihan memasak bagi klien")
    edited.replace("Biaya ditanggung para pihak", "Biaya ditanggung Pihak Kedua")

    assert changed(edited.torn().saved()) == [
        "Pasal 2 (diubah)",
        "Pasal 3 (diubah)",
    ]


def test_a_pasal_put_in_moves_the_others_and_is_the_only_new_one():
    edited = Edited(word_file(TEXT))
    edited.replace("Pasal 4", "Pasal 5").replace("Pasal 3", "Pasal 4")
    last = "(2)"
    edited.add_after(last, "Peserta wajib mematuhi tata tertib bengkel kerja.")
    paragraph = edited.paragraph("Peserta wajib")
    heading = docx.text.paragraph.Paragraph(paragraph, edited.document)
    heading.insert_paragraph_before("Pasal 3").alignment = 1
    heading.insert_paragraph_before("TATA TERTIB").alignment = 1

    assert changed(edited.saved()) == [
        "Pasal 3 (baru)",
        "Pasal 4 (dahulu Pasal 3)",
        "Pasal 5 (dahulu Pasal 4)",
    ]


def test_a_pasal_that_moves_is_named_and_what_it_passes_is_too():
    edited = Edited(word_file(TEXT))
    paragraphs = [edited.paragraph(each) for each in ("Pasal 3", "BIAYA", "Biaya d")]
    for paragraph in paragraphs:
        edited.paragraph("Pasal 2").addprevious(paragraph)
    edited.replace("Pasal 2", "Pasal X").replace("Pasal 3", "Pasal 2")
    edited.replace("Pasal X", "Pasal 3")

    assert changed(edited.torn().saved()) == [
        "Pasal 2 (dahulu Pasal 3)",
        "Pasal 3 (dahulu Pasal 2)",
    ]


def test_a_pasal_of_another_number_says_the_same():
    edited = Edited(word_file(TEXT)).replace("Pasal 4", "Pasal 5")

    assert changed(edited.torn().saved()) == ["Pasal 5 (dahulu Pasal 4)"]


def test_a_pasal_taken_out_is_gone_and_the_next_one_moves_up():
    edited = Edited(word_file(TEXT))
    edited.drop("Pasal 3", "BIAYA", "Biaya ditanggung").replace("Pasal 4", "Pasal 3")

    assert changed(edited.saved()) == [
        "Pasal 3 (dihapus)",
        "Pasal 3 (dahulu Pasal 4)",
    ]


def test_pasal_and_ayat_numbered_by_lists_of_word_are_read_with_their_numbers():
    document = docx.Document()
    numbers = document.part.numbering_part.element
    numbers.insert(0, _list(document, "Pasal %1", "(%2)", "%3."))
    number = numbers.add_num(77)
    for level, words in [
        *((0, ""), (None, "RUANG LINGKUP"), (1, "Meliputi:"), (2, "satu;")),
        *((2, "dua."), (1, "Kegiatan di unit."), (0, ""), (None, "PENUTUP")),
        (1, "Selesai."),
    ]:
        paragraph = document.add_paragraph(words)
        if level is None:
            paragraph.alignment = 1
        else:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_numId().val = number.numId
            properties.get_or_add_ilvl().val = level
    edited = Edited.__new__(Edited)
    edited.document = document

    assert what_it_says(edited.saved()).articles == (
        Article(
            "1",
            "RUANG LINGKUP",
            ("(1) Meliputi:", "a. satu;", "b. dua.", "(2) Kegiatan di unit."),
        ),
        Article("2", "PENUTUP", ("(1) Selesai.",)),
    )


def _list(document, *texts):
    forms = ("decimal", "decimal", "lowerLetter")
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (text, form) in enumerate(zip(texts, forms, strict=True))
    )
    return parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'
    )


def test_tracked_changes_are_read_as_accepted_and_counted_with_comments():
    edited = Edited(word_file(TEXT)).tracked("bengkel", "aula")
    edited.commented("Biaya ditanggung", "Mohon ditinjau")

    found = reading_of(edited.saved())

    assert (found.tracked, found.comments) == (2, 1)
    assert found.authors == ("Siti Andaian", "Budi Contoh")
    lines = text_in(found.pieces).articles[1].lines
    assert lines[-1] == "(2) Kegiatan diadakan di aula kerja unit."


def test_each_variable_of_srikandi_stands_whole_in_one_run():
    content = word_file(TEXT)

    assert runs_with(content, "$") == ["NOMOR: ${nomor_naskah}", "${ttd_pengirim}"]


@pytest.mark.django_db
def test_a_made_text_holds_the_variables_that_srikandi_fills_in():
    runs = runs_with(word_file(composed(AgreementFactory(), DAY)), "${")

    assert [[each for each in VARIABLES if each in run] for run in runs] == [
        [each] for each in VARIABLES
    ]


def odd(*paragraphs, box=None, cell=None) -> bytes:
    """A file of other hands; `box` and `cell` stand in a box and in a table."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words).alignment = 1
    if box:
        shape = f"<w:txbxContent {nsdecls('w')}>{paragraph(box)}</w:txbxContent>"
        run = document.add_paragraph().add_run()._r
        picture = OxmlElement("w:pict")
        picture.append(parse_xml(shape))
        run.append(picture)
    if cell:
        document.add_table(1, 1).cell(0, 0).text = cell
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def paragraph(words):
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def numbers(content: bytes) -> list[str]:
    return [article.number for article in what_it_says(content).articles]


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("Pasal 5A", "5A"),
        ("PASAL 5 a.", "5A"),
        ("Pasal IV", "IV"),
        ("pasal xii:", "XII"),
        ("\u200fPasal\u200e\u00a07\u202c", "7"),
        ("P\u00adasal\u200b 7\ufeff", "7"),
        ("Pasal 999", "999"),
        ("Pasal 1000", None),
        ("Pasal VI ayat (2) berlaku juga di sini.", None),
        ("Pasal", None),
    ],
)
def test_a_pasal_is_known_by_its_heading_however_it_is_written(heading, number):
    expected = ["1", number] if number else ["1"]

    assert numbers(odd("Pasal 1", "Satu.", heading, "Dua.")) == expected


def test_a_pasal_in_a_table_or_a_box_is_one_and_comes_once():
    content = odd("Pasal 1", "Satu.", box="Pasal 2", cell="Pasal 3")

    assert numbers(content) == ["1", "2", "3"]


def test_of_two_pasal_with_one_number_each_is_compared_with_its_own():
    before = what_it_says(
        odd("Pasal 1", "Satu sama.", "Pasal 1", "Dua belas kegiatan.")
    )
    after = odd("Pasal 1", "Satu sama.", "Pasal 1", "Dua belas pelatihan.")

    assert [article.number for article in before.articles] == ["1", "1"]
    assert changed(after, before) == ["Pasal 1 (diubah)"]


def test_ten_thousand_paragraphs_are_too_many():
    document = docx.Document()
    body = document.element.body
    for _time in range(10_000):
        body.insert(0, OxmlElement("w:p"))
        body[0].append(OxmlElement("w:r"))
        body[0][0].append(OxmlElement("w:t"))
        body[0][0][0].text = "Isi"
    output = io.BytesIO()
    document.save(output)

    assert text_in(reading_of(output.getvalue()).pieces) is None


@pytest.mark.django_db
def test_each_party_is_introduced_and_signs():
    agreement = AgreementFactory(partner_authority="Akta Nomor 7")
    Party.objects.create(
        agreement=agreement,
        order=3,
        name="Dinas Sosial Uji",
        representative="Budi Uji",
        position="Kepala Dinas",
    )

    text = composed(agreement, DAY)

    lead = [line.text for line in text.lead]
    headings = [article.heading for article in text.articles]
    assert [cell[0] for cell in text.tail] == [
        *("PIHAK KESATU", "PIHAK KEDUA", "PIHAK KETIGA")
    ]
    assert "DINAS SOSIAL UJI" in lead
    assert any("berdasarkan Akta Nomor 7" in line for line in lead)
    assert "HAK DAN KEWAJIBAN PIHAK LAINNYA" in headings
    assert what_it_says(word_file(text)) == text


@pytest.mark.django_db
def test_clauses_hold_by_day_condition_and_kind():
    agreement = AgreementFactory(kind="mou")
    Clause.objects.filter(heading="Perubahan").update(valid_until=date(2026, 1, 1))

    headings = [each.heading for each in composed(agreement, DAY).articles]

    assert "PERUBAHAN" not in headings
    assert "HAK DAN KEWAJIBAN PIHAK KESATU" not in headings
    assert "PELINDUNGAN ANAK" not in headings


def test_another_text_is_no_kin():
    other = Text((), (Article("1", "LAIN", ("Sesuatu yang sama sekali berbeda.",)),))

    assert (kinship(TEXT, TEXT), kinship(TEXT, other)) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("PKS Pelatihan Menjahit", "Pelatihan Menjahit"),
        ("Perjanjian Kerja Sama (PKS) tentang pelatihan", "Pelatihan"),
        ("PKS antara Bapas dan Yayasan tentang Pelatihan", "Pelatihan"),
        ("Adendum 1 atas PKS Pelatihan", "Pelatihan"),
        ("Nota Kesepahaman dengan Yayasan", "Nota Kesepahaman dengan Yayasan"),
        ("PKSU Mandiri", "PKSU Mandiri"),
        ("PKS", "PKS"),
    ],
)
def test_the_kind_is_said_once(title, topic):
    assert topic_of(Agreement(title=title)) == topic

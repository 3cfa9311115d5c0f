"""A Word file of an office's own: what keeps it from use, and how it is filled."""

import io
import zipfile

import docx
import pytest
from django.core.exceptions import ValidationError
from docx.oxml.ns import qn

from pokmas.papers import srikandi, templates
from tests.pokmas.documents.attacks import INJECTIONS

FIELDS = {"nama", "isi"}
OF_ROWS = {"anggota.nama"}


def word(*paragraphs, rows=(), header="", footer=""):
    """A file whose paragraphs are texts, or lists of runs."""
    document = docx.Document()
    for each in paragraphs:
        paragraph = document.add_paragraph()
        for run in [each] if isinstance(each, str) else each:
            paragraph.add_run(run)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for cells in rows:
            for cell, text in zip(table.add_row().cells, cells, strict=True):
                cell.text = text
    document.sections[0].header.paragraphs[0].text = header
    document.sections[0].footer.paragraphs[0].text = footer
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def found(content):
    return [str(each) for each in templates.findings(content, FIELDS, OF_ROWS)]


def filled(content, rows=(), **values):
    return templates.filled(
        content,
        {"nama": "", "isi": "", **values},
        [{"anggota.nama": name} for name in rows],
        OF_ROWS,
    )


def texts(content):
    document = docx.Document(io.BytesIO(content))
    return [
        "".join(
            "\n" if piece.tag == qn("w:br") else piece.text or ""
            for piece in paragraph.iter(qn("w:t"), qn("w:br"))
        )
        for paragraph in document.element.body.iter(qn("w:p"))
    ]


def test_a_file_with_known_fields_has_nothing_against_it():
    content = word(
        "Tentang {{ nama }} dan {{isi}}",
        f"Nomor {srikandi.FILLED.number}",
        rows=[["No.", "Nama"], ["", "{{ anggota.nama }}"]],
        header="{{ nama }}",
    )

    assert found(content) == []


@pytest.mark.parametrize(
    ("paragraph", "message"),
    [
        ("{{ namaa }}", "Isian “{{ namaa }}” tidak dikenal."),
        ("{{ nama", "“{{” tidak ditutup dengan “}}”."),
        ("nama }}", "“}}” tidak dibuka dengan “{{”."),
        ("{% for x in y %}", "“{%” adalah perintah"),
        ("{# catatan #}", "“{#” adalah perintah"),
        ("{{ 7*7 }}", "“{{ 7*7 }}” bukan isian"),
        ("{{ nama|upper }}", "“{{ nama|upper }}” bukan isian"),
        ("{{ nama.__class__ }}", "tidak dikenal"),
        ("{{ nama['x'] }}", "bukan isian"),
        ("{{ anggota.nama }}", "hanya boleh di dalam baris tabel"),
        ("${nomor_surat}", "bukan variabel SRIKANDI"),
        ("${nomor_naskah", "bukan variabel SRIKANDI"),
        (["{{ na", "ma }}"], "“{{ nama }}” terpotong oleh Word"),
        (["{", "{ nama }}"], "“{{ nama }}” terpotong oleh Word"),
        (["${nomor", "_naskah}"], "“${nomor_naskah}” terpotong oleh Word"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(paragraph, message):
    [finding] = found(word("Pembuka", paragraph))

    assert finding.startswith("Isi, paragraf 2 (“")
    assert message in finding


def test_the_head_and_the_foot_of_a_page_are_looked_at_too():
    places = [
        each.place
        for each in templates.findings(
            word("Isi", header="{{ x }}", footer="{{ y }}"), FIELDS, OF_ROWS
        )
    ]

    assert [place.partition(",")[0] for place in places] == [
        "Kepala halaman",
        "Kaki halaman",
    ]


def test_all_that_is_wrong_is_said_at_once():
    assert len(found(word("{{ x }} {{ y }} {% z %}", "{{ 1 }}"))) == 4


def test_a_file_that_names_nothing_would_say_the_same_of_all():
    (finding,) = found(word("SK Kelompok Mandiri", srikandi.FILLED.number))

    assert "Tidak ada satu isian pun" in finding


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", word("x")[:500]])
def test_what_is_no_word_file_is_refused_in_words(content):
    with pytest.raises(ValidationError, match="tidak dapat dibaca"):
        templates.opened(content)


def test_a_file_that_unpacks_to_too_much_is_refused():
    output = io.BytesIO(word("x"))
    with zipfile.ZipFile(output, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/big.xml", b" " * (templates.MOST_XML + 1))

    with pytest.raises(ValidationError, match="terlalu besar"):
        templates.opened(output.getvalue())


def test_fields_are_filled_where_they_stand_and_the_rest_is_left():
    content = filled(
        word("Tentang {{ nama }}, nomor ${nomor_naskah}", header="{{ nama }}"),
        nama="Pokmas Uji",
    )

    assert texts(content) == ["Tentang Pokmas Uji, nomor ${nomor_naskah}"]
    section = docx.Document(io.BytesIO(content)).sections[0]
    assert section.header.paragraphs[0].text == "Pokmas Uji"


def test_lines_of_a_value_are_lines_in_word():
    assert texts(filled(word("{{ isi }}!"), isi="a\nb\nc")) == ["a\nb\nc!"]


@pytest.mark.parametrize("count", [0, 1, 5, 120])
def test_a_row_stands_again_for_each_of_the_list(count):
    content = word(rows=[["Nama"], ["{{ anggota.nama }} di {{ nama }}"], ["Akhir"]])
    names = [f"Yayasan {place}" for place in range(count)]

    said = [text for text in texts(filled(content, names, nama="X")) if text]

    expected = [f"{name} di X" for name in names]
    assert said[1:-1] == (expected or [" di X"])


@pytest.mark.parametrize(
    "text",
    [
        *INJECTIONS,
        "{{ nama }} {{ isi }} {{ 7*7 }}",
        "{% include '/etc/passwd' %}",
        "${nomor_naskah} ${x}",
        "{0.__class__.__mro__} %(nama)s",
        "]]>&amp;<!--<w:p/>",
        "Qur'an <script>alert(1)</script>",
    ],
)
def test_a_hostile_value_is_printed_as_it_is(text):
    content = word("{{ nama }}", rows=[["{{ anggota.nama }}"]])

    said = texts(filled(content, [text], nama=text, isi="RAHASIA"))

    plain = text.replace("\x00", "")
    assert said == [plain, plain]

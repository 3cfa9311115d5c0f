"""Files as officers hand them in: read in a confined process, or refused in words."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from pokmas.documents import sandbox
from pokmas.documents.inspection import LISTS, judged
from pokmas.imports import reader
from pokmas.imports.headings import Accepted, layout_of
from pokmas.imports.kinds import KINDS
from tests.pokmas.imports.workbooks import Formula, ods, xls, xlsx

HEAD = ["No", "Nama", "No. HP"]
ROW = [1, "Yayasan Kasih", "081234567890"]


@pytest.fixture
def read(tmp_path):
    """The rows of a file, as the reader writes them."""

    def _read(content):
        (tmp_path / "upload").write_bytes(content)
        kind = KINDS["partners"]
        wanted = {"names": kind.names, "learnt": {}, "needed": "name"}
        (tmp_path / "wanted.json").write_text(json.dumps(wanted))
        facts = sandbox.run(reader.__name__, str(tmp_path), seconds=reader.SECONDS)
        assert "refused" not in facts, facts
        lines = (tmp_path / "rows").read_text().splitlines()
        return facts, [json.loads(line) for line in lines]

    return _read


@pytest.mark.parametrize(
    "content",
    [
        b"No;Nama;No. HP\n1;Yayasan Kasih;081234567890\n",
        "\ufeffNo,Nama,No. HP\n1,Yayasan Kasih,081234567890\n".encode(),
        b"No\tNama\tNo. HP\r\n1\tYayasan Kasih\t081234567890\r\n",
        "No;Nama;No. HP\n1;Yayasan Kasih;081234567890\n".encode("utf-16"),
        b"sep=;\nNo;Nama;No. HP\n1;Yayasan Kasih;081234567890\n",
    ],
    ids=["semicolon", "comma and BOM", "tab", "utf-16", "sep"],
)
def test_text_is_read_with_any_sign_between(read, content):
    _facts, rows = read(content)

    assert rows[-2:] == [HEAD, ["1", "Yayasan Kasih", "081234567890"]]


def test_text_of_an_old_windows_is_read(read):
    _facts, rows = read("Nama;HP\nCafé – Kasih;0812\n".encode("cp1252"))

    assert rows[1] == ["Café – Kasih", "0812"]


def test_of_a_formula_its_value_is_read_and_its_text_never(read):
    _facts, rows = read(xlsx([HEAD, [Formula("1+1", 2.0), Formula("A1"), "=1+1"]]))
    _facts, text = read(b"No;Nama;HP\n1;=1+1;'=1+1\n")

    assert rows[1] == [2.0, "", "=1+1"]
    assert text[1] == ["1", {"formula": "=1+1"}, "=1+1"]


@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_day_is_told_apart_from_a_number(read, make):
    _facts, rows = read(make([HEAD, [46167, date(2026, 5, 25), "x"]]))

    assert rows[1] == [46167.0, {"day": "2026-05-25"}, "x"]


def test_a_list_that_begins_further_in_keeps_its_places(read):
    _facts, rows = read(xlsx([[], [None, "Nama"], [None, "Yayasan Kasih"]]))

    assert rows == [[], ["", "Nama"], ["", "Yayasan Kasih"]]


def test_a_cell_that_spans_rows_says_the_same_of_each(read):
    rows = [["DAFTAR"], ["No", "Nama", "Jenis"], [1, "A", "LSM"], [2, "B"], [3, "C"]]

    _facts, found = read(xlsx(rows, merged=["A1:C1", "C3:C4"]))

    assert [row[2:] for row in found] == [[], ["Jenis"], ["LSM"], ["LSM"], []]


def test_headings_of_two_rows_that_are_merged_are_read_as_one(read):
    rows = [
        ["No", "Nama lembaga", "Kontak"],
        [None, None, "No. HP", "Alamat"],
        [1, "A", "0812", "Jalan 1"],
    ]

    _facts, found = read(xlsx(rows, merged=["A1:A2", "B1:B2", "C1:D1"]))

    layout = layout_of(found, Accepted(KINDS["partners"].names), "name")
    assert (layout.last, layout.columns) == (
        1,
        {"no": 0, "name": 1, "phone": 2, "address": 3},
    )


def test_an_excel_of_1997_is_read(read):
    _facts, rows = read(xls())

    assert rows == [
        ["No", "Nama", "No. HP", "Mulai"],
        [1, "Yayasan Kasih", 81234567890, {"day": "2026-05-25"}],
    ]


def test_the_sheet_whose_headings_are_known_is_read(read):
    facts, rows = read(xlsx([HEAD, ROW], before=[("Sampul", [["Laporan", "2025"]])]))

    assert facts["sheet"] == "Mitra"
    assert rows[1] == [1.0, *ROW[1:]]


@pytest.fixture
def taken(tmp_path):
    """Of which kind a file is, as a form finds it."""

    def _taken(name, content):
        return judged(SimpleUploadedFile(name, content), LISTS, tmp_path).kind

    return _taken


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.xlsx", xlsx([HEAD, ROW]), "XLSX"),
        ("a.ods", ods([HEAD, ROW]), "ODS"),
        ("a.xls", xls(), "XLS"),
        ("a.csv", b"Nama;HP\nA;1\n", "CSV"),
        ("daftar", xlsx([HEAD, ROW]), "XLSX"),
    ],
    ids=["xlsx", "ods", "xls", "csv", "without an ending"],
)
def test_a_list_is_known_by_its_content(taken, name, content, kind):
    assert taken(name, content).label == kind


def bomb():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    return output.getvalue()


def docx():
    return _with_main_part("officedocument.wordprocessingml.document.main+xml")


def binary_workbook():
    return _with_main_part("ms-excel.sheet.binary.macroEnabled.main")


def slides():
    return _with_main_part("officedocument.presentationml.presentation.main+xml")


def _with_main_part(kind):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types><Override PartName="/x/main.xml" ContentType="application/vnd.'
            f'{kind}"/></Types>',
        )
    return output.getvalue()


def with_macros():
    output = io.BytesIO(xlsx([HEAD, ROW]))
    with zipfile.ZipFile(output, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return output.getvalue()


LOCKED = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("kosong.xlsx", b"", "kosong"),
        ("terkunci.xlsx", LOCKED, "kata sandi"),
        ("foto.xlsx", b"\xff\xd8\xff\xe0" + b"0" * 100, "bukan lembar kerja"),
        ("surat.xlsx", b"%PDF-1.7\n" + b"x" * 99, "bukan lembar kerja"),
        ("naskah.xlsx", docx(), "bukan daftar"),
        ("biner.xlsb", binary_workbook(), "dapat memuat makro"),
        ("salindia.xlsx", slides(), "bukan daftar"),
        ("makro.xlsx", with_macros(), "dapat memuat makro"),
        ("halaman.xls", b"<html><table></table></html>", "bukan daftar"),
        ("program.csv", b"MZ\0\0" + b"\0" * 100, "bukan lembar kerja"),
        ("acak.csv", bytes(range(256)) * 4, "bukan daftar"),
        ("bom.xlsx", bomb(), "membengkak"),
        ("sobek.xlsx", xlsx([HEAD, ROW])[:-30], "terpotong|rusak"),
        ("surat.docx", b"%PDF-1.4 ...", "tidak dapat diterima"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_list_is_refused_in_words(taken, name, content, words):
    with pytest.raises(ValidationError, match=words):
        taken(name, content)


def test_a_list_that_is_too_large_is_told_how_to_become_smaller(taken, settings):
    settings.MAX_UPLOAD_BYTES = 100

    with pytest.raises(ValidationError, match="bagi menjadi beberapa berkas"):
        taken("mitra.xlsx", xlsx([HEAD, ROW]))

"""Where a list begins and ends in a sheet, and which column is what."""

import pytest

from pokmas.imports.headings import Accepted, Body, layout_of, letter, tidy
from pokmas.imports.kinds import KINDS

NAMES = KINDS["partners"].names
TITLE = [["DAFTAR MITRA"], ["TAHUN 2025"], []]
PARTNERS = [[1, "Yayasan A", "Maria", "0812"], [2, "Yayasan B", "Yosef", "0813"]]


def layout(rows, learnt=None):
    return layout_of(rows, Accepted(NAMES, learnt or {}), "name")


def read(rows):
    found = layout(rows)
    body = Body(found, "name")
    return [row for _number, row in body.rows(rows)], body.passed


USUAL = "No|Nama lembaga/mitra|Bidang|Jenis|Penanggung jawab/Pimpinan|Alamat"
USUAL += "|No. HP/Telp|No. & tgl SK/PKS|Ket."
SHOUTED = "NO.|NAMA\nLEMBAGA / MITRA|bidang|JENIS|PENANGGUNG JAWAB|ALAMAT"
SHOUTED += "|NO HP / TELP.|NO & TGL. SK / PKS|KET"


@pytest.mark.parametrize("headings", [USUAL, SHOUTED])
def test_the_usual_headings_are_known_in_any_habit(headings):
    found = layout([*TITLE, headings.split("|"), *PARTNERS])

    assert found.last == 3
    assert sorted(found.columns, key=found.columns.get) == [
        *("no", "name", "fields", "kind", "leader_name", "address", "phone"),
    ]


@pytest.mark.parametrize("cell", ["?", "-", "…"])
def test_a_cell_without_words_is_no_heading(cell):
    found = layout([["Nama lembaga", "Entah"], ["Yayasan A", cell]])

    assert (found.last, found.columns) == (0, {"name": 0})


def test_headings_in_two_rows_are_read_as_one():
    rows = [
        ["No", "Mitra", None, "Kontak", None],
        [None, "Nama", "Jenis", "No. HP", "Alamat"],
        [1, "Yayasan A", "Yayasan", "0812", "Jalan 1"],
    ]

    found = layout(rows)

    assert found.last == 1
    assert found.columns == {"no": 0, "name": 1, "kind": 2, "phone": 3, "address": 4}


def test_a_title_right_above_the_headings_is_no_part_of_them():
    rows = [["REKAP"], ["No", "Nama", "Tlp kantor"], [1, "Yayasan A", "0812"]]

    assert layout(rows).titles == ["No", "Nama", "Tlp kantor"]


def test_what_stands_around_a_list_is_passed_over():
    rows = [
        *TITLE,
        ["No", "Nama", "Pimpinan", "No. HP"],
        ["(1)", "(2)", "(3)", "(4)"],
        *PARTNERS,
        ["JUMLAH", "2 mitra"],
        [],
        [None, None, "Kupang, 2 Januari 2026"],
        [None, "Mengetahui,", "Kepala Bapas"],
        [None, None, "NIP 19700101 199503 1 001"],
    ]

    found, passed = read(rows)

    assert found == PARTNERS
    assert [each.number for each in passed] == [5, 8, 10, 11, 12]


def test_a_row_that_lost_its_name_belongs_to_the_list():
    rows = [
        ["No", "Nama", "Pimpinan", "No. HP"],
        PARTNERS[0],
        [2, None, "Yosef", "0813"],
        PARTNERS[1],
    ]

    assert read(rows)[0] == rows[1:]


def test_a_partner_called_total_is_a_partner():
    rows = [["No", "Nama", "HP"], [1, "Total Karya", "0812"], [2, "B", "0813"]]

    assert read(rows)[0] == rows[1:]


def test_what_an_office_said_of_a_heading_counts():
    rows = [["Sebutan", "HP"], ["Yayasan A", "0812"]]

    assert layout(rows).columns == {"phone": 1}
    assert layout(rows, {tidy("Sebutan"): "name"}).columns == {"name": 0, "phone": 1}


def test_columns_are_called_as_in_a_spreadsheet():
    assert [letter(place) for place in (0, 25, 26, 701, 702)] == [
        *("A", "Z", "AA", "ZZ", "AAA")
    ]

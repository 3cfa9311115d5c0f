from datetime import date

import pytest

from pokmas.offices.letters import (
    letter_number,
    letterhead_line,
    renamed,
    without_class,
    written_out,
)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Bapas Kelas II Kupang", "Bapas Kupang"),
        ("Lapas Perempuan Kelas IIA Palembang", "Lapas Perempuan Palembang"),
        ("Lapas Kelas I Batu Nusakambangan", "Lapas Batu Nusakambangan"),
        ("Rutan Kupang", "Rutan Kupang"),
    ],
)
def test_the_class_is_taken_out_of_a_name(name, bare):
    assert without_class(name) == bare


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Pos Bapas Atambua", "Pos Balai Pemasyarakatan Atambua"),
        ("LPKA Kelas I Kupang", "Lembaga Pembinaan Khusus Anak Kelas I Kupang"),
        ("Cabang Rutan Soe", "Cabang Rumah Tahanan Negara Soe"),
        ("Griya Abhipraya", "Griya Abhipraya"),
    ],
)
def test_names_are_written_out(name, full):
    assert written_out(name) == full


def test_a_letter_number_is_filled_in_and_nothing_is_evaluated():
    pattern = "W22.PAS-{klasifikasi}-{nomor}/{bulan}/{tahun} {0.__class__}"

    number = letter_number(pattern, 7, date(2026, 11, 21), "OT.03.02")

    assert number == "W22.PAS-OT.03.02-0007/XI/2026 {0.__class__}"


def test_a_kanwil_is_named_without_the_directorate_that_stands_above_it():
    line = letterhead_line("Kanwil Ditjenpas Nusa Tenggara Timur")

    assert line == "Kantor Wilayah Nusa Tenggara Timur"


@pytest.mark.parametrize(
    ("lines", "after"),
    [
        (
            "DIREKTORAT JENDERAL PEMASYARAKATAN\nBALAI PEMASYARAKATAN KELAS II PALU",
            "DIREKTORAT JENDERAL PEMASYARAKATAN\nBALAI PEMASYARAKATAN KELAS I PALU",
        ),
        ("Bapas Kelas II Palu, Cabang", "Bapas Kelas I Palu, Cabang"),
        ("Bapas Kelas II Paluta", "Bapas Kelas II Paluta"),
        ("", ""),
    ],
)
def test_own_lines_of_a_letterhead_follow_a_new_name(lines, after):
    assert renamed(lines, "Bapas Kelas II Palu", "Bapas Kelas I Palu") == after

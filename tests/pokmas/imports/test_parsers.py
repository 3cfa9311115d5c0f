"""Cells as people fill them."""

import pytest
from django.core.exceptions import ValidationError

from pokmas.imports import parsers


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (81234567890.0, "+6281234567890"),
        ("0812 3456 7890", "+6281234567890"),
        ("0812-3456-7890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        (6281234567890.0, "+6281234567890"),
        ("'081234567890", "+6281234567890"),
        ("(0380) 821234", "+62380821234"),
        ("HP: 081234567890", "+6281234567890"),
        ("081234567890 / 0380 821234", "+6281234567890"),
        ("-", None),
        ("", None),
        ("#N/A", None),
    ],
)
def test_telephone_numbers_are_read_in_every_habit(cell, number):
    assert parsers.phone(cell) == number


@pytest.mark.parametrize("cell", ["12", 12.0, "belum ada nomor 5", "0812"])
def test_what_is_no_telephone_number_is_refused(cell):
    with pytest.raises(ValidationError, match="bukan nomor telepon"):
        parsers.phone(cell)


def test_words_in_place_of_a_telephone_number_are_quoted():
    with pytest.raises(ValidationError, match="“menyusul” bukan nomor telepon"):
        parsers.phone("menyusul")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("25-05-2026", "2026-05-25"),
        ("3/5/2026", "2026-05-03"),
        ("25 Mei 2026", "2026-05-25"),
        ({"day": "2026-05-25"}, "2026-05-25"),
        (46167.0, "2026-05-25"),
        ("-", None),
    ],
)
def test_days_are_read_in_every_habit(cell, day):
    assert parsers.day(cell) == day


@pytest.mark.parametrize("cell", ["05/25/2026", "31/02/2026", 5.0, "Mei 2026"])
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(ValidationError):
        parsers.day(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("01.234.567.8-912.000", "01.234.567.8-912.000"),
        ("012345678912000", "01.234.567.8-912.000"),
        ("0012345678912000", "0012345678912000"),
    ],
)
def test_tax_numbers_have_15_or_16_digits(cell, number):
    assert parsers.tax_number(cell) == number


@pytest.mark.parametrize("cell", ["123456789012", 123456789012.0])
def test_a_tax_number_of_12_digits_is_refused(cell):
    with pytest.raises(ValidationError, match="15 atau 16"):
        parsers.tax_number(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1.250", "1250"), (1250.0, "1250"), ("Rp 1.250.000", "1250000")],
)
def test_numbers_as_text_are_numbers(cell, number):
    assert parsers.number(cell) == number


def test_the_text_of_a_formula_is_never_read():
    with pytest.raises(ValidationError, match="rumus"):
        parsers.text(80)({"formula": "=1+1"})


def test_a_list_is_known_by_name_and_by_what_people_shorten_it_to():
    words = {"HUKUM DAN KEMASYARAKATAN": 1, "HUKUM": 1, "SOSIAL": 2}
    read = parsers.several(words, "bidang")

    assert read("Hukum & Kemasyarakatan") == [1]
    assert read("sosial; Hukum") == [1, 2]
    with pytest.raises(ValidationError, match="tidak ada dalam daftar bidang"):
        read("Musik")

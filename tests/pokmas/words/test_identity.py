import pytest
from django.core.exceptions import ValidationError

from pokmas.words.identity import is_nik, read_nip, read_npwp, spaced_nip

NIP = "197501012000031001"


@pytest.mark.parametrize(
    "text",
    [
        NIP,
        "19750101 200003 1 001",
        "  19750101\u00a0200003 1 001 ",
        "19750101-200003-1-001",
        "19750101.200003.1.001",
        "19750101–200003–1–001",
    ],
)
def test_a_nip_is_read_however_it_is_spaced(text):
    assert read_nip(text) == NIP


def test_a_nip_by_contract_is_read():
    assert read_nip("19900229 202121 2 003".replace("0229", "0228")) == (
        "199002282021212003"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1975", "18 angka"),
        (NIP + "1", "18 angka"),
        ("١٩٧٥٠١٠١٢٠٠٠٠٣١٠٠١", "18 angka"),
        ("19751301 200003 1 001", "tanggal lahir"),
        ("19750230 200003 1 001", "tanggal lahir"),
        ("19750101 200013 1 001", "pengangkatan"),
        ("19750101 196003 1 001", "pengangkatan"),
        ("19750101 200003 3 001", "1 .laki-laki. atau 2"),
    ],
)
def test_what_can_be_no_nip_is_refused_with_the_part_that_is_wrong(text, words):
    with pytest.raises(ValidationError, match=words):
        read_nip(text)


@pytest.mark.parametrize(
    ("nip", "printed"),
    [("198001012005011001", "19800101 200501 1 001"), ("1980", "1980"), ("", "")],
)
def test_a_nip_is_printed_in_its_four_parts(nip, printed):
    assert spaced_nip(nip) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("012345678912000", "01.234.567.8-912.000"),
        ("01.234.567.8-912.000", "01.234.567.8-912.000"),
        ("01 234 567 8 912 000", "01.234.567.8-912.000"),
        ("0012 3456 7891 2000", "0012345678912000"),
        ("5371016101800001", "5371016101800001"),
    ],
)
def test_an_npwp_is_stored_as_it_is_printed(text, printed):
    assert read_npwp(text) == printed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("123", "15 atau 16 angka"),
        ("0123456789120001x", "15 atau 16 angka"),
        ("5371019901800001", "tanggal lahir"),
    ],
)
def test_what_can_be_no_npwp_is_refused(text, words):
    with pytest.raises(ValidationError, match=words):
        read_npwp(text)


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("5371012101800001", True),
        ("5371016101800001", True),
        ("5371012902000001", True),
        ("5371013113800001", False),
        ("5371017201800001", False),
        ("0371012101800001", False),
    ],
)
def test_a_nik_has_a_province_and_a_birthday(number, is_one):
    assert is_nik(number) is is_one

"""How much of reports in usual shapes finds its field, and that no count is guessed."""

from zoneinfo import ZoneInfo

import pytest

from outreach.pasted.reading import read
from tests.outreach.pasted.reports import REPORTS, TODAY

CENTRAL = ZoneInfo("Asia/Makassar")


def reading(text):
    return read(text, today=TODAY, zone=CENTRAL)


def test_four_of_five_fields_of_twenty_reports_are_placed(record_property):
    placed, missed = 0, []
    for number, (text, expected) in enumerate(REPORTS, start=1):
        found = reading(text)
        for name, value in expected.items():
            if name == "counts":
                continue
            if getattr(found, name) == value:
                placed += 1
            else:
                missed.append((number, name, getattr(found, name), value))
    total = placed + len(missed)
    record_property("placed", f"{placed} of {total}")

    assert len(REPORTS) == 20
    assert placed >= 0.8 * total, missed


@pytest.mark.parametrize("number", range(1, len(REPORTS) + 1))
def test_no_count_is_placed_wrongly(number):
    text, expected = REPORTS[number - 1]

    assert reading(text).counts == expected["counts"]


A, C, N = "adult_client", "child", "convict"


@pytest.mark.parametrize("label", ["Peserta: ", ""])
@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (
            "12 klien dewasa laki-laki, 5 klien dewasa perempuan",
            {(A, "male"): 12, (A, "female"): 5},
        ),
        ("5 anak binaan (laki-laki)", {(C, "male"): 5}),
        ("10 narapidana pria dan 3 wanita", {(N, "male"): 10, (N, "female"): 3}),
    ],
)
def test_a_number_may_stand_before_its_group(label, text, counts):
    assert reading(label + text).counts == counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Klien dewasa: 10 L 5 P", {(A, "male"): 10, (A, "female"): 5}),
        ("Klien dewasa: 12 orang (L 10 P 2)", {(A, "male"): 10, (A, "female"): 2}),
        ("Klien dewasa: L 10, 2 perempuan", {(A, "male"): 10, (A, "female"): 2}),
        ("Narapidana dan tahanan: L 10 P 2", {}),
        ("Narapidana 10 pria dan 3 wanita masyarakat", {}),
        ("Klien dewasa pria 10 wanita", {}),
        ("5 anak binaan laki-laki tidak hadir", {}),
    ],
)
def test_what_may_be_read_in_two_ways_is_not_guessed(text, counts):
    assert reading(text).counts == counts

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

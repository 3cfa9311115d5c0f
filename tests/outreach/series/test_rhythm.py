from datetime import date

import pytest

from outreach.series.rhythm import MOST, Rhythm, days_of, is_moved_up


def iso(days):
    return [f"{day:%Y-%m-%d}" for day in days]


@pytest.mark.parametrize(
    ("rhythm", "first", "times", "days"),
    [
        ("weekly", date(2026, 12, 22), 3, ["2026-12-22", "2026-12-29", "2027-01-05"]),
        ("fortnightly", date(2028, 2, 15), 2, ["2028-02-15", "2028-02-29"]),
        (
            "monthly",
            date(2027, 12, 31),
            4,
            ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"],
        ),
        (
            "weekday",  # the second Tuesday
            date(2026, 12, 8),
            3,
            ["2026-12-08", "2027-01-12", "2027-02-09"],
        ),
        (
            "weekday",  # the fifth Friday, else the last
            date(2027, 1, 29),
            4,
            ["2027-01-29", "2027-02-26", "2027-03-26", "2027-04-30"],
        ),
    ],
)
def test_a_rhythm_falls_on_the_right_days(rhythm, first, times, days):
    assert iso(days_of(rhythm, first, times=times)) == days


def test_a_year_of_weeks_ends_on_its_last_day():
    days = days_of(Rhythm.WEEKLY, date(2027, 1, 5), until=date(2099, 1, 1))

    assert (len(days), days[-1]) == (53, date(2028, 1, 4))


def test_what_is_listed_is_put_in_order_once():
    first = date(2027, 1, 5)
    listed = [date(2027, 3, 1), date(2027, 2, 1), date(2027, 3, 1)]

    days = days_of(Rhythm.LISTED, first, listed=listed)

    assert days == [first, date(2027, 2, 1), date(2027, 3, 1)]
    many = [date.fromordinal(first.toordinal() + step) for step in range(200)]
    assert len(days_of(Rhythm.LISTED, first, listed=many)) == MOST


@pytest.mark.parametrize(
    ("rhythm", "first", "day", "moved"),
    [
        ("monthly", date(2027, 1, 31), date(2027, 2, 28), True),
        ("monthly", date(2027, 1, 31), date(2027, 3, 31), False),
        ("weekday", date(2027, 1, 29), date(2027, 2, 26), True),
        ("weekly", date(2027, 1, 29), date(2027, 2, 5), False),
    ],
)
def test_a_month_too_short_is_said(rhythm, first, day, moved):
    assert is_moved_up(rhythm, first, day) is moved

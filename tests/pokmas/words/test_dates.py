import contextlib
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from pokmas.words import dates

TODAY = date(2026, 11, 21)
# A busy machine is no fault.
unhurried = settings(deadline=None)


@pytest.mark.parametrize(
    "text",
    [
        "25-05-2026",
        "25/5/2026",
        "25.5.2026",
        "25 5 2026",
        "25 Mei 2026",
        "25 mei 2026",
        "25-Mei-2026",
        "Senin, 25 Mei 2026",
        "25 May 2026",
        " 25  Mei  2026 ",
        "2026-05-25",
        "Senin 25 Mei 2026",
        "Sen., 25-5-2026",
        "25 – 05 – 2026",
        "25—Mei—2026",
        "25\u00a0Mei\u20092026",
        "25\u200b Mei 2026",
        "25Mei2026",
    ],
)
def test_a_date_may_be_typed_in_every_usual_way(text):
    assert dates.parse_date(text) == date(2026, 5, 25)


@pytest.mark.parametrize(
    "text",
    [
        "Jum'at, 25 Juni 2027",
        "Jum’at, 25 Juni 2027",
        "Jum`at 25 Jun. 2027",
        "JUMAT, 25/6/2027",
        "Friday, 25 June 2027",
    ],
)
def test_a_day_may_be_named_as_people_spell_it(text):
    assert dates.parse_date(text) == date(2027, 6, 25)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1 Pebruari 2027", 2),
        ("1 Peb 2027", 2),
        ("1 Agust. 2027", 8),
        ("1 Agt. 2027", 8),
        ("1 Sept. 2027", 9),
        ("1 Nopember 2027", 11),
        ("1 Nop. 2027", 11),
    ],
)
def test_a_month_may_be_named_as_people_spell_it(text, month):
    assert dates.parse_date(text) == date(2027, month, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kamis, 25 Juni 2027", "25 Juni 2027 jatuh pada hari Jumat, bukan Kamis"),
        ("Ahad 25-06-2027", "jatuh pada hari Jumat, bukan Minggu"),
        ("Jumaat, 25 Juni 2027", "“Jumaat” bukan nama hari"),
        ("Senin, 31 Februari 2026", "Februari 2026 berakhir pada tanggal 28"),
    ],
)
def test_a_day_that_is_not_that_of_the_date_is_asked_about(text, words):
    with pytest.raises(ValidationError, match=words):
        dates.parse_date(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("05/25/2026", "tidak ada bulan ke-25"),
        ("31 Februari 2026", "Februari 2026 berakhir pada tanggal 28"),
        ("31-02-2026", "tidak ada"),
        ("29-02-2025", "berakhir pada tanggal 28"),
        ("0-5-2026", "tidak ada"),
        ("25-05-26", "empat angka"),
        ("25 Mai 2026", "Nama bulan"),
        ("besok", "bukan tanggal"),
        ("", "bukan tanggal"),
        ("25-05-0026", "Tahun"),
        ("25052026", "bukan tanggal"),
    ],
)
def test_an_impossible_date_is_refused_with_what_to_do(text, words):
    with pytest.raises(ValidationError, match=words):
        dates.parse_date(text)


@unhurried
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_every_date_reads_back_from_its_words(day):
    assert dates.parse_date(dates.date_long(day)) == day
    assert dates.parse_date(dates.date_short(day)) == day


@unhurried
@given(st.text(max_size=40))
def test_any_other_text_is_a_date_or_a_readable_refusal(text):
    with contextlib.suppress(ValidationError):
        assert isinstance(dates.parse_date(text), date)


def test_a_date_is_written_in_indonesian_and_in_english():
    assert dates.date_long(TODAY) == "21 November 2026"
    assert dates.date_full(date(2026, 5, 25)) == "Senin, 25 Mei 2026"
    with translation.override("en"):
        assert dates.date_full(date(2026, 5, 25)) == "Monday, 25 May 2026"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 5, 3), date(2026, 5, 5), "3–5 Mei 2026"),
        (date(2026, 4, 28), date(2026, 5, 3), "28 April – 3 Mei 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 Desember 2026 – 3 Januari 2027"),
        (date(2026, 5, 3), date(2026, 5, 3), "3 Mei 2026"),
        (date(2026, 5, 3), None, "sejak 3 Mei 2026"),
        (None, date(2026, 5, 3), "sampai 3 Mei 2026"),
        (None, None, ""),
    ],
)
def test_a_range_repeats_nothing(start, end, words):
    assert dates.date_range(start, end) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), "Februari 2026"),
        (date(2026, 10, 1), date(2026, 12, 31), "Triwulan IV 2026"),
        (date(2026, 7, 1), date(2026, 12, 31), "Semester II 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "Tahun 2026"),
        (date(2026, 2, 1), date(2026, 4, 30), "Februari – April 2026"),
        (date(2026, 2, 2), date(2026, 2, 28), "2–28 Februari 2026"),
    ],
)
def test_a_period_has_its_name(start, end, words):
    assert dates.period(start, end) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 21), "hari ini"),
        (date(2026, 11, 22), "besok"),
        (date(2026, 11, 24), "3 hari lagi"),
        (date(2026, 11, 20), "kemarin"),
        (date(2026, 11, 11), "10 hari yang lalu"),
        (date(2027, 2, 19), "3 bulan lagi"),
        (date(2023, 1, 1), "3 tahun yang lalu"),
    ],
)
def test_how_far_a_day_is(day, words):
    assert dates.distance(day, TODAY) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Jakarta", "21 November 2026, 23.59 WIB"),
        ("Asia/Makassar", "22 November 2026, 00.59 WITA"),
        ("Asia/Jayapura", "22 November 2026, 01.59 WIT"),
    ],
)
def test_a_moment_has_the_day_and_the_name_of_its_zone(zone, words):
    moment = datetime(2026, 11, 21, 16, 59, tzinfo=UTC)

    assert dates.date_time(moment, ZoneInfo(zone)) == words


@pytest.mark.parametrize(
    "text",
    ["14.30", "14:30", "14.30 WIB", "14:30:59", "pukul 14.30", "Pkl. 14.30\u00a0wib"],
)
def test_a_time_may_be_typed_in_every_usual_way(text):
    assert dates.clock(dates.parse_time(text)) == "14.30"


@pytest.mark.parametrize(
    ("text", "zone", "words"),
    [
        ("09.00 WITA", "Asia/Jakarta", "pukul 09.00 WITA sama dengan pukul 08.00 WIB"),
        ("09.00 WIB", "Asia/Jayapura", "pukul 09.00 WIB sama dengan pukul 11.00 WIT"),
        ("0.30 wit", "Asia/Makassar", "pukul 00.30 WIT sama dengan pukul 23.30 WITA"),
    ],
)
def test_an_hour_of_another_zone_is_never_taken_for_ours(text, zone, words):
    with pytest.raises(ValidationError, match=words):
        dates.parse_time(text, ZoneInfo(zone))


def test_an_hour_with_the_name_of_its_own_zone_is_taken():
    assert dates.parse_time("09.00 WITA", ZoneInfo("Asia/Makassar")) == time(9)


@pytest.mark.parametrize("text", ["9", "09", "9 WIB", "9.00", "0900", "0900 WIB"])
def test_a_time_may_be_an_hour_alone(text):
    assert dates.clock(dates.parse_time(text)) == "09.00"


@pytest.mark.parametrize(
    "text", ["25.70", "24.00", "24", "siang", "2460", "930", "14301"]
)
def test_an_impossible_time_is_refused(text):
    with pytest.raises(ValidationError, match="bukan jam"):
        dates.parse_time(text)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1234.5, "1.234,5"),
        (1250000, "1.250.000"),
        (0, "0"),
        (-1234, "-1.234"),
        (Decimal("5.00"), "5"),
        (10**30, "1.000.000.000.000.000.000.000.000.000.000"),
    ],
)
def test_numbers_have_points_between_thousands(value, words):
    assert dates.number(value) == words


def test_money_percent_and_sizes_in_words():
    assert dates.rupiah(1250000) == "Rp1.250.000"
    assert dates.rupiah(Decimal("1250.5")) == "Rp1.250,50"
    assert dates.rupiah(-5) == "-Rp5"
    assert dates.percent(87.45) == "87,5%"
    assert dates.file_size(2_345_678) == "2,2 MB"
    assert dates.compact(2_400_000_000) == "2,4 M"
    with translation.override("en"):
        assert dates.number(1234.5) == "1,234.5"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1.250.000", "1250000"),
        ("Rp 1.250.000,00", "1250000.00"),
        ("-3", "-3"),
        ("Rp1.250.000,-", "1250000"),
        ("Rp. 1.250.000,--", "1250000"),
        ("1.250.000.–", "1250000"),
        ("IDR\u00a01.250.000", "1250000"),
        ("−3", "-3"),
    ],
)
def test_numbers_are_read_as_they_are_written_here(text, value):
    assert dates.parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["Rp 1,25 juta", "500 ribu", "2 M", "1,5jt"])
def test_an_amount_in_words_is_asked_for_in_figures(text):
    with pytest.raises(ValidationError, match=r"dengan angka .*misalnya 1\.250\.000"):
        dates.parse_number(text)


@pytest.mark.parametrize("text", ["1,234.5", "12.5", "1.23.456", "banyak", "", "١٢,x"])
def test_a_number_of_two_meanings_is_refused(text):
    with pytest.raises(ValidationError, match="bukan angka"):
        dates.parse_number(text)

"""Dates, times and numbers in Indonesian (and English) words, and back again.

Django's formats know no date ranges, no periods, no "3 hari lagi", and cannot read
"25 Mei 2026"; so pages, PDFs, forms and imports all go through here.
"""

import calendar
import re
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal, localcontext

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from pokmas.words.typed import plain

MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
DAYS = {
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "en": [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
}
SHORT_MONTHS = {
    1: "jan",
    2: "feb peb pebruari",
    3: "mar",
    4: "apr",
    5: "mei may",
    6: "jun",
    7: "jul",
    8: "agu ags agt aug agust",
    9: "sep sept",
    10: "okt oct",
    11: "nov nop nopember",
    12: "des dec",
}
MONTH_NUMBERS = {
    word: month
    for month, words in SHORT_MONTHS.items()
    for word in (
        *words.split(),
        MONTHS["id"][month - 1].casefold(),
        MONTHS["en"][month - 1].casefold(),
    )
}
SHORT_DAYS = (
    *("sen mon", "sel tue", "rab wed", "kam thu", "jum jum'at fri", "sab sat"),
    "min ahad sun",
)
DAY_NUMBERS = {
    word: number
    for number, words in enumerate(SHORT_DAYS)
    for word in (
        *words.split(),
        DAYS["id"][number].casefold(),
        DAYS["en"][number].casefold(),
    )
}
ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
YEARS = range(1900, 2201)
ROMAN = ("I", "II", "III", "IV")


def language() -> str:
    return "en" if (get_language() or "").startswith("en") else "id"


# Dates to words


def date_long(day: date) -> str:
    """21 November 2026"""
    return f"{day.day} {month_name(day.month)} {day.year}"


def date_full(day: date) -> str:
    """Sabtu, 21 November 2026"""
    return f"{DAYS[language()][day.weekday()]}, {date_long(day)}"


def date_brief(day: date) -> str:
    """21 Nov 2026, where a column is narrow"""
    return f"{day.day} {month_short(day.month)} {day.year}"


def date_short(day: date) -> str:
    """21-11-2026, the order in which dates are typed."""
    return f"{day:%d-%m-}{day.year:04d}"


def month_name(month: int) -> str:
    return MONTHS[language()][month - 1]


def month_short(month: int) -> str:
    """Nov"""
    return month_name(month)[:3]


def month_year(day: date) -> str:
    return f"{month_name(day.month)} {day.year}"


def date_range(start: date | None, end: date | None) -> str:
    """3–5 Mei 2026 · 28 April – 3 Mei 2026 · sejak 3 Mei 2026"""
    if start is None and end is None:
        return ""
    if end is None:
        return _("sejak %(date)s") % {"date": date_long(start)}
    if start is None:
        return _("sampai %(date)s") % {"date": date_long(end)}
    if start == end:
        return date_long(start)
    if start.year != end.year:
        return f"{date_long(start)} – {date_long(end)}"
    if start.month != end.month:
        return f"{start.day} {month_name(start.month)} – {date_long(end)}"
    return f"{start.day}–{date_long(end)}"


def period(start: date, end: date) -> str:
    """The name of a whole month, quarter, half-year or year; else the two dates."""
    whole = start.day == 1 and end.day == last_day(end.year, end.month)
    if not whole or start.year != end.year:
        return date_range(start, end)
    months = end.month - start.month + 1
    words = {"year": start.year}
    if months == 1:
        return month_year(start)
    if months == 12:
        return _("Tahun %(year)s") % words
    if months == 6 and start.month in (1, 7):
        words["number"] = ROMAN[start.month // 6]
        return _("Semester %(number)s %(year)s") % words
    if months == 3 and start.month % 3 == 1:
        words["number"] = ROMAN[start.month // 3]
        return _("Triwulan %(number)s %(year)s") % words
    return f"{month_name(start.month)} – {month_year(end)}"


def last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, last_day(year, month)))


def distance(day: date, today: date) -> str:
    """besok · 3 hari lagi · 2 bulan yang lalu"""
    days = (day - today).days
    near = {
        0: _("hari ini"),
        1: _("besok"),
        2: _("lusa"),
        -1: _("kemarin"),
    }
    if days in near:
        return near[days]
    far = abs(days)
    if far < 60:
        text = ngettext("%(count)s hari", "%(count)s hari", far) % {"count": far}
    elif far < 730:
        count = round(far / 30.44)
        text = ngettext("%(count)s bulan", "%(count)s bulan", count) % {"count": count}
    else:
        count = far // 365
        text = ngettext("%(count)s tahun", "%(count)s tahun", count) % {"count": count}
    if days > 0:
        return _("%(span)s lagi") % {"span": text}
    return _("%(span)s yang lalu") % {"span": text}


# Moments: always with the zone, because offices live in three of them


def zone_name(zone: tzinfo) -> str:
    """WIB, WITA or WIT; anything else by its own name."""
    key = str(zone)
    return ZONES.get(key, key)


def clock(moment: datetime | time) -> str:
    """14.30"""
    return f"{moment:%H.%M}" if language() == "id" else f"{moment:%H:%M}"


def date_time(moment: datetime, zone: tzinfo | None = None) -> str:
    """21 November 2026, 14.30 WITA, in the given or the person's own zone."""
    zone = zone or timezone.get_current_timezone()
    moment = timezone.localtime(moment, zone)
    return f"{date_long(moment)}, {clock(moment)} {zone_name(zone)}"


def moment_brief(moment: datetime) -> str:
    """21 Nov 2026, 14.30 WITA, where a column is narrow"""
    zone = timezone.get_current_timezone()
    moment = timezone.localtime(moment, zone)
    return f"{date_brief(moment)}, {clock(moment)} {zone_name(zone)}"


def time_zoned(moment: datetime, zone: tzinfo | None = None) -> str:
    """14.30 WITA"""
    zone = zone or timezone.get_current_timezone()
    return f"{clock(timezone.localtime(moment, zone))} {zone_name(zone)}"


# Numbers to words


def separators() -> tuple[str, str]:
    """The sign between thousands and the sign before decimals."""
    return (",", ".") if language() == "en" else (".", ",")


def number(value, places: int | None = None) -> str:
    """1.234,5; with `places`, rounded half up to so many decimals."""
    value = Decimal(str(value))
    if places is not None:
        with localcontext(prec=60):
            value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    elif value == value.to_integral():
        value = int(value)
    thousands, decimals = separators()
    text = f"{value:,d}" if isinstance(value, int) else f"{value:,f}"
    return text.translate({ord(","): thousands, ord("."): decimals})


def percent(value, places: int = 1) -> str:
    """`value` is already in hundredths: 87.5 becomes 87,5%."""
    return f"{number(value, places)}%"


def rupiah(value) -> str:
    """Rp1.250.000, and the sen only where there are any."""
    value = Decimal(str(value))
    places = 0 if value == value.to_integral() else 2
    sign = "-" if value < 0 else ""
    return f"{sign}Rp{number(abs(value), places)}"


def compact(value) -> str:
    """1,2 jt: for the axis of a chart, where the whole number does not fit."""
    value = Decimal(str(value))
    steps = (
        (Decimal(10) ** 12, _("T")),
        (Decimal(10) ** 9, _("M")),
        (Decimal(10) ** 6, _("jt")),
        (Decimal(10) ** 3, _("rb")),
    )
    for size, word in steps:
        if abs(value) >= size * (10 if size == 1000 else 1):
            short = (value / size).quantize(Decimal("0.1"), ROUND_HALF_UP)
            return f"{number(short)} {word}"
    return number(value)


def file_size(size: int) -> str:
    """840 KB · 2,4 MB"""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{number(Decimal(size) / 1024, 0)} KB"
    return f"{number(Decimal(size) / (1024 * 1024), 1)} MB"


# Words to dates and numbers

NAMED_DAY = re.compile(r"([^\W\d]+(?:'[^\W\d]+)?)[.,]*\s+(?=\d)")
NUMERIC_DATE = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})")
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
WORD_DATE = re.compile(r"(\d{1,2})[\s-]*([^\W\d]+)\.?,?[\s-]*(\d{4})")
TIME = re.compile(
    r"(?:pukul|pkl\.?|jam)?\s*([01]?\d|2[0-3])(?:[.:]([0-5]\d)(?:[.:]\d{2})?)?"
    r"(?:\s*(WIB|WITA|WIT))?",
    re.I,
)
# 1430
BARE_TIME = re.compile(r"^(\d\d)(\d\d)(?!\d)")
# Hours that the zones are ahead of Greenwich.
AHEAD = {"WIB": 7, "WITA": 8, "WIT": 9}


def parse_date(text: str) -> date:
    """Read 25-05-2026, 25/5/2026, "Senin, 25 Mei 2026" or 2026-05-25; nothing else.

    Day before month, always: 05/25/2026 is refused instead of guessed. A day's name
    must be that of the date.
    """
    text = plain(text)
    named = NAMED_DAY.match(text)
    day = _date_of(text[named.end() :] if named else text)
    if named:
        _check_name(named[1], day)
    return day


def _date_of(text: str) -> date:
    if match := NUMERIC_DATE.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := ISO_DATE.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := WORD_DATE.fullmatch(text):
        day, year = int(match[1]), int(match[3])
        month = _month_number(match[2])
    else:
        raise ValidationError(
            _(
                "“%(text)s” bukan tanggal yang dikenali. Tulis hari, bulan, lalu tahun "
                "empat angka, misalnya 25-05-2026 atau 25 Mei 2026."
            ),
            code="date_format",
            params={"text": text[:40]},
        )
    return _existing_date(text, year, month, day)


def _check_name(word: str, day: date) -> None:
    number = DAY_NUMBERS.get(word.casefold())
    if number is None:
        raise ValidationError(
            _("“%(word)s” bukan nama hari. Contoh: Senin, 25 Mei 2026."),
            code="date_format",
            params={"word": word[:20]},
        )
    if number != day.weekday():
        names = DAYS[language()]
        raise ValidationError(
            _(
                "%(date)s jatuh pada hari %(right)s, bukan %(named)s. Periksa hari "
                "dan tanggalnya."
            ),
            code="date_day",
            params={
                "date": date_long(day),
                "right": names[day.weekday()],
                "named": names[number],
            },
        )


def _month_number(word: str) -> int:
    month = MONTH_NUMBERS.get(word.casefold())
    if month is None:
        raise ValidationError(
            _("Nama bulan “%(word)s” tidak dikenal. Contoh: 25 Mei 2026."),
            code="date_format",
            params={"word": word[:20]},
        )
    return month


def _existing_date(text: str, year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise ValidationError(
            _("Tahun %(year)s di luar batas; periksa lagi tahunnya."),
            code="date_missing",
            params={"year": year},
        )
    if not 1 <= month <= 12:
        raise ValidationError(
            _(
                "Tanggal “%(text)s” tidak ada karena tidak ada bulan ke-%(month)s. "
                "Tulis hari dahulu, lalu bulan, lalu tahun, misalnya 25-05-2026."
            ),
            code="date_missing",
            params={"text": text, "month": month},
        )
    last = last_day(year, month)
    if not 1 <= day <= last:
        raise ValidationError(
            _(
                "Tanggal %(day)s %(month)s %(year)s tidak ada; %(month)s %(year)s "
                "berakhir pada tanggal %(last)s."
            ),
            code="date_missing",
            params={
                "day": day,
                "month": month_name(month),
                "year": year,
                "last": last,
            },
        )
    return date(year, month, day)


def parse_time(text: str, zone: tzinfo | None = None) -> time:
    """Read 14.30, 14:30, 1430 or 14, with or without the name of the zone.

    It is an hour of `zone`, or of the person's own: one of another zone is refused.
    """
    match = TIME.fullmatch(BARE_TIME.sub(r"\1.\2", plain(text)))
    if not match:
        raise ValidationError(
            _("“%(text)s” bukan jam yang dikenali. Contoh: 14.30."),
            code="time_format",
            params={"text": str(text)[:20]},
        )
    read = time(int(match[1]), int(match[2] or 0))
    if match[3]:
        _check_zone(read, match[3].upper(), zone or timezone.get_current_timezone())
    return read


def _check_zone(read: time, named: str, zone: tzinfo) -> None:
    day = datetime.combine(date(2026, 1, 1), read)
    ours = zone.utcoffset(day) - timedelta(hours=AHEAD[named])
    if not ours:
        return
    raise ValidationError(
        _(
            "Jam di sini menurut %(zone)s, bukan %(named)s: pukul %(read)s %(named)s "
            "sama dengan pukul %(right)s %(zone)s. Tulis jam %(zone)s."
        ),
        code="time_zone",
        params={
            "zone": zone_name(zone),
            "named": named,
            "read": clock(read),
            "right": clock(day + ours),
        },
    )


def number_pattern() -> str:
    """Of a number without blanks; its first group are the figures alone.

    Bills begin with “Rp” and end in “,-”: nothing follows.
    """
    thousands, decimals = map(re.escape, separators())
    grouped = rf"-?\d{{1,3}}(?:{thousands}\d{{3}})+"
    figures = rf"(?:{grouped}|-?\d+)(?:{decimals}\d+)?"
    return rf"(?:(?:Rp|IDR)\.?)?({figures})(?:[.,]?-+)?"


def parse_number(text: str, *, example: str = "1234.5") -> Decimal:
    """Read 1.234,5 (in English 1,234.5); refuse what could be read in two ways."""
    bare = re.sub(r"\s", "", plain(text))
    if match := re.fullmatch(number_pattern(), bare, re.ASCII | re.I):
        thousands, decimals = separators()
        return Decimal(match[1].replace(thousands, "").replace(decimals, "."))
    if re.search(r"\d(?:ribu|rb|juta|jt|mil[iy]ar|m|triliun|t)\b", bare, re.I):
        raise ValidationError(
            _("Tulis “%(text)s” dengan angka seluruhnya, misalnya %(example)s."),
            code="number_format",
            params={"text": str(text)[:40], "example": number(1250000)},
        )
    raise ValidationError(
        _("“%(text)s” bukan angka yang dikenali. Contoh: %(example)s."),
        code="number_format",
        params={"text": str(text)[:40], "example": number(Decimal(example))},
    )

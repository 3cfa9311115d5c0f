"""Cells as people fill them, read into what a column holds; refused in words.

Each of these makes a reader of cells. A cell is text, a number, or a day that the
spreadsheet knows as one; an empty one is read as None.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from pokmas.imports.headings import said
from pokmas.records.lines import one_line
from pokmas.words import dates, identity
from pokmas.words.glyphs import check_printable, printable
from pokmas.words.phones import read_phone

# What stands where nothing is known.
NOTHING = re.compile(
    r"[-–—.\s/\\]*|n/?a|nihil|tidak ada|belum ada|tdk ada|\?+|#[\w/]+[!?]?", re.I
)
# Days as a spreadsheet counts them: 1954 to 2119.
SERIALS = range(20_000, 80_001)
FIRST_DAY = date(1899, 12, 30)
BETWEEN_PHONES = re.compile(r"\s*(?:[/;,&\n]|\bdan\b|\batau\b)\s*", re.I)

Reader = Callable[[object], object]


def words_of(cell) -> str:
    """The text of a cell; a formula that was saved without its value is refused."""
    if isinstance(cell, dict) and "formula" in cell:
        raise ValidationError(
            _("Sel ini berisi rumus, bukan nilai. Tempel nilainya saja.")
        )
    text = one_line(said(cell))
    return "" if NOTHING.fullmatch(text) else text


def text(most: int) -> Reader:
    """One line of at most so many signs."""

    def read(cell):
        found = printable(words_of(cell))
        if len(found) > most:
            raise ValidationError(
                _("Terlalu panjang: %(count)s karakter, paling banyak %(most)s."),
                params={"count": dates.number(len(found)), "most": dates.number(most)},
            )
        check_printable(found)
        return found or None

    return read


def phone(cell) -> str | None:
    """The first number of a cell, as +62…, also where Excel made one number of it."""
    found = words_of(cell).lstrip("'")
    if isinstance(cell, int | float) and not found.startswith(("0", "62")):
        found = f"0{found}"  # Excel took it away
    if not found:
        return None
    refusal = None
    for each in BETWEEN_PHONES.split(found):
        try:
            return read_phone(_with_plus(each))
        except ValidationError as error:
            refusal = refusal or error
    raise refusal


def _with_plus(found: str) -> str:
    """Without words before it, and with the sign before the code of the country."""
    found = re.sub(r"^[^\d+(]*", "", found) or found
    return f"+{found}" if re.match(r"62[\d .-]{7,}", found) else found


def email(cell) -> str | None:
    found = words_of(cell).replace("mailto:", "").lower()
    if not found:
        return None
    try:
        validate_email(found)
    except ValidationError:
        raise ValidationError(
            _("“%(text)s” bukan alamat surel."), params={"text": found[:60]}
        ) from None
    return found


def day(cell) -> str | None:
    """25-05-2026, 25/5/2026, “25 Mei 2026”, or a day as a spreadsheet keeps it."""
    if isinstance(cell, dict) and "day" in cell:
        found = date.fromisoformat(cell["day"])
    elif isinstance(cell, int | float):
        if cell not in SERIALS and int(cell) not in SERIALS:
            raise ValidationError(
                _("“%(text)s” bukan tanggal. Tulis misalnya 25-05-2026."),
                params={"text": said(cell)},
            )
        found = FIRST_DAY + timedelta(days=int(cell))
    elif not (words := words_of(cell)):
        return None
    else:
        found = dates.parse_date(words)
    if found.year not in dates.YEARS:
        raise ValidationError(
            _("Tahun %(year)s di luar batas; periksa lagi tahunnya."),
            params={"year": found.year},
        )
    return found.isoformat()


def number(cell) -> str | None:
    """1.250, 1250 or a number; as text of the usual sort, for any column of numbers."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return said(cell)
    found = words_of(cell)
    return str(dates.parse_number(found)) if found else None


def count(most: int) -> Reader:
    """A whole number from 0 to `most`."""

    def read(cell):
        found = number(cell)
        if found is None:
            return None
        if not re.fullmatch(r"\d+", found) or int(found) > most:
            raise ValidationError(
                _("Isi dengan bilangan bulat dari 0 sampai %(most)s."),
                params={"most": dates.number(most)},
            )
        return int(found)

    return read


def tax_number(cell) -> str | None:
    """15 or 16 digits; where a number of Excel lost its noughts nobody can tell."""
    found = words_of(cell)
    return identity.read_npwp(found) if found else None


def day_until(last: date, words: str) -> Reader:
    """A day that is not after `last`; else refused in these words."""

    def read(cell):
        found = day(cell)
        if found and found > last.isoformat():
            raise ValidationError(words)
        return found

    return read


def listed(words: Mapping[str, object], what: str) -> Reader:
    """One of a list, by its name or what people shorten it to (`words` are `key`s)."""

    def read(cell):
        found = words_of(cell)
        if not found:
            return None
        if (known := words.get(key(found))) is None:
            raise ValidationError(
                _("“%(text)s” tidak ada dalam daftar %(what)s."),
                params={"text": found[:60], "what": what},
            )
        return known

    return read


def several(words: Mapping[str, object], what: str) -> Reader:
    """Several of a list, with any sign between; also one that holds such a sign."""
    one = listed(words, what)

    def read(cell):
        whole = key(words_of(cell))
        if whole in words:
            return [words[whole]]
        parts = re.split(r"\s*[,;/\n]\s*", said(cell))
        found = [one(part) for part in parts]
        return sorted({each for each in found if each is not None}) or None

    return read


def key(name: str) -> str:
    """A name as it is compared: capitals, words without what stands between them."""
    return " ".join(re.findall(r"\w+", name.upper().replace("&", " DAN ")))

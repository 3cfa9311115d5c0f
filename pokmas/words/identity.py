"""Numbers of persons and bodies (NIP, NIK, NPWP): read as typed, printed as written."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pokmas.words.typed import plain

BETWEEN = re.compile(r"[\s.\-/]")
BORN = range(1900, 2101)
# Who works by contract has 21 and more where others have the month of appointment.
MONTHS = (*range(1, 13), *range(21, 30))
# In a NIK 40 is added to the day on which a woman was born.
WOMEN = 40


def digits(text: str) -> str:
    """Without the blanks, dots and dashes with which it is written."""
    return BETWEEN.sub("", plain(text))


def read_nip(text: str) -> str:
    """The 18 digits of a NIP: day of birth, month of appointment, sex, and order."""
    nip = digits(text)
    if not _is_number(nip, 18):
        raise _refusal(_("NIP terdiri atas 18 angka."))
    if not _is_birthday(int(nip[:4]), int(nip[4:6]), int(nip[6:8])):
        raise _refusal(
            _("Delapan angka pertama NIP adalah tanggal lahir, misalnya 19750131.")
        )
    appointed, month = int(nip[8:12]), int(nip[12:14])
    if not int(nip[:4]) < appointed <= BORN[-1] or month not in MONTHS:
        raise _refusal(
            _("Angka ke-9 sampai ke-14 NIP adalah tahun dan bulan pengangkatan.")
        )
    if nip[14] not in "12":
        raise _refusal(_("Angka ke-15 NIP adalah 1 (laki-laki) atau 2 (perempuan)."))
    return nip


def spaced_nip(nip: str) -> str:
    """19800101 200501 1 001: birth, appointment, sex and order, as papers print it."""
    if len(nip) != 18:
        return nip
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"


def read_npwp(text: str) -> str:
    """A tax number as it is printed: 01.234.567.8-912.000, or 16 digits in a row.

    Those of 16 digits are an older one behind a nought, or the NIK of a person.
    """
    npwp = digits(text)
    if _is_number(npwp, 15):
        return f"{npwp[:2]}.{npwp[2:5]}.{npwp[5:8]}.{npwp[8]}-{npwp[9:12]}.{npwp[12:]}"
    if not _is_number(npwp, 16):
        raise _refusal(_("NPWP terdiri atas 15 atau 16 angka."))
    if npwp[0] != "0" and not is_nik(npwp):
        raise _refusal(
            _(
                "NPWP 16 angka dimulai dengan 0, atau sama dengan NIK; angka ke-7 "
                "sampai ke-12 NIK adalah tanggal lahir."
            )
        )
    return npwp


def read_nik(text: str) -> str:
    """The 16 digits of a NIK: a region, a day of birth, and order."""
    nik = digits(text)
    if not _is_number(nik, 16):
        raise _refusal(_("NIK terdiri atas 16 angka."))
    if not is_nik(nik):
        raise _refusal(
            _(
                "Angka ke-7 sampai ke-12 NIK adalah tanggal lahir (bagi perempuan "
                "tanggalnya ditambah 40). Periksa lagi pada KTP."
            )
        )
    return nik


def born(nik: str) -> tuple[int, bool]:
    """The last two digits of the year of birth, and whether it is that of a woman."""
    return int(nik[10:12]), int(nik[6:8]) > WOMEN


def is_nik(number: str) -> bool:
    """Whether 16 digits may be somebody's NIK: a province, and a day of birth."""
    day, month, year = (int(number[place : place + 2]) for place in (6, 8, 10))
    day = day - WOMEN if day > WOMEN else day
    # Of two digits one cannot tell the century; 2000 and 1900 differ by a leap day.
    return number[0] != "0" and _is_birthday(2000 + year, month, day)


def _is_number(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdecimal()


def _is_birthday(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return year in BORN


def _refusal(words: str) -> ValidationError:
    return ValidationError(words, code="identity")

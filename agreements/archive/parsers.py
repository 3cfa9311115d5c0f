"""What the cells of an old register of agreements say."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agreements.register.models import Agreement
from pokmas.imports import parsers
from pokmas.imports.headings import said
from pokmas.imports.models import Import
from pokmas.imports.parsers import Reader, key
from pokmas.records.lines import one_line

Kind = Agreement.Kind
LIVE, DEAD, RENEWING = "live", "dead", "renewing"
NONE, DRAFT = "none", "draft"

KINDS = {
    Kind.MOU: "NK, NOKESPA, MOU, NOTA KESEPAHAMAN, MEMORANDUM OF UNDERSTANDING, "
    "NOTA KESEPAHAMAN BERSAMA",
    Kind.JOINT: "KB, KESEPAKATAN BERSAMA, NOTA KESEPAKATAN, KESEPAKATAN",
    Kind.PKS: "PKS, PERJANJIAN KERJA SAMA, PERJANJIAN KERJASAMA, PERJANJIAN, SPK, "
    "KONTRAK KERJA SAMA",
}
STATUSES = {
    LIVE: "HIDUP, BERLANGSUNG, AKTIF, BERLAKU, MASIH BERLAKU, BERJALAN, AKAN BERAKHIR, "
    "BELUM MULAI, DITANGGUHKAN, SELESAI, DITANDATANGANI, SUDAH DITANDATANGANI",
    DEAD: "MATI, BERAKHIR, TIDAK AKTIF, NON AKTIF, NONAKTIF, TIDAK BERLAKU, HABIS, "
    "KEDALUWARSA, KADALUARSA, EXPIRED, DIPERPANJANG, DIAKHIRI, SUDAH BERAKHIR",
    RENEWING: "DALAM PERPANJANGAN, PERPANJANGAN, PROSES PERPANJANGAN, "
    "DALAM PROSES PERPANJANGAN, SEDANG DIPERPANJANG",
    NONE: "TIDAK ADA, BELUM ADA, NIHIL",
    DRAFT: "DRAF, DRAFT, DRAFT AWAL, DRAFT FINAL, REVISI, PERBAIKAN, REVISI PERBAIKAN, "
    "VALIDASI, PEMBAHASAN, TELAAH, SIAP TANDA TANGAN, DIBUANG, PROSES",
}
# Between the first and the last day, and between the numbers of both sides.
UNTIL = re.compile(
    r"\s+(?:s\.?\s?/?d\.?|sampai(?: dengan)?|hingga|–|—|-)\s+|\s*(?:–|—)\s*", re.I
)
BETWEEN_NUMBERS = re.compile(r"\s*(?:[;\n&]|\bdan\b)\s*", re.I)
LENGTH = re.compile(
    r"(?:(?P<years>\w+)\s*(?:\(\s*[^)]*\)\s*)?(?:tahun|thn|th)\.?)?\s*(?:dan\s+)?"
    r"(?:(?P<months>\w+)\s*(?:\(\s*[^)]*\)\s*)?(?:bulan|bln)\.?)?",
    re.I,
)
COUNTED = ("SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN")
COUNTED += ("SEMBILAN", "SEPULUH", "SEBELAS", "DUA BELAS")
NUMBERS = {word: number for number, word in enumerate(COUNTED, start=1)}
MOST_MONTHS = 50 * 12


def kinds(record: Import) -> Reader:
    words = {key(str(kind.label)): kind.value for kind in KINDS}
    words |= _by_words(KINDS)
    find = parsers.listed(words, _("jenis kerja sama"))

    def read(cell):
        word = key(parsers.words_of(cell))
        if "ADENDUM" in word or "ADDENDUM" in word:
            raise ValidationError(
                _("Adendum dicatat pada halaman kerja sama yang diubahnya.")
            )
        return find(cell)

    return read


def names_of_kinds(record: Import) -> list[str]:
    return [str(kind.label) for kind in KINDS]


def statuses(record: Import) -> Reader:
    """What is said of it; in force and ended are questions of its dates."""
    find = parsers.listed(_by_words(STATUSES), _("status"))
    nothing = {key(word) for word in STATUSES[NONE].split(", ")}

    def read(cell):
        # Elsewhere such words say that nothing is known.
        return NONE if key(said(cell)) in nothing else find(cell)

    return read


def names_of_statuses(record: Import) -> list[str]:
    return [words.split(", ")[0] for words in STATUSES.values()]


def _by_words(listed: dict[str, str]) -> dict[str, str]:
    return {
        key(word): str(value)
        for value, words in listed.items()
        for word in words.split(", ")
    }


def numbers(cell) -> list[str] | None:
    """The number of each side, ours first, where one cell holds both."""
    text = next(iter(cell.values())) if isinstance(cell, dict) else cell
    parts = [one_line(part) for part in BETWEEN_NUMBERS.split(str(text))]
    known = [part for part in parts if parsers.words_of(part)]
    if len(known) > 2 or any(len(part) > 100 for part in known):
        raise ValidationError(
            _(
                "Tulis dua nomor, satu untuk setiap pihak, dengan titik koma di "
                "antaranya."
            )
        )
    return known or None


def term(cell) -> dict | None:
    """“2 tahun”, “1 tahun 6 bulan”; also its first and last day, or its last alone."""
    if isinstance(cell, dict) and "day" in cell:
        return {"ends": parsers.day(cell)}
    words = parsers.words_of(cell)
    if not words:
        return None
    if months := _months_of(words):
        return {"months": months}
    found = [part for part in UNTIL.split(words, maxsplit=1) if part]
    if len(found) == 2:
        return {"starts": parsers.day(found[0]), "ends": parsers.day(found[1])}
    if re.search(r"\d{4}", words):
        return {"ends": parsers.day(re.sub(r"^(?:s\.?/?d\.?|sampai)\s+", "", words))}
    raise ValidationError(
        _("“%(text)s” bukan jangka waktu. Tulis misalnya 2 tahun atau 18 bulan."),
        params={"text": words[:40]},
    )


def _months_of(words: str) -> int | None:
    match = LENGTH.fullmatch(words.strip())
    if match is None or not (match["years"] or match["months"]):
        return None
    years, months = _counted(match["years"]), _counted(match["months"])
    if years is None or months is None:
        return None
    found = 12 * years + months
    return found if 0 < found <= MOST_MONTHS else None


def _counted(word: str | None) -> int | None:
    if word is None:
        return 0
    return int(word) if word.isdecimal() and len(word) < 4 else NUMBERS.get(key(word))


def signed_on(record: Import) -> Reader:
    words = _("Tanggal tanda tangan tidak boleh di masa depan.")
    return parsers.day_until(record.office.today, words)


def title_of(kind: str) -> str:
    """How one is called that has no title, before the name of the partner."""
    label = str(Kind(kind).label).partition(" (")[0]
    return _("%(kind)s dengan ") % {"kind": label}

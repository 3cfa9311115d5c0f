"""What the letters of an office bear: names written out, and the number pattern."""

import re
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MINISTRY = "Kementerian Imigrasi dan Pemasyarakatan Republik Indonesia"
WRITTEN_OUT = {
    "Kanwil Ditjenpas": "Kantor Wilayah Direktorat Jenderal Pemasyarakatan",
    "Bapas": "Balai Pemasyarakatan",
    "Pos Bapas": "Pos Balai Pemasyarakatan",
    "Lapas": "Lembaga Pemasyarakatan",
    "LPKA": "Lembaga Pembinaan Khusus Anak",
    "Rutan": "Rumah Tahanan Negara",
    "Cabang Rutan": "Cabang Rumah Tahanan Negara",
    "Rupbasan": "Rumah Penyimpanan Benda Sitaan Negara",
}
# The line above a Kanwil's names the directorate already.
REGIONAL = "Kantor Wilayah Direktorat Jenderal Pemasyarakatan "
CLASS_IN_NAME = re.compile(r"\s*\bKelas (?:III|IIA|IIB|II|I)\b", re.I)
PART = re.compile(r"\{(\w*)\}")
NUMBER_PARTS = ("urut", "nomor", "klasifikasi", "bulan", "tahun", "wilayah", "unit")
# Both words for the number in its sequence.
SEQUENCE = {"urut", "nomor"}
LAST_YEAR = re.compile(r"(?:TAHUN|TH\.?|/)\s*((?:19|20)[0-9]{2})\s*$", re.I)
MONTHS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


def without_class(name: str) -> str:
    """“Bapas Kupang” of “Bapas Kelas II Kupang”: the part that outlives a change."""
    return " ".join(CLASS_IN_NAME.sub("", name).split())


def written_out(name: str) -> str:
    """“Bapas Kelas II Kupang” as a letterhead says it, without abbreviations."""
    for short in sorted(WRITTEN_OUT, key=len, reverse=True):
        if name.startswith(f"{short} "):
            return WRITTEN_OUT[short] + name[len(short) :]
    return name


def letterhead_line(name: str) -> str:
    """The line of an office in a letterhead, below the lines of those above it."""
    full = written_out(name)
    if full.startswith(REGIONAL):
        return f"Kantor Wilayah {full.removeprefix(REGIONAL)}"
    return full


def renamed(lines: str, was: str, name: str) -> str:
    """Own lines of a letterhead after a change of name; what else they say stays."""
    for old, new in {letterhead_line(was): letterhead_line(name), was: name}.items():
        held = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)", re.I)
        lines = held.sub(partial(_in_its_case, new), lines)
    return lines


def _in_its_case(new, found):
    return new.upper() if found[0].isupper() else new


def check_number_pattern(pattern: str) -> None:
    """Refuse a pattern without `{urut}`, or with a part nobody knows."""
    parts = PART.findall(pattern)
    unknown = [part for part in parts if part not in NUMBER_PARTS]
    rest = PART.sub("", pattern)
    if unknown or "{" in rest or "}" in rest:
        raise ValidationError(
            _("Bagian yang dikenal hanya %(parts)s.")
            % {"parts": ", ".join(f"{{{part}}}" for part in NUMBER_PARTS)}
        )
    if not SEQUENCE & set(parts):
        raise ValidationError(_("Pola harus memuat {urut}."))


def letter_number(
    pattern: str,
    number: int,
    on: date,
    classification: str = "",
    *,
    region: str = "",
    unit: str = "",
) -> str:
    """The pattern filled in, such as WP.22.PAS.2-OT.03.02-0007 TAHUN 2026.

    Only the known parts are replaced; nothing in the pattern is evaluated.
    """
    values = {
        "urut": f"{number:04d}",
        "nomor": f"{number:04d}",
        "wilayah": region,
        "unit": unit,
        "klasifikasi": classification,
        "bulan": MONTHS[on.month - 1],
        "tahun": str(on.year),
    }
    return PART.sub(lambda match: values.get(match[1], match[0]), pattern)


def sequence_in(
    text: str, pattern: str, on: date, *, region: str = "", unit: str = ""
) -> int | None:
    """The number in its sequence of one that was typed after the pattern, however its
    blanks and letters were typed; of another one nobody knows."""
    known = {
        "wilayah": re.escape(_plain(region)),
        "unit": re.escape(_plain(unit)),
        "klasifikasi": r"[^-/]*",
        "bulan": r"[IVX]+",
        "tahun": str(on.year),
    }
    said, is_named = "", False
    for place, part in enumerate(PART.split(pattern)):
        if place % 2 == 0:
            said += re.escape(_plain(part))
        elif part in SEQUENCE:
            said += "(?P=sequence)" if is_named else "(?P<sequence>[0-9]{1,6})"
            is_named = True
        else:
            said += known.get(part, "")
    found = re.fullmatch(said, _plain(text))
    return int(found["sequence"]) if found else None


def year_in(text: str) -> int | None:
    """The year with which a number ends, where it says one."""
    found = LAST_YEAR.search(text)
    return int(found[1]) if found else None


def _plain(text: str) -> str:
    return text.replace(" ", "").upper()


def head_title(name: str) -> str:
    """What who leads the office of this name is called; papers are Indonesian."""
    if name.startswith("Direktorat "):
        return name.replace("Direktorat", "Direktur", 1)
    return f"Kepala {name}"

"""What a report says that was written for WhatsApp: by its usual labels, never a guess.

    *Izin melaporkan*
    Hari/tanggal : Selasa, 3 November 2026
    Pukul : 09.00 - 11.00 WITA
    Tempat : Balai Desa Tarus
    Klien dewasa : 12 orang (L 10, P 2)

A count is placed only if its category, its sex and its number stand there; whatever
else was written comes back in `unplaced`, or with what must be asked in `questions`.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, tzinfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outreach.activities.counts import BeneficiaryCount
from pokmas.words import dates

Category, Sex = BeneficiaryCount.Category, BeneficiaryCount.Sex
LONGEST = 6000

# As they are written before a colon, without what stands after a slash or in brackets.
LABELS = {
    "title": (
        "kegiatan|nama kegiatan|judul|judul kegiatan|agenda|acara|perihal|hal|tema|"
        "bentuk kegiatan|jenis kegiatan|materi|nama acara"
    ),
    "day": "hari|tanggal|tgl|hari tanggal|hari tgl|hari dan tanggal|tanggal kegiatan",
    "time": "waktu|pukul|jam|waktu pelaksanaan|pkl",
    "place": "tempat|lokasi|bertempat|bertempat di|tempat kegiatan|tempat pelaksanaan",
    "partners": (
        "mitra|mitra kerja|instansi|mitra instansi|pihak mitra|nama mitra|pokmas|"
        "pokmas lipas|nama pokmas|kerja sama dengan|bekerja sama dengan|bersama|"
        "mitra yang terlibat|pelaksana mitra"
    ),
    "people": (
        "peserta|jumlah peserta|jumlah|penerima manfaat|jumlah penerima manfaat|"
        "penerima layanan|jumlah penerima layanan|sasaran|yang hadir|jumlah hadir|"
        "warga binaan|wbp|klien|jumlah klien|jumlah wbp|jumlah warga binaan|diikuti|"
        "diikuti oleh|kehadiran"
    ),
    "officers": (
        "petugas|jumlah petugas|petugas yang terlibat|petugas pendamping|"
        "pegawai|jumlah pegawai|petugas yang hadir"
    ),
    "instructors": (
        "narasumber|jumlah narasumber|pemateri|instruktur|penyuluh|jumlah instruktur"
    ),
    "output": (
        "hasil|hasil kegiatan|hasil yang dicapai|uraian|uraian kegiatan|pelaksanaan|"
        "keterangan|capaian|output|ringkasan|isi kegiatan|laporan|"
        "hasil pelaksanaan|uraian singkat"
    ),
    "obstacles": "kendala|hambatan|permasalahan|kendala yang dihadapi|masalah",
    "follow_up": "tindak lanjut|rencana tindak lanjut|rtl|saran|tindak lanjutnya",
    # Known, and nothing that a report keeps.
    "": (
        "dokumentasi|foto|foto kegiatan|dokumentasi terlampir|lampiran|kepada|"
        "kepada yth|yth|dari|tembusan|cc|pelapor|dilaporkan oleh|dasar"
    ),
}
FIELD_OF = {word: name for name, words in LABELS.items() for word in words.split("|")}

CATEGORIES = {
    Category.ADULT_CLIENT: r"klien (?:pemasyarakatan )?dewasa",
    Category.CHILD_CLIENT: r"klien anak",
    Category.CONVICT: r"narapidana|napi",
    Category.CHILD: r"anak binaan|andikpas|anak didik pemasyarakatan",
    Category.DETAINEE: r"tahanan",
    Category.FAMILY: r"keluarga(?: klien| warga binaan)?",
    Category.PUBLIC: r"masyarakat(?: umum| sekitar)?",
}
CATEGORY = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{key}>{words})" for key, words in CATEGORIES.items())
    + r")\b"
)
NUMBER = r"(?<![\d.,/])(\d{1,3}(?:\.\d{3})+|\d{1,5})(?![\d/]|[.,]\d)"
MALE, FEMALE = r"(?:laki ?- ?laki|laki2|pria|lk|l)", r"(?:perempuan|wanita|pr|p)"
SEXES = {Sex.MALE: MALE, Sex.FEMALE: FEMALE}
UNIT = r"(?:orang|org|jiwa|peserta)"
OF_ONE = "|".join(CATEGORIES.values())
# Behind the words of the sex or before them: “L: 12”; “12 L”, “12 orang laki-laki”,
# “12 klien dewasa laki-laki”, “12 anak binaan (laki-laki)”.
WAYS = [
    {sex: rf"(?<![a-z]){words}\s*[:=]?\s*{NUMBER}" for sex, words in SEXES.items()},
    {
        sex: rf"{NUMBER}\s*(?:{UNIT}\s*)?(?:(?:{OF_ONE})\s*)?"
        rf"(?:{words}(?![a-z])|\({words}\))"
        for sex, words in SEXES.items()
    },
]
ANY_SEX = rf"(?:(?:{MALE}|{FEMALE})(?![a-z])|\((?:{MALE}|{FEMALE})\))"
ITEM = rf"{NUMBER}\s*(?:{UNIT}\s*)?(?:{OF_ONE})\s*{ANY_SEX}"
NEXT = rf"{NUMBER}\s*(?:{UNIT}\s*)?(?:(?:{OF_ONE})\s*)?{ANY_SEX}"
# A line that is nothing but such counts needs no label.
ONLY_COUNTS = re.compile(rf"{ITEM}(?:(?:\s*[,;]\s*|\s+dan\s+){NEXT})*\s*[.,;]?")
ABSENT = re.compile(r"\b(?:tidak (?:hadir|ikut)|absen|berhalangan)\b")
# Words at the beginning or the end that say nothing of the activity.
POLITE = re.compile(
    r"^(?:(?:kepada )?yth\b|ass?alam|wass?alam|selamat (?:pagi|siang|sore|malam)|"
    r"salam|shalom|om swastiastu|izin (?:melapor(?:kan)?|menyampaikan)\b[^:]*$|"
    r"mohon izin|dengan hormat|demikian|terima ?kasih|atas perhatian|hormat (?:kami|"
    r"saya)|dumas?i|siap,? pak|komandan|bapak|ibu|cc\b|tembusan|dokumentasi\b|foto\b|"
    r"laporan(?: kegiatan| harian|$)|#|https?://\S+$|ketik izin|nb\b|mohon arahan|"
    r"kami laporkan|bersama ini)",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"\b(?:izin|ijin) (?:melaporkan|menyampaikan|lapor)\b[ ,:]*(.+)$",
    re.IGNORECASE,
)
# A label that nobody knows: what follows is not what stood above.
STRANGE_LABEL = re.compile(r"^[A-Za-z/ ]{3,30}\s:\s")
# Says what the message is, not what was done.
SAYS_NOTHING = re.compile(
    r"(?:hasil |pelaksanaan )?(?:laporan|kegiatan)?(?: sebagai berikut)?", re.IGNORECASE
)
DAY_NAME = re.compile(
    r"(?:hari )?(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)", re.IGNORECASE
)
SENTENCE = {
    "day": re.compile(
        r"\b(?:pada )?(?:hari\b[ ,/]*)?(?:tanggal )?"
        r"((?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\b[ ,/]*)?"
        r"(?:tanggal )?\d{1,2}(?: [a-z]+|[-/.]\d{1,2}[-/.])[ -]?\d{4})",
        re.IGNORECASE,
    ),
    "time": re.compile(
        r"\b(?:pukul|jam|pkl\.?) ?([\d.:]+(?: ?(?:s/d|s\.d\.?|sampai|-|–) ?"
        r"(?:pukul )?(?:[\d.:]+|selesai))?(?: ?wi(?:b|ta|t)\b)?)",
        re.IGNORECASE,
    ),
    "place": re.compile(
        r"\b(?:bertempat )?di ((?:aula|balai|gedung|ruang|lapas|rutan|bapas|kantor|"
        r"masjid|gereja|desa|kelurahan|sekolah|lapangan|griya|pondok|rumah|taman|"
        r"puskesmas|lpka|pos)\b[^,.;]*)",
        re.IGNORECASE,
    ),
}


@dataclass
class Reading:
    """What was found. Empty is what was not; days and times in those of the unit."""

    title: str = ""
    day: date | None = None
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    partners: list[str] = field(default_factory=list)
    output: str = ""
    obstacles: str = ""
    follow_up: str = ""
    officers: int | None = None
    instructors: int | None = None
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    today: date = None
    zone: tzinfo = None

    @property
    def is_empty(self) -> bool:
        placed = (self.title, self.day, self.place, self.output, self.counts)
        return not any(placed)


def read(text: str, *, today: date, zone: tzinfo) -> Reading:
    """`today` says of which year a day without one is: the last such day. Hours are
    those of `zone`; one of another zone stays unplaced."""
    found = Reading(today=today, zone=zone)
    for name, value in _pieces(text[:LONGEST]):
        _place(found, name, value)
    return found


# Lines


def _pieces(text: str) -> Iterable[tuple[str | None, str]]:
    """Field and words of each label; lines that go on belong to the label above."""
    name, words = None, []
    for line in map(plain, text.splitlines()):
        if not line:
            name, words = yield from _closed(name, words)
            continue
        found, rest = _labelled(line)
        if found is not None:
            yield from _closed(name, words)
            name, words = found, [rest] if rest else []
        elif POLITE.match(line) or STRANGE_LABEL.match(line):
            yield from _closed(name, words)
            name, words = None, []
            yield None, line
        elif name in ("output", "obstacles", "follow_up", "people", "partners") or (
            name is not None and not words
        ):
            words.append(line)
        else:
            yield from _closed(name, words)
            name, words = None, []
            yield None, line
    yield from _closed(name, words)


def _closed(name, words):
    """Hand out what was gathered; an empty line ends none that has no words yet."""
    if words:
        yield name, "\n".join(words)
        return None, []
    return name, words


def plain(line: str) -> str:
    """Without the marks of WhatsApp, bullets, numbers of a list and pictures."""
    line = unicodedata.normalize("NFKC", line)
    line = "".join(
        each
        for each in line
        if unicodedata.category(each) not in ("So", "Cf", "Sk", "Mn", "Cs", "Co")
    )
    line = re.sub(r"[*_~`]+", "", line)
    line = re.sub(r"^[\s•▪◦·►➢✓\-–—>]+", "", line)
    line = re.sub(r"^(?:\d{1,2}|[a-zA-Z])[.)]\s+(?=\D)", "", line)
    return " ".join(line.split())


def _labelled(line: str) -> tuple[str | None, str]:
    """The field of a line “label: words”, and its words; None if it has no label."""
    label, colon, rest = re.sub(r"\s=\s", ":", line, count=1).partition(":")
    if not colon or len(label) > 60 or re.search(r"\d$", label):
        return None, line
    key = _key(label)
    if key in FIELD_OF:
        return FIELD_OF[key], rest.strip()
    if CATEGORY.fullmatch(re.sub(r"^jumlah ", "", key)):
        return "people", line
    return None, line


def _key(label: str) -> str:
    label = re.sub(r"\(.*?\)", " ", label.lower())
    label = re.sub(r"\b(?:pelaksanaan|kegiatan)\b(?=.)(?<=hari )", " ", label)
    whole = " ".join(re.sub(r"[/&.,]", " ", label).split())
    if whole in FIELD_OF:
        return whole
    first = " ".join(re.split(r"[/&]", label)[0].replace(".", " ").split())
    return first if first in FIELD_OF else whole


# Fields


def _place(found: Reading, name: str | None, value: str) -> None:
    if name == "":
        return
    if name is None:
        _place_loose(found, value)
    elif name == "day":
        _place_day(found, value)
    elif name == "time":
        _place_time(found, value)
    elif name == "people":
        _place_people(found, value)
    elif name in ("officers", "instructors"):
        _place_number(found, name, value)
    elif name == "partners":
        found.partners += _listed(value)
    elif name in ("output", "obstacles", "follow_up"):
        before = getattr(found, name)
        setattr(found, name, f"{before}\n{value}".strip())
    elif getattr(found, name):
        found.unplaced.append(value)
    else:
        setattr(found, name, " ".join(value.split()).rstrip(".;"))


def _place_loose(found: Reading, line: str) -> None:
    """A line without a label: the sentence it opens with, politeness, or unplaced."""
    opening = OPENING.search(line)
    if opening and not found.title:
        _place_sentence(found, opening[1])
    elif ONLY_COUNTS.fullmatch(line.lower()):
        _place_people(found, line)
    elif not POLITE.match(line):
        found.unplaced.append(line)


def _place_sentence(found: Reading, words: str) -> None:
    rest = words
    for name, pattern in SENTENCE.items():
        match = pattern.search(rest)
        if match is None:
            continue
        if name == "day":
            _place_day(found, match[1])
        elif name == "time":
            _place_time(found, match[1])
        else:
            found.place = match[1].strip()
        rest = f"{rest[: match.start()]}\0{rest[match.end() :]}"
    title = rest.split("\0")[0].strip(" ,.;:")
    title = re.sub(r"\b(?:pada|pada hari|hari|di|bertempat)$", "", title).strip(" ,")
    title = re.sub(
        r"(?i)^(?:pelaksanaan |kegiatan |telah dilaksanakan(?:nya)? )+", "", title
    )
    if len(title) > 3 and not SAYS_NOTHING.fullmatch(title):
        found.title = f"{title[0].upper()}{title[1:]}"[:200]


def _place_day(found: Reading, value: str) -> None:
    if DAY_NAME.fullmatch(value.strip(" .,")):
        return
    day, times = _day_of(value, found.today)
    if day is None:
        found.unplaced.append(value)
        return
    found.day = found.day or day
    if times:
        _place_time(found, times)


def _day_of(value: str, today: date) -> tuple[date | None, str]:
    """The first day, and what is written of the time behind it."""
    value = value.replace("jumat", "Jumat").replace("Jum'at", "Jumat")
    value = re.sub(r"(?i)\btanggal\b|\btgl\.?", " ", value)
    value = re.sub(r"([-/.])(\d\d)(?!\d)\s*$", r"\g<1>20\2", value.strip())
    # Of several days the first: “3–4 November 2026”.
    several = r"(\d{1,2})\s*(?:-|–|s/d|dan)\s*\d{1,2}(?=\s+[A-Za-z])"
    value = re.sub(several, r"\1", value)
    value = re.sub(r"^\s*([A-Za-z]+)\s*/\s*", r"\1, ", value)
    value, _mark, times = re.sub(
        r"(?i)[,;]?\s*\b(?=(?:pukul|jam|pkl)\b)", "\0", value, count=1
    ).partition("\0")
    value = " ".join(value.split()).strip(" ,.")
    for text in (value, f"{value} {today.year}"):
        try:
            day = dates.parse_date(text)
        except ValidationError:
            continue
        if text != value and day > today:
            try:
                day = day.replace(year=day.year - 1)
            except ValueError:
                continue
        return day, times
    return None, times


def _place_time(found: Reading, value: str) -> None:
    value = re.sub(r"(?i)\b(?:pukul|jam|pkl)\b\.?", " ", value)
    named = re.search(r"(?i)\bwi(?:b|ta|t)\b", value)
    value = re.sub(r"(?i)\bwi(?:b|ta|t)\b", " ", value)
    start, _mark, end = re.sub(
        r"(?i)\s*(?:s\s*/\s*d|s\.\s?d\.?|sampai(?: dengan)?|hingga|[-–—])\s*",
        "\0",
        value.strip(" .,"),
        count=1,
    ).partition("\0")
    behind = f" {named[0]}" if named else ""
    starts, ends = (_time_of(each, behind, found.zone) for each in (start, end))
    if starts is None:
        found.unplaced.append(f"{value.strip()}{behind}")
        return
    found.starts = found.starts or starts
    found.ends = found.ends or ends


def _time_of(value: str, behind: str, zone: tzinfo) -> time | None:
    try:
        return dates.parse_time(value.strip(" .,") + behind, zone)
    except ValidationError:
        return None


def _listed(value: str) -> list[str]:
    """The names of a list, one a line or with commas; a legal form is no name."""
    rows = [plain(line) for line in re.split(r"[\n;]", value)]
    names = []
    for row in rows:
        names += re.split(r",\s+(?!S\.|M\.|dkk)|\s+dan\s+(?=[A-Z])", row)
    return [name.strip(" .,") for name in names if len(name.strip(" .,")) > 2]


def _place_number(found: Reading, name: str, value: str) -> None:
    """How many; a name instead of a number is nobody's to count."""
    alone = rf"{NUMBER}\s*(?:\(\D*\)\s*)?{UNIT}?\.?"
    match = re.fullmatch(alone, value.strip().lower())
    if match and getattr(found, name) is None:
        setattr(found, name, _whole(match[1]))
    else:
        found.unplaced.append(value)


# People


def _place_people(found: Reading, value: str) -> None:
    """Each part of the text with one category; without one it is asked."""
    for row in value.splitlines():
        parts = _parts(row)
        if len(parts) > 1 and _has_one_number_for_all(parts):
            parts = [row]
        for part in parts:
            counts, question = _counts_of(part)
            clash = any(found.counts.get(key, n) != n for key, n in counts.items())
            if counts and not clash:
                found.counts |= counts
            elif clash:
                found.questions.append(_not_sure(part))
            elif question:
                found.questions.append(question)
            elif re.search(r"\d", part):
                found.unplaced.append(part)


def _parts(row: str) -> list[str]:
    """Cut before each category, so that every part speaks of one."""
    starts = [match.start() for match in CATEGORY.finditer(row.lower())]
    if len(starts) < 2:
        return [row]
    lead = row[: starts[0]].strip(" ,;:(")
    if re.search(r"\d", lead):  # “12 narapidana, 8 tahanan”: the number comes first
        return [each.strip() for each in re.split(r"[,;]|\bdan\b", row) if each.strip()]
    ends = [*starts[1:], len(row)]
    return [row[a:b].strip(" ,;.") for a, b in zip(starts, ends, strict=True)]


def _has_one_number_for_all(parts: list[str]) -> bool:
    """“Narapidana dan tahanan: 12 L”: what is said of both is asked."""
    counted = [bool(re.search(r"\d", part)) for part in parts]
    return any(counted) and not all(counted)


def _counts_of(part: str) -> tuple[dict, str]:
    text = part.lower()
    categories = {Category(each.lastgroup) for each in CATEGORY.finditer(text)}
    if not re.search(r"\d", text):
        return {}, ""
    if len(categories) != 1:
        return {}, _no_category(part)
    if ABSENT.search(text):
        return {}, _not_sure(part)
    stated = _by_sex(text)
    if not stated:
        return {}, _no_sex(part)
    numbers = {sex: _whole(found[1]) for sex, found in stated.items()}
    total = _total(text, numbers)
    if total is not None and total != sum(numbers.values()):
        return {}, _not_sure(part)
    (category,) = categories
    return {(category, sex): number for sex, number in numbers.items()}, ""


def _by_sex(text: str) -> dict[str, re.Match]:
    """The number of each sex that is named: all stand before their words, or all
    behind them; else each its own. None if that leaves a doubt."""
    ways = [{sex: _found(way, text) for sex, way in each.items()} for each in WAYS]
    named = [sex for sex in SEXES if any(way[sex] for way in ways)]
    for way in ways:
        if named and all(len(way[sex]) == 1 for sex in named):
            return {sex: way[sex][0] for sex in named}
    mixed = {sex: ways[0][sex] + ways[1][sex] for sex in named}
    if any(len(found) != 1 for found in mixed.values()):
        return {}
    stated = {sex: found[0] for sex, found in mixed.items()}
    places = {found.start(1) for found in stated.values()}
    return stated if len(places) == len(stated) else {}


def _found(way: str, text: str) -> list[re.Match]:
    return list(re.finditer(way, text))


def _total(text: str, numbers: dict) -> int | None:
    """What is stated beside the numbers of the sexes; None if nothing is."""
    every = [_whole(each) for each in re.findall(NUMBER, text)]
    for number in numbers.values():
        if number in every:
            every.remove(number)
    return every[0] if every else None


def _whole(text: str) -> int:
    return int(text.replace(".", ""))


def _no_category(part: str) -> str:
    return _("“%(part)s”: kelompok penerimanya yang mana?") % {"part": part}


def _no_sex(part: str) -> str:
    return _("“%(part)s”: berapa laki-laki dan berapa perempuan?") % {"part": part}


def _not_sure(part: str) -> str:
    return _("“%(part)s”: jumlahnya tidak cocok; isi sendiri.") % {"part": part}

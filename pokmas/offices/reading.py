"""Reading the lists of Kanwil and UPT: everything wrong with them is said at once."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pokmas.offices.letters import without_class
from pokmas.offices.models import Office

DATA = Path(__file__).parent / "data"
REGION_COLUMNS = ["name", "province", "seat_city"]
UNIT_COLUMNS = ["kanwil", "type", "class", "name", "city", "province"]
LONGEST_NAME = Office._meta.get_field("name").max_length
PROBLEMS_SHOWN = 50
REGENCY_KIND = re.compile(r"^(kabupaten|kota)(?: administrasi)?\s+", re.I)


@dataclass
class RegionRow:
    name: str
    provinces: list[str]
    seat: str | None

    @property
    def listed(self) -> dict:
        """What an office remembers of its row, to see later what the list changed."""
        return {"name": self.name, "provinces": self.provinces, "regency": self.seat}


@dataclass
class UnitRow:
    name: str
    region: str
    kind: str
    unit_class: str
    regency: str | None

    @property
    def listed(self) -> dict:
        return vars(self)


@dataclass
class Lists:
    regions: list[RegionRow]
    units: list[UnitRow]
    # Rows without a regency that is known, each in one line.
    unmatched: list[str]


class Places:
    """Provinces and regencies by their letters: spelling differs in spaces and hyphens.

    A city name that is both a regency and a city (Kabupaten Kupang, Kota Kupang) means
    the city if the unit bears its name, as Lapas Kupang does, and the regency if it
    does not, as Lapas Cikarang in Bekasi. The list may say which: "Kota Bekasi".
    """

    def __init__(self, provinces: Iterable, regencies: Iterable):
        self.provinces = {letters(name): code for code, name in provinces}
        self.regencies = {}
        for code, province, name in regencies:
            kind = REGENCY_KIND.match(name)[1].lower()
            key = province, letters(REGENCY_KIND.sub("", name))
            self.regencies.setdefault(key, {})[kind] = code

    def regency(self, provinces: list[str], city: str, office_name: str) -> str | None:
        said = REGENCY_KIND.match(city)
        bare = letters(REGENCY_KIND.sub("", city))
        for province in provinces:
            found = self.regencies.get((province, bare), {})
            if said:
                found = {k: v for k, v in found.items() if k == said[1].lower()}
            if len(found) == 1:
                return next(iter(found.values()))
            if found:
                return found["kota" if bare in letters(office_name) else "kabupaten"]
        return None


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def stem(name: str) -> str:
    """What stays of a name when class and spelling change: the key of an office."""
    return letters(without_class(name))


def read_places() -> tuple[list, list]:
    provinces = _rows(DATA / "provinces.csv", ["code", "name"])
    regencies = _rows(DATA / "regencies.csv", ["code", "province_code", "name"])
    return [tuple(row.values()) for _line, row in provinces], [
        tuple(row.values()) for _line, row in regencies
    ]


def read(regions: Path | None = None, units: Path | None = None) -> Lists:
    """Both lists, ours where none is given; refused as a whole if anything is wrong."""
    regions, units = regions or DATA / "kanwil.csv", units or DATA / "upt.csv"
    places, problems, unmatched = Places(*read_places()), [], []
    region_rows = _attempt(problems, _regions, regions, places, problems)
    known = {stem(row.name): row for row in region_rows}
    unit_rows = _attempt(problems, _units, units, places, known, problems, unmatched)
    if problems:
        raise ValidationError(_shortened(problems))
    return Lists(region_rows, unit_rows, unmatched)


def _attempt(problems, function, *args):
    """A file that cannot be read at all is one problem, and no rows."""
    try:
        return function(*args)
    except ValidationError as refusal:
        problems.extend(refusal.messages)
        return []


def _shortened(problems):
    rest = len(problems) - PROBLEMS_SHOWN
    if rest <= 0:
        return problems
    return [*problems[:PROBLEMS_SHOWN], _("… dan %(rest)s hal lain.") % {"rest": rest}]


def _regions(path, places, problems):
    rows, seen, taken = [], {}, {}
    for line, row in _rows(path, REGION_COLUMNS, problems):
        where = _("%(file)s baris %(line)s") % {"file": path.name, "line": line}
        wrong = _name_problems(row["name"], line, seen)
        provinces = []
        for name in filter(None, map(str.strip, row["province"].split(";"))):
            code = places.provinces.get(letters(name))
            if code is None:
                wrong.append(_("provinsi “%(name)s” tidak dikenal") % {"name": name})
            elif code in taken:
                wrong.append(
                    _("provinsi “%(name)s” sudah milik %(owner)s")
                    % {"name": name, "owner": taken[code]}
                )
            else:
                taken[code] = row["name"]
                provinces.append(code)
        if not row["province"]:
            wrong.append(_("kolom province kosong"))
        problems += [f"{where}: {text}." for text in wrong]
        # A seat is a provincial capital: the city where the name could mean both.
        seat = row["seat_city"]
        found = places.regency(provinces, seat, seat) if seat else None
        rows.append(RegionRow(row["name"], sorted(provinces), found))
    return rows


def _units(path, places, regions, problems, unmatched):
    kinds = {letters(label): value for value, label in Office.Kind.choices}
    rows, seen = [], {}
    for line, row in _rows(path, UNIT_COLUMNS, problems):
        where = _("%(file)s baris %(line)s") % {"file": path.name, "line": line}
        wrong = _name_problems(row["name"], line, seen)
        region = regions.get(stem(row["kanwil"]))
        if regions and region is None:
            wrong.append(_("Kanwil “%(name)s” tidak dikenal") % {"name": row["kanwil"]})
        kind = kinds.get(letters(row["type"]))
        if kind is None:
            wrong.append(_("jenis “%(name)s” tidak dikenal") % {"name": row["type"]})
        if row["class"] and row["class"] not in Office.Class.values:
            wrong.append(_("kelas “%(name)s” tidak dikenal") % {"name": row["class"]})
        province = places.provinces.get(letters(row["province"]))
        if province is None:
            wrong.append(
                _("provinsi “%(name)s” tidak dikenal") % {"name": row["province"]}
            )
        elif region and province not in region.provinces:
            wrong.append(
                _("provinsi “%(name)s” bukan wilayah %(region)s")
                % {"name": row["province"], "region": region.name}
            )
        problems += [f"{where}: {text}." for text in wrong]
        if wrong or region is None:
            continue
        regency = places.regency([province], row["city"], row["name"])
        if regency is None:
            city = row["city"] or _("kota kosong")
            unmatched.append(f"{where}: {row['name']} ({city})")
        rows.append(
            UnitRow(row["name"], stem(region.name), kind, row["class"], regency)
        )
    return rows


def _name_problems(name, line, seen):
    if not name:
        return [_("kolom name kosong")]
    if len(name) > LONGEST_NAME:
        return [_("nama lebih dari %(count)s karakter") % {"count": LONGEST_NAME}]
    if first := seen.get(stem(name)):
        return [
            _("“%(name)s” sudah ada di baris %(line)s") % {"name": name, "line": first}
        ]
    seen[stem(name)] = line
    return []


def _rows(path: Path, columns: list[str], problems: list[str] | None = None):
    """Line number and trimmed values of `columns`; other columns are passed over."""
    reader = _reader(path)
    header = [name.strip().lower() for name in next(reader, [])]
    if missing := [name for name in columns if name not in header]:
        raise ValidationError(
            _("%(file)s tidak punya kolom: %(columns)s.")
            % {"file": path.name, "columns": ", ".join(missing)}
        )
    rows = []
    for cells in filter(any, reader):
        if len(cells) == len(header):
            cells = (" ".join(cell.split()) for cell in cells)
            row = dict(zip(header, cells, strict=True))
            rows.append((reader.line_num, {name: row[name] for name in columns}))
        else:
            problems.append(
                _("%(file)s baris %(line)s: %(count)s sel, seharusnya %(wanted)s.")
                % {
                    "file": path.name,
                    "line": reader.line_num,
                    "count": len(cells),
                    "wanted": len(header),
                }
            )
    if not rows:
        raise ValidationError(
            _("%(file)s tidak berisi satu baris pun.") % {"file": path.name}
        )
    return rows


def _reader(path: Path):
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ValidationError(
            _("%(file)s tidak dapat dibuka: %(error)s.")
            % {"file": path.name, "error": error.strerror}
        ) from error
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("%(file)s bukan teks UTF-8; simpan ulang sebagai CSV UTF-8.")
            % {"file": path.name}
        ) from error
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

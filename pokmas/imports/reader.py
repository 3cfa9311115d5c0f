"""The part that reads a stranger's spreadsheet, in a confined process of its own.

    python -m pokmas.imports.reader <folder>

The file is `upload` in that folder, `wanted.json` says which headings are known. It
writes the cells of the sheet that is understood best as one line of JSON for each row
into `rows`, and prints {"sheet": name, "count": rows} or {"refused": <reason>}.

Of a formula only the value that was saved with it is read.
"""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from pokmas.documents import sandbox
from pokmas.documents.sandbox import Refused
from pokmas.documents.spreadsheets import decoded
from pokmas.imports.headings import LOOKED_THROUGH, Accepted, layout_of

SECONDS = 60
MEGABYTES = 900
MOST_ROWS = 60_000
MOST_COLUMNS = 100
MOST_SIGNS = 2_000
# Sheets of a workbook that are looked at.
MOST_SHEETS = 30
DELIMITERS = ";,\t|"
# A spreadsheet puts a sign before what it must not calculate.
STARTS = "=+-@\t\r"


def main() -> None:
    folder = Path(sys.argv[1])
    sandbox.confine(folder, seconds=SECONDS, megabytes=MEGABYTES)
    try:
        answer = read(folder)
    except Refused as refusal:
        answer = {"refused": refusal.args[0], **refusal.marks}
    except MemoryError:
        answer = {"refused": "bomb"}
    except Exception as error:  # noqa: BLE001 - whatever the file does to us
        answer = {"refused": "broken", "error": f"{type(error).__name__}: {error}"}
    answer |= {"megabytes": sandbox.memory_used()}
    sys.stdout.write(json.dumps(answer))


def read(folder: Path) -> dict:
    wanted = json.loads((folder / "wanted.json").read_text())
    accepted = Accepted(wanted["names"], wanted["learnt"])
    path = folder / "upload"
    with path.open("rb") as file:
        is_workbook = file.read(2) in (b"PK", b"\xd0\xcf")
    sheets = Workbook(path) if is_workbook else {"CSV": text_rows(path)}
    name, rows = best(sheets, accepted, wanted["needed"])
    count = write(rows, folder / "rows")
    return {"sheet": name, "count": count}


def best(sheets, accepted: Accepted, needed: str) -> tuple[str, Iterable]:
    """The sheet whose headings are known best; the first, if none is."""
    found, score = None, -1
    for name, rows in sheets.items():
        rows = iter(rows)
        first = list(islice(rows, LOOKED_THROUGH + 2))
        layout = layout_of(first, accepted, needed)
        if layout and layout.score > score:
            found, score = (name, chain_of(first, rows)), layout.score
    if found is None:
        raise Refused("no_rows")
    return found


def chain_of(first: list, rows: Iterator) -> Iterator:
    yield from first
    yield from rows


class Workbook:
    """The sheets that are not hidden, each opened when its turn comes."""

    def __init__(self, path: Path):
        from python_calamine import load_workbook

        self.book = load_workbook(path)

    def items(self):
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        seen = [
            each.name
            for each in self.book.sheets_metadata
            if each.typ == SheetTypeEnum.WorkSheet
            and each.visible == SheetVisibleEnum.Visible
        ]
        for name in seen[:MOST_SHEETS]:
            yield name, sheet_rows(self.book.get_sheet_by_name(name))


def sheet_rows(sheet) -> Iterator[list]:
    """Its rows from the first column on, also where that is empty.

    A cell that spans several rows says the same of each of them.
    """
    before = [""] * (sheet.start[1] if sheet.start else 0)
    spans, spanning = spans_of(sheet), {}
    for number, row in enumerate(sheet.iter_rows()):
        cells = within(before + row if row else row, cell_of)
        for place, (value, last) in spanning.items():
            if number <= last and place < len(cells):
                cells[place] = value
        for place, last in spans.get(number, ()):
            if place < len(cells):
                spanning[place] = cells[place], last
        yield cells


def within(row: list, read) -> list:
    """So many cells as a list may have, and one more if anything stands after them."""
    more = [""] if any(row[MOST_COLUMNS:]) else []
    return [*map(read, row[:MOST_COLUMNS]), *more]


def spans_of(sheet) -> dict[int, list[tuple[int, int]]]:
    """By the row where they begin: place and last row of cells that span several."""
    found = {}
    for (first, place), (last, _place) in sheet.merged_cell_ranges or ():
        if last > first:
            found.setdefault(first, []).append((place, last))
    return found


def cell_of(value):
    """A value as JSON can hold it: a day is told apart from text."""
    if isinstance(value, str):
        return value[:MOST_SIGNS]
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, datetime):
        return {"day": value.date().isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    return value


def text_rows(path: Path) -> Iterator[list]:
    text = decoded(path.read_bytes())
    csv.field_size_limit(1_000_000)
    delimiter = delimiter_of(text[:50_000].splitlines()[:200])
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield within(row, text_of)


def delimiter_of(lines: list[str]) -> str:
    """The sign that parts most of the first lines alike; a semicolon, if none does."""
    first = [line for line in lines if line.strip()]
    if first and first[0].lower().startswith("sep="):
        return first[0][4:5]

    def weight(sign: str) -> int:
        counts = [line.count(sign) for line in first]
        return max((counts.count(each) * each for each in set(counts)), default=0)

    return max(DELIMITERS, key=weight)


def text_of(value: str):
    if value[:1] == "'" and value[1:2] in STARTS:
        return value[1:MOST_SIGNS]
    if value[:1] == "=":
        return {"formula": value[:MOST_SIGNS]}
    return value[:MOST_SIGNS]


def write(rows: Iterable, path: Path) -> int:
    """Every row that says something counts; an empty one only keeps its place."""
    count = 0
    with path.open("w") as file:
        for row in rows:
            if len(row) > MOST_COLUMNS:
                raise Refused("too_wide")
            while row and row[-1] in ("", None):
                row.pop()
            count += bool(row)
            if count > MOST_ROWS:
                raise Refused("too_many", count=MOST_ROWS)
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count


if __name__ == "__main__":
    main()

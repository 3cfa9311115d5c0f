"""Where a list begins and ends in a sheet, and which column is what. Plain Python.

Above a list stands a title, its headings may take two rows, below it stand a total and
signatures. What is read is what lies between.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

# So far down the headings are looked for.
LOOKED_THROUGH = 40
# So much of a heading is kept.
KEPT = 200
TOTAL = re.compile(r"\W*(jumlah|total|grand total|sub ?total|rekapitulasi)\b", re.I)
SIGNED = re.compile(
    r"\s*(mengetahui|menyetujui|mengesahkan|dibuat oleh|disusun oleh|diperiksa oleh|"
    r"nip\b|catatan|sumber\s*:|a\.?n\.?\s|kepala\b|plt\.?\s|plh\.?\s|"
    r"[\w .]+,\s*(\d{1,2}|\.{2,}|…)\s+\w+\s+\d{4}\s*$)",
    re.I,
)
# A row below the headings that only counts the columns: (1) (2) (3).
COUNTED = re.compile(r"\W*\d{1,2}\W*")


def tidy(text: str) -> str:
    """A heading without case, dots, brackets and line breaks, as far as it is kept."""
    text = str(text)[:KEPT].casefold().replace("&", " dan ")
    text = re.sub(r"[^\w&/+#]+|_", " ", text)
    return re.sub(r"\s*/\s*", "/", " ".join(text.split()))[:KEPT]


@dataclass
class Layout:
    """The headings of a sheet: at which row they end, and what stands in which column.

    `columns` says which column of ours stands in which of the sheet, counted from 0.
    """

    last: int
    titles: list[str]
    columns: dict[str, int]
    score: int = 0


@dataclass
class Accepted:
    """By which headings the columns of a list are known, and what was learnt of more.

    `learnt` holds what officers said of other headings; an empty name: leave it out.
    """

    names: Mapping[str, Sequence[str]]
    learnt: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.by_heading = {
            tidy(heading): name
            for name, headings in self.names.items()
            for heading in headings
        }

    def name_of(self, title: str) -> str | None:
        """The column that a heading stands for: as a whole, or one half of it."""
        heading = tidy(title)
        if heading in self.learnt:
            return self.learnt[heading]
        if heading in self.by_heading:
            return self.by_heading[heading]
        halves = heading.split("/") if heading.count("/") == 1 else []
        found = {self.by_heading.get(half.strip()) for half in halves}
        return found.pop() if len(found) == 1 else None

    def columns_of(self, titles: Sequence[str]) -> dict[str, int]:
        """Our columns, each where its first heading stands."""
        found = {}
        for place, title in enumerate(titles):
            name = self.name_of(title) if title else None
            if name and name not in found:
                found[name] = place
        return found


def layout_of(
    rows: Sequence[Sequence], accepted: Accepted, needed: str = ""
) -> Layout | None:
    """The row of headings, or two, that more columns are known by than by any other."""
    best = None
    for number, row in enumerate(rows[:LOOKED_THROUGH]):
        titles = [said(cell) for cell in row]
        candidates = [(number, titles)]
        # A single cell above the headings is the title of the list.
        if number + 1 < len(rows) and sum(map(bool, titles)) > 1:
            below = [said(cell) for cell in rows[number + 1]]
            candidates.append((number + 1, _joined(titles, below, accepted)))
        for last, found in candidates:
            columns = accepted.columns_of(found)
            score = 2 * len(columns) + (needed in columns)
            # Two rows must say more than one of them.
            if columns and (best is None or score > best.score):
                best = Layout(last, found, columns, score)
    return best or _unknown(rows)


def _joined(above: list[str], below: list[str], accepted: Accepted) -> list[str]:
    """Two rows of headings as one; a merged cell above spans those to its right."""
    width = max(len(above), len(below))
    above, below = (
        above + [""] * (width - len(above)),
        below + [""] * (width - len(below)),
    )
    titles, spanning = [], ""
    for over, under in zip(above, below, strict=True):
        spanning = over or (spanning if under else "")
        both = under if over == under else f"{spanning} {under}".strip()
        choices = [both, under, spanning if over else ""]
        known = (
            each for each in choices if each and accepted.name_of(each) is not None
        )
        titles.append(next(known, choices[0]))
    return titles


def _unknown(rows: Sequence[Sequence]) -> Layout | None:
    """No heading is known: the first row with several words is taken for them."""
    for number, row in enumerate(rows[:LOOKED_THROUGH]):
        titles = [said(cell) for cell in row]
        if sum(map(bool, titles)) > 1:
            return Layout(number, titles, {})
    return None


def said(cell) -> str:
    """What stands in a cell, as one line of words."""
    if isinstance(cell, dict):
        cell = next(iter(cell.values()))
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split()) if cell not in (None, "") else ""


@dataclass(frozen=True)
class Passed:
    """A row that is no part of the list, and why."""

    number: int
    text: str


class Body:
    """The rows of the list below its headings, each with its number in the sheet.

    A row that says little is held back until one follows that says much: at the end of
    a list such rows are totals and signatures.
    """

    def __init__(self, layout: Layout, needed: str):
        self.layout = layout
        self.places = sorted(set(layout.columns.values()))
        self.needed = layout.columns.get(needed)
        self.counter = layout.columns.get("no")
        known = [place for place in self.places if place != self.counter]
        self.enough = min(3, max(1, (len(known) + 1) // 2))
        self.known = known
        self.passed: list[Passed] = []

    def rows(self, rows: Iterable[Sequence]) -> Iterator[tuple[int, Sequence]]:
        held = []
        for number, row in enumerate(rows, 1):
            if number <= self.layout.last + 1 or not any(map(said, row)):
                continue
            if self._is_no_row(row, first=number <= self.layout.last + 3):
                self._pass(number, row)
            elif self._says_much(row):
                yield from self._released(held)
                yield number, row
            else:
                held.append((number, row))
        for number, row in held:
            self._pass(number, row) if self._may_be_foot(row) else None
        yield from (each for each in held if not self._may_be_foot(each[1]))

    def _released(self, held: list) -> Iterator[tuple[int, Sequence]]:
        """What stood between two rows of the list: part of it, or a heading within."""
        for number, row in held:
            if sum(1 for cell in row if said(cell)) > 1:
                yield number, row
            else:
                self._pass(number, row)
        held.clear()

    def _is_no_row(self, row: Sequence, *, first: bool) -> bool:
        words = [said(cell) for cell in row if said(cell)]
        if first and len(words) > 1 and all(map(COUNTED.fullmatch, words)):
            return words == sorted(words, key=_digits)
        if self._at(row, self.counter).strip(".").isdecimal():
            return False
        name = self._at(row, self.needed)
        leads = [words[0], name] if name else words[:1]
        return any(map(TOTAL.match, leads)) and len(words) <= max(3, self.enough)

    def _says_much(self, row: Sequence) -> bool:
        filled = sum(1 for place in self.known if self._at(row, place))
        return filled >= self.enough and not self._is_signed(row)

    def _is_signed(self, row: Sequence) -> bool:
        words = [said(cell) for cell in row if said(cell)]
        return len(words) <= 3 and any(map(SIGNED.match, words))

    def _may_be_foot(self, row: Sequence) -> bool:
        """At the end: numbered rows and rows with a name belong to the list."""
        if self._is_signed(row) or not self._at(row, self.needed):
            return True
        if self.counter is not None:
            return not self._at(row, self.counter)
        return sum(1 for cell in row if said(cell)) == 1 and len(self.known) > 1

    def _at(self, row: Sequence, place: int | None) -> str:
        return said(row[place]) if place is not None and place < len(row) else ""

    def _pass(self, number: int, row: Sequence) -> None:
        text = " ".join(said(cell) for cell in row if said(cell))
        self.passed.append(Passed(number, text[:80]))


def _digits(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)


def letter(place: int) -> str:
    """A, B … Z, AA: as a spreadsheet calls its columns."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name

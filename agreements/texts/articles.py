"""The text of an agreement as data: what stands before the first Pasal, each Pasal,
where it is signed, and its annex.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from pokmas.papers.reader import Piece, plain

NUMBER = r"pasal\s+(\d{1,3}|[ivxlc]{1,7})\s?([a-z])?"
ALONE = re.compile(rf"{NUMBER}\s*[.:]?", re.I)
WITH_HEADING = re.compile(rf"{NUMBER}\s*[.:–—-]?\s+(?!ayat\b)(\S.*)", re.I)
# What stands before a sentence: an ayat, a number, a letter.
MARK = re.compile(r"(\(\d{1,2}\)|\d{1,2}[.)]|[a-z]{1,2}[.)]|•)\s+(\S.*)", re.S)
PARTY = re.compile(r"pihak\s+(kesatu|pertama|ke\s?\w+)\s*[,:]?", re.I)
ANNEX = re.compile(r"lampiran\b.{0,120}", re.I)
# Its number, where a Pasal has one.
ANNEXED = "lampiran"
LONGEST_HEADING = 200


@dataclass(frozen=True)
class Line:
    text: str
    is_centred: bool = False


@dataclass(frozen=True)
class Article:
    number: str
    heading: str
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"Pasal {self.number}"

    @property
    def said(self) -> tuple[str, ...]:
        """All of it but its number."""
        return (self.heading, *self.lines)


@dataclass(frozen=True)
class Row:
    """Of an annex: the cells of a row, or a paragraph as the only one."""

    cells: tuple[str, ...]
    is_centred: bool = False

    def __str__(self):
        return " · ".join(self.cells)


class Annex(Article):
    """All that stands behind the signatures, as if it were one Pasal."""

    @property
    def name(self) -> str:
        return "Lampiran"


@dataclass(frozen=True)
class Text:
    """`tail` is the place of the signatures: the lines of each of its cells."""

    lead: tuple[Line, ...] = ()
    articles: tuple[Article, ...] = ()
    tail: tuple[tuple[str, ...], ...] = ()
    annex: tuple[Row, ...] = ()

    @property
    def as_annex(self) -> Annex | None:
        return Annex(ANNEXED, "", tuple(map(str, self.annex))) if self.annex else None

    @property
    def parts(self) -> tuple[Article, ...]:
        """What one talks about: each Pasal, and the annex."""
        return (*self.articles, *filter(None, [self.as_annex]))

    @property
    def annex_blocks(self) -> list[tuple[bool, list[Row]]]:
        """Its paragraphs and its tables in turn; whether they are a table."""
        runs = groupby(self.annex, key=lambda row: len(row.cells) > 1)
        return [(is_table, list(rows)) for is_table, rows in runs]

    def said_as(self, change: Callable[[str], str]) -> "Text":
        """The same with each of its lines changed."""
        return Text(
            tuple(Line(change(line.text), line.is_centred) for line in self.lead),
            tuple(
                replace(
                    each,
                    heading=change(each.heading),
                    lines=tuple(map(change, each.lines)),
                )
                for each in self.articles
            ),
            tuple(tuple(map(change, cell)) for cell in self.tail),
            tuple(
                Row(tuple(map(change, row.cells)), row.is_centred) for row in self.annex
            ),
        )

    def as_json(self) -> dict:
        return {
            "lead": [[line.text, line.is_centred] for line in self.lead],
            "articles": [
                [each.number, each.heading, list(each.lines)] for each in self.articles
            ],
            "tail": [list(cell) for cell in self.tail],
            "annex": [[list(row.cells), row.is_centred] for row in self.annex],
        }

    @classmethod
    def of_json(cls, said: dict) -> "Text":
        return cls(
            tuple(Line(*line) for line in said["lead"]),
            tuple(
                Article(number, heading, tuple(lines))
                for number, heading, lines in said["articles"]
            ),
            tuple(map(tuple, said["tail"])),
            # Older versions had none.
            tuple(Row(tuple(cells), flag) for cells, flag in said.get("annex", ())),
        )


def text_of(pieces: Iterable[Piece]) -> Text:
    """The paragraphs of a Word file, sorted into lead, Pasal, tail and annex."""
    body, annex = _parted(list(pieces))
    lead, articles = [], []
    awaits_heading = False
    for piece in filter(attrgetter("text"), body):
        if found := _numbered(piece):
            number, heading = found
            articles.append((number, [heading], []))
            awaits_heading = not heading
        elif not articles:
            lead.append(Line(piece.text, piece.is_centred))
        elif awaits_heading and _is_heading(piece):
            articles[-1][1][0] = piece.text
            awaits_heading = False
        else:
            articles[-1][2].append(piece)
            awaits_heading = False
    tail = _cut_tail(articles[-1][2]) if articles else []
    return Text(
        tuple(lead),
        tuple(
            Article(number, heading[0], tuple(piece.text for piece in body))
            for number, heading, body in articles
        ),
        tuple(_cells(tail)),
        tuple(_rows(annex)),
    )


def _parted(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """What stands before the annex, and the annex: it begins with its name, in a line
    that stands out, or behind the place of the signatures."""
    has_articles = awaits_heading = is_signed = False
    for place, piece in enumerate(pieces):
        if not piece.text:
            continue
        if found := _numbered(piece):
            has_articles, is_signed, awaits_heading = True, False, not found[1]
            continue
        stands_out = piece.is_centred or piece.is_strong
        is_title = stands_out or (is_signed and piece.text[-1] not in ".;")
        begins = is_title and ANNEX.fullmatch(piece.text)
        if begins and has_articles and not awaits_heading:
            return pieces[:place], pieces[place:]
        is_signed = is_signed or bool(has_articles and PARTY.fullmatch(piece.text))
        awaits_heading = False
    return pieces, []


def _numbered(piece: Piece) -> tuple[str, str] | None:
    """Number and heading, if a Pasal begins here; its heading may follow below."""
    if found := ALONE.fullmatch(piece.text):
        return _number(found), ""
    if piece.is_centred or piece.is_strong:
        found = WITH_HEADING.fullmatch(piece.text)
        if found and len(piece.text) <= LONGEST_HEADING:
            return _number(found), found[3]
    return None


def _number(found: re.Match) -> str:
    return f"{found[1]}{found[2] or ''}".upper()


def _is_heading(piece: Piece) -> bool:
    looks = piece.is_centred or piece.is_strong or piece.text.isupper()
    is_short = len(piece.text) <= LONGEST_HEADING
    return looks and is_short and not MARK.match(piece.text)


def _cut_tail(body: list[Piece]) -> list[Piece]:
    """Take from the last Pasal what begins with the place of the signatures."""
    signing = {
        piece.cell[0] for piece in body if piece.cell and PARTY.fullmatch(piece.text)
    }
    for place, piece in enumerate(body):
        in_table = piece.cell is not None and piece.cell[0] in signing
        alone = piece.cell is None and PARTY.fullmatch(piece.text)
        if in_table or alone:
            tail = body[place:]
            del body[place:]
            return tail
    return []


def _cells(tail: Sequence[Piece]) -> list[tuple[str, ...]]:
    return [
        tuple(piece.text for piece in pieces)
        for _cell, pieces in groupby(tail, key=lambda piece: piece.cell)
    ]


def _rows(pieces: Sequence[Piece]) -> Iterator[Row]:
    """A paragraph each, and of tables the rows in which something is said."""
    for place, group in groupby(
        pieces, key=lambda piece: piece.cell and piece.cell[:2]
    ):
        if place is None:
            yield from (Row((piece.text,), piece.is_centred) for piece in group)
            continue
        cells = [
            plain(" ".join(piece.text for piece in cell))
            for _cell, cell in groupby(group, key=attrgetter("cell"))
        ]
        if any(cells):
            yield Row(tuple(cells))

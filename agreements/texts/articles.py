"""The text of an agreement as data: what stands before the first Pasal, each Pasal, and
where it is signed. Plain Python: the confined reader of Word files builds it too.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

NUMBER = r"pasal\s+(\d{1,3}|[ivxlc]{1,7})\s?([a-z])?"
ALONE = re.compile(rf"{NUMBER}\s*[.:]?", re.I)
WITH_HEADING = re.compile(rf"{NUMBER}\s*[.:–—-]?\s+(?!ayat\b)(\S.*)", re.I)
# What stands before a sentence: an ayat, a number, a letter.
MARK = re.compile(r"(\(\d{1,2}\)|\d{1,2}[.)]|[a-z]{1,2}[.)]|•)\s+(\S.*)", re.S)
PARTY = re.compile(r"pihak\s+(kesatu|pertama|ke\s?\w+)\s*[,:]?", re.I)
ANNEX = re.compile(r"lampiran\b.{0,60}", re.I)
LONGEST_HEADING = 200
# Signs that are not seen: of direction, and those that join or part letters.
HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Piece:
    """A paragraph as a Word file has it; `cell` tells those of a table apart."""

    text: str
    is_centred: bool = False
    # In bold or in a style of headings.
    is_strong: bool = False
    cell: tuple[int, int] | None = None


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
class Text:
    """`tail` is the place of the signatures: the lines of each of its cells."""

    lead: tuple[Line, ...] = ()
    articles: tuple[Article, ...] = ()
    tail: tuple[tuple[str, ...], ...] = ()

    def as_json(self) -> dict:
        return {
            "lead": [[line.text, line.is_centred] for line in self.lead],
            "articles": [
                [each.number, each.heading, list(each.lines)] for each in self.articles
            ],
            "tail": [list(cell) for cell in self.tail],
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
        )


def plain(text: str) -> str:
    """On one line, as a paragraph of Word says it."""
    return re.sub(r"\s+", " ", HIDDEN.sub("", text)).strip()


def text_of(pieces: Iterable[Piece]) -> Text:
    """The paragraphs of a Word file, sorted into lead, Pasal and tail."""
    lead, articles = [], []
    awaits_heading = False
    for piece in pieces:
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
    )


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
        annex = piece.is_centred and ANNEX.fullmatch(piece.text)
        if in_table or alone or annex:
            tail = body[place:]
            del body[place:]
            return tail
    return []


def _cells(tail: Sequence[Piece]) -> list[tuple[str, ...]]:
    return [
        tuple(piece.text for piece in pieces)
        for _cell, pieces in groupby(tail, key=lambda piece: piece.cell)
    ]

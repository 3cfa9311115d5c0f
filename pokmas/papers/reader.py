"""The part that reads a stranger's Word file, in a confined process of its own.

    python -m pokmas.papers.reader <folder>

The file is `upload` in that folder. It prints as JSON what stands in it, paragraph by
paragraph, with all changes of Word's "track changes" accepted, and how many of these
and of comments there are; or {"refused": <reason>}.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import IO

from pokmas.documents import sandbox
from pokmas.documents.sandbox import Refused

SECONDS = 20
MEGABYTES = 640
MOST_SIGNS = 2_000_000
MOST_PIECES = 40_000
AUTHORS = 5
CODE = re.compile(r"[2-9B-DF-HJ-NP-TV-Z]{4}(?:-[2-9B-DF-HJ-NP-TV-Z]{4}){2}")
# Signs that are not seen: of direction, and those that join or part letters.
HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PROPERTIES = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
NUMBERING = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
)
# What is not there any more, and what stands in another paragraph.
GONE = {"del", "moveFrom", "Fallback", "p", "pPr", "rPr", "sectPr"}
TRACKED = ("ins", "del", "moveTo", "moveFrom")
OFF = {"0", "false", "off"}


@dataclass(frozen=True)
class Piece:
    """A paragraph as a Word file has it; `cell` says in which table, row and cell."""

    text: str
    is_centred: bool = False
    # In bold or in a style of headings.
    is_strong: bool = False
    cell: tuple[int, int, int] | None = None
    style: str = ""
    # The name of the place that begins here, as Word's bookmarks have it.
    place: str = ""


def plain(text: str) -> str:
    """On one line, as a paragraph of Word says it."""
    return re.sub(r"\s+", " ", HIDDEN.sub("", text)).strip()


def main() -> None:
    folder = Path(sys.argv[1])
    sandbox.confine(folder, seconds=SECONDS, megabytes=MEGABYTES)
    try:
        with (folder / "upload").open("rb") as file:
            answer = read(file)
    except Refused as refusal:
        answer = {"refused": refusal.args[0]}
    except MemoryError:
        answer = {"refused": "bomb"}
    except Exception as error:  # noqa: BLE001 - whatever the file does to us
        answer = {"refused": "broken", "error": f"{type(error).__name__}: {error}"}
    sys.stdout.write(json.dumps(answer))


def read(file: IO[bytes]) -> dict:
    import docx

    document = docx.Document(file)
    pieces = list(_within_limits(pieces_of(document)))
    tracked = [
        element
        for name in TRACKED
        for element in document.element.body.iter(f"{WORD}{name}")
    ]
    comments = list(comments_of(document))
    return {
        "pieces": list(map(astuple, pieces)),
        "codes": codes_of(document),
        "tracked": len(tracked),
        "comments": len(comments),
        "authors": authors_of([*tracked, *comments]),
    }


def _within_limits(pieces: Iterator[Piece]) -> Iterator[Piece]:
    signs = 0
    for count, piece in enumerate(pieces):
        signs += len(piece.text)
        if signs > MOST_SIGNS or count >= MOST_PIECES:
            raise Refused("too_long")
        yield piece


def authors_of(elements) -> list[str]:
    names = [plain(element.get(f"{WORD}author") or "") for element in elements]
    return list(dict.fromkeys(name[:80] for name in names if name))[:AUTHORS]


def comments_of(document) -> Iterator:
    for part in parts_of(document, ".comments+xml"):
        yield from part.iter(f"{WORD}comment")


def codes_of(document) -> list[str]:
    """Those among its properties; LibreOffice leads to them by a way of its own, which
    python-docx does not know."""
    return [
        code
        for part in parts_of(document, ".core-properties+xml")
        for keywords in part.iter(f"{PROPERTIES}keywords")
        for code in CODE.findall(keywords.text or "")
    ]


def parts_of(document, kind: str) -> Iterator:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for part in document.part.package.iter_parts():
        if part.content_type.endswith(kind):
            yield etree.fromstring(part.blob, parser)


def pieces_of(document) -> Iterator[Piece]:
    body, styles = document.element.body, Styles(document)
    numbering = Numbering(document)
    letterhead = _letterhead(body)
    cells = {}
    before = ""
    for paragraph in body.iter(f"{WORD}p"):
        if _is_gone(paragraph, letterhead):
            continue
        text = before + "".join(texts_of(paragraph))
        before = ""
        if _ends_no_more(paragraph):
            before = text
            continue
        look = styles.look_of(paragraph)
        label = numbering.label_of(look.number)
        lines = [plain(line) for line in text.split("\n")]
        # A number alone says nothing, such as a “Pasal 3” does.
        if lines[0] or " " in label.strip():
            lines[0] = plain(f"{label} {lines[0]}")
        is_strong = look.is_strong or _is_bold(paragraph)
        cell = _cell_of(paragraph, cells)
        place = _place_of(paragraph)
        # A cell of which nothing is said still has its place in its row.
        for line in filter(None, lines) if any(lines) or not cell else [""]:
            yield Piece(line, look.is_centred, is_strong, cell, look.style, place)
            place = ""


def _letterhead(body):
    """The table with the emblem, which is no text of the agreement."""
    first = next(iter(body), None)
    is_table = first is not None and first.tag == f"{WORD}tbl"
    has_emblem = is_table and next(first.iter(f"{WORD}drawing"), None) is not None
    return first if has_emblem else None


def _is_gone(paragraph, letterhead) -> bool:
    """Whether it is in the letterhead, in a deleted row, or a copy for old programs."""
    return any(
        above is letterhead
        or above.tag.endswith("}Fallback")
        or above.find(f"{WORD}trPr/{WORD}del") is not None
        for above in paragraph.iterancestors()
    )


def texts_of(element) -> Iterator[str]:
    """What of it is to be read, a line break as such."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = child.tag.rpartition("}")[2]
        if name in GONE:
            continue
        if name == "t":
            yield child.text or ""
        elif name in ("br", "cr"):
            yield "\n"
        elif name in ("tab", "ptab"):
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
        else:
            yield from texts_of(child)


def _ends_no_more(paragraph) -> bool:
    """Whether its end was deleted, so that it goes on with the next one."""
    marks = paragraph.find(f"{WORD}pPr/{WORD}rPr")
    return marks is not None and any(
        marks.find(f"{WORD}{name}") is not None for name in ("del", "moveFrom")
    )


def _is_bold(paragraph) -> bool:
    runs = [
        run
        for run in paragraph.iter(f"{WORD}r")
        if any((text.text or "").strip() for text in run.iter(f"{WORD}t"))
    ]
    return bool(runs) and all(_is_on(run.find(f"{WORD}rPr/{WORD}b")) for run in runs)


def _is_on(element) -> bool:
    return element is not None and element.get(f"{WORD}val") not in OFF


def _cell_of(paragraph, known: dict) -> tuple[int, int, int] | None:
    """Which table, which of its rows and cells, by numbers of their own."""
    cell = next(paragraph.iterancestors(f"{WORD}tc"), None)
    if cell is None:
        return None
    row = next(cell.iterancestors(f"{WORD}tr"))
    table = next(row.iterancestors(f"{WORD}tbl"))
    return tuple(known.setdefault(each, len(known)) for each in (table, row, cell))


def _place_of(paragraph) -> str:
    begins = paragraph.find(f"{WORD}bookmarkStart")
    return "" if begins is None else begins.get(f"{WORD}name", "")


class Look:
    """How a paragraph stands: from its own properties, or those of its style."""

    def __init__(self):
        self.is_centred = self.is_strong = False
        self.number: tuple[str, int] | None = None
        self.style = ""


class Styles:
    def __init__(self, document):
        self.known = {
            style.get(f"{WORD}styleId"): style
            for style in document.styles.element.iter(f"{WORD}style")
        }
        self.default = next(
            (
                name
                for name, style in self.known.items()
                if style.get(f"{WORD}type") == "paragraph"
                and style.get(f"{WORD}default") in ("1", "true")
            ),
            None,
        )

    def look_of(self, paragraph) -> Look:
        look = Look()
        properties = paragraph.find(f"{WORD}pPr")
        named = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        name = self.default if named is None else named.get(f"{WORD}val")
        look.style = name or ""
        chain = [properties, *self._chain(name)]
        align = self._first(chain, "jc")
        look.is_centred = align is not None and align.get(f"{WORD}val") == "center"
        look.number = self._number(chain)
        look.is_strong = self._is_strong(name)
        return look

    def _chain(self, name) -> list:
        """The properties of a style and of those that it is based on."""
        return [style.find(f"{WORD}pPr") for style in self._styles(name)]

    def _styles(self, name) -> Iterator:
        seen = set()
        while name in self.known and name not in seen:
            seen.add(name)
            style = self.known[name]
            yield style
            base = style.find(f"{WORD}basedOn")
            name = base.get(f"{WORD}val") if base is not None else None

    def _first(self, chain, name):
        for properties in chain:
            found = properties.find(f"{WORD}{name}") if properties is not None else None
            if found is not None:
                return found
        return None

    def _number(self, chain) -> tuple[str, int] | None:
        found = self._first(chain, "numPr")
        if found is None:
            return None
        number, level = found.find(f"{WORD}numId"), found.find(f"{WORD}ilvl")
        if number is None or number.get(f"{WORD}val") in (None, "0"):
            return None
        depth = level.get(f"{WORD}val", "0") if level is not None else "0"
        return number.get(f"{WORD}val"), int(depth)

    def _is_strong(self, name) -> bool:
        for style in self._styles(name):
            bold = style.find(f"{WORD}rPr/{WORD}b")
            if bold is not None:
                return _is_on(bold)
            if style.find(f"{WORD}pPr/{WORD}outlineLvl") is not None:
                return True
        return False


class Numbering:
    """The numbers that Word writes before the paragraphs of a list."""

    def __init__(self, document):
        self.counts: dict[str, list[int]] = {}
        self.begun: set[str] = set()
        self.lists, self.levels, self.restarts = {}, {}, {}
        try:
            numbering = document.part.part_related_by(NUMBERING).element
        except KeyError:
            return
        for each in numbering.iter(f"{WORD}abstractNum"):
            name = each.get(f"{WORD}abstractNumId")
            for level in each.iter(f"{WORD}lvl"):
                self.levels[name, int(level.get(f"{WORD}ilvl"))] = level
        for each in numbering.iter(f"{WORD}num"):
            name = each.get(f"{WORD}numId")
            self.lists[name] = _value(each, "abstractNumId")
            for override in each.iter(f"{WORD}lvlOverride"):
                begins = _value(override, "startOverride")
                if begins is not None:
                    level = int(override.get(f"{WORD}ilvl"))
                    self.restarts[name, level] = int(begins)

    def label_of(self, number: tuple[str, int] | None) -> str:
        if number is None or number[0] not in self.lists:
            return ""
        name, depth = number
        kind = self.lists[name]
        if (kind, depth) not in self.levels or not 0 <= depth < 9:
            return ""
        counts = self.counts.setdefault(kind, [])
        if name not in self.begun and (name, depth) in self.restarts:
            del counts[depth:]
        self.begun.add(name)
        while len(counts) <= depth:
            counts.append(self._start(name, kind, len(counts)) - 1)
        counts[depth] += 1
        del counts[depth + 1 :]
        return self._written(kind, depth, counts)

    def _start(self, name: str, kind: str, depth: int) -> int:
        if (name, depth) in self.restarts:
            return self.restarts[name, depth]
        level = self.levels.get((kind, depth))
        return int(_value(level, "start") or 1) if level is not None else 1

    def _written(self, kind: str, depth: int, counts: list[int]) -> str:
        own = self.levels[kind, depth]
        if _value(own, "numFmt") == "bullet":
            return "•"
        text = _value(own, "lvlText") or ""
        for place, count in enumerate(counts):
            level = self.levels.get((kind, place))
            form = _value(level, "numFmt") if level is not None else "decimal"
            # A level that is not counted yet shows its first number.
            text = text.replace(f"%{place + 1}", _number(max(count, 1), form))
        return text


def _value(element, name: str) -> str | None:
    found = element.find(f"{WORD}{name}")
    return found.get(f"{WORD}val") if found is not None else None


def _number(count: int, form: str | None) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(count)
        return roman if form == "upperRoman" else roman.lower()
    if form == "none":
        return ""
    return str(count)


def _roman(count: int) -> str:
    signs = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    text = "L" * (count // 50)
    count %= 50
    if count >= 40:
        text, count = f"{text}XL", count - 40
    for worth, sign in signs:
        text, count = text + sign * (count // worth), count % worth
    return text


if __name__ == "__main__":
    main()

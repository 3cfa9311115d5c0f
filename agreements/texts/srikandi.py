"""The variables of SRIKANDI in the Word file of a text: whoever discusses it reads
blanks in their place, and they stand there again in what goes to SRIKANDI."""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from zipfile import BadZipFile, ZipFile

from lxml import etree

from agreements.texts.articles import Text, plain
from pokmas.papers.srikandi import BLANK, FILLED, VARIABLES

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
VARIABLE = re.compile("|".join(map(re.escape, VARIABLES)))
# So much of what stands before it tells where a variable belongs.
CONTEXT = 24


@dataclass(frozen=True)
class Place:
    """Where a variable stood: after these words, or alone below a line of them."""

    variable: str
    before: str
    is_below: bool

    @property
    def blank(self) -> str:
        return self.before + BLANK.placed(self.variable)

    def is_at(self, line: str) -> bool:
        if self.is_below or not self.before:
            return line == self.blank
        return self.blank in line

    def fill(self, line: str) -> str:
        return line.replace(self.blank, self.before + self.variable, 1)


def without_variables(content: bytes) -> bytes:
    """The file as it is discussed; the same for everybody who takes it."""

    def placed(body):
        for paragraph in body.iter(f"{WORD}p"):
            _say(paragraph, BLANK.placed)

    return _with_body(content, placed) if b"${" in _body_of(content) else content


def with_variables(content: bytes, made: Text) -> bytes:
    """The file with them where the made text, of which it came, has them."""
    if b"${" in (body := _body_of(content)) or not body:
        return content

    def placed(body):
        paragraphs = list(body.iter(f"{WORD}p"))
        lines = [plain(_said(each)) for each in paragraphs]
        for at, place in _found(lines, _places_in(made)):
            if place.is_below:
                _put_below(paragraphs[at : at + 2], place.variable)
            else:
                _say(paragraphs[at], place.fill)

    return _with_body(content, placed)


def restored(text: Text, made: Text) -> Text:
    """What was read in a file with blanks, with the variables in their places."""
    lines = list(_lines_of(text))
    if any(map(VARIABLE.search, lines)):
        return text
    found = dict(_found(lines, _places_in(made)))
    numbers = count()

    def filled(line: str) -> str:
        place = found.get(next(numbers))
        if place is None:
            return line
        return f"{line}\n{place.variable}" if place.is_below else place.fill(line)

    text = text.said_as(filled)
    tail = tuple(tuple("\n".join(cell).split("\n")) for cell in text.tail)
    return replace(text, tail=tail)


def lacking_in(text: Text, made: Text) -> list[str]:
    """The variables of the `made` one that the text has no more."""
    said = "\n".join(_lines_of(text))
    wanted = VARIABLE.findall("\n".join(_lines_of(made)))
    return [each for each in dict.fromkeys(wanted) if each not in said]


def _places_in(text: Text) -> list[Place]:
    places, above = [], ""
    for line in _lines_of(text):
        for found in VARIABLE.finditer(line):
            if found[0] == FILLED.signature and line == found[0]:
                places.append(Place(found[0], above, is_below=True))
                continue
            before = BLANK.placed(line[: found.start()]).rpartition("…")[2]
            before = before[-CONTEXT:]
            places.append(Place(found[0], before, is_below=False))
        above = BLANK.placed(line) or above
    return places


def _found(lines: Sequence[str], places: Iterable[Place]) -> list[tuple[int, Place]]:
    """In their order, each behind the one before."""
    found, start = [], 0
    for place in places:
        for at in range(start, len(lines)):
            if place.is_at(lines[at]):
                found.append((at, place))
                start = at + 1
                break
    return found


def _lines_of(text: Text) -> Iterable[str]:
    yield from (line.text for line in text.lead)
    for article in text.articles:
        yield from (article.heading, *article.lines)
    for cell in text.tail:
        yield from cell
    for row in text.annex:
        yield from row.cells


def _put_below(paragraphs: Sequence, variable: str) -> None:
    """In the room for a signature, else in a paragraph of its own."""
    above, *below = paragraphs
    if below and not plain(_said(below[0])):
        room = below[0]
    else:
        room = etree.Element(f"{WORD}p")
        above.addnext(room)
    run = etree.SubElement(room, f"{WORD}r")
    etree.SubElement(run, f"{WORD}t").text = variable


def _say(paragraph, change: Callable[[str], str]) -> None:
    """Within its runs if that will do, else in the first of them."""
    pieces = list(paragraph.iter(f"{WORD}t"))
    said = "".join(piece.text or "" for piece in pieces)
    wanted = change(said)
    if wanted == said:
        return
    changed = [change(piece.text or "") for piece in pieces]
    if "".join(changed) != wanted:
        changed = [wanted, *[""] * (len(pieces) - 1)]
    for piece, text in zip(pieces, changed, strict=True):
        piece.text = text
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _said(paragraph) -> str:
    return "".join(piece.text or "" for piece in paragraph.iter(f"{WORD}t"))


def _body_of(content: bytes) -> bytes:
    try:
        with ZipFile(io.BytesIO(content)) as file:
            return file.read(BODY)
    except (BadZipFile, KeyError):
        return b""


def _with_body(content: bytes, change: Callable) -> bytes:
    """All parts as they are, but for what stands on its pages."""
    output = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(output, "w") as new:
        for part in old.infolist():
            said = old.read(part)
            if part.filename == BODY:
                parser = etree.XMLParser(resolve_entities=False, no_network=True)
                body = etree.fromstring(said, parser)
                change(body)
                said = etree.tostring(
                    body, xml_declaration=True, encoding="UTF-8", standalone=True
                )
            new.writestr(part, said)
    return output.getvalue()

"""Word files as people send them back, and what the reader makes of them."""

import io
from copy import deepcopy

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from agreements.texts.articles import Text
from agreements.texts.papers import blocks_of
from agreements.texts.reading import text_in
from pokmas.documents.letterhead import letterhead_of
from pokmas.documents.models import Document, IssuedDocument
from pokmas.offices.models import Office
from pokmas.papers.blocks import Content
from pokmas.papers.reading import Reading, read_own
from pokmas.papers.word import word_of
from tests.agreements.texts.factories import TEXT


def word_file(text: Text) -> bytes:
    """As the portal makes it."""
    office = Office(name="Bapas Uji", level="unit")
    issued = IssuedDocument(
        title="Naskah", office=office, letterhead=vars(letterhead_of(office))
    )
    return word_of(Content(blocks_of(text)), issued)


def what_it_says(content: bytes) -> Text:
    return text_in(reading_of(content).pieces)


def reading_of(content: bytes) -> Reading:
    return read_own(io.BytesIO(content))


def upload(content: bytes, name="naskah.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, str(Document.Kind.DOCX))


def next_version() -> SimpleUploadedFile:
    """What stands in the factory's text, and a word more."""
    longer = TEXT.as_json()
    longer["articles"][0][2][0] += " Juga pendampingan."
    return upload(word_file(Text.of_json(longer)))


class Edited:
    """A Word file in somebody's hands.

    with the changes that Word itself makes when it saves: a run for each word, marks
    of the spelling and bookmarks between them.
    """

    def __init__(self, content: bytes):
        self.document = docx.Document(io.BytesIO(content))

    def paragraph(self, beginning: str):
        return next(
            each
            for each in self.document.element.body.iter(qn("w:p"))
            if said_by(each).startswith(beginning)
        )

    def replace(self, old: str, new: str) -> "Edited":
        for piece in self.document.element.body.iter(qn("w:t")):
            if old in (piece.text or ""):
                piece.text = piece.text.replace(old, new)
                return self
        raise AssertionError(f"{old} stands nowhere")

    def add_after(self, beginning: str, *lines: str) -> "Edited":
        """Paragraphs that look like the one after which they stand."""
        place = self.paragraph(beginning)
        for line in lines:
            fresh = deepcopy(place)
            first, *others = fresh.findall(qn("w:r"))
            for run in others:
                fresh.remove(run)
            fresh.replace(first, _run_of(first, line))
            place.addnext(fresh)
            place = fresh
        return self

    def drop(self, *beginnings: str) -> "Edited":
        for beginning in beginnings:
            gone = self.paragraph(beginning)
            gone.getparent().remove(gone)
        return self

    def torn(self) -> "Edited":
        """As Word saves it."""
        for number, run in enumerate(list(self.document.element.body.iter(qn("w:r")))):
            last = run[-1] if len(run) else run
            if last.tag == qn("w:t") and " " in (last.text or ""):
                _tear(run, last, number)
        return self

    def tracked(self, old: str, new: str, author="Siti Andaian") -> "Edited":
        """One word for another, under "track changes"."""
        piece = next(
            each
            for each in self.document.element.body.iter(qn("w:t"))
            if old in (each.text or "")
        )
        before, _old, after = piece.text.partition(old)
        run = piece.getparent()
        gone, came, rest = (_run_of(run, words) for words in (old, new, after))
        piece.text = before
        gone.find(qn("w:t")).tag = qn("w:delText")
        run.addnext(rest)
        run.addnext(_by(author, "ins", came))
        run.addnext(_by(author, "del", gone))
        return self

    def commented(self, beginning: str, words: str, author="Budi Contoh") -> "Edited":
        from docx.text.paragraph import Paragraph

        runs = Paragraph(self.paragraph(beginning), self.document).runs
        self.document.add_comment(runs, text=words, author=author)
        return self

    def saved(self, code: str = "") -> bytes:
        """`code` is that of the paper from which it descends."""
        if code:
            self.document.core_properties.keywords = code
        output = io.BytesIO()
        self.document.save(output)
        return output.getvalue()


def said_by(paragraph) -> str:
    return "".join(piece.text or "" for piece in paragraph.iter(qn("w:t")))


def runs_with(content: bytes, sign: str) -> list[str]:
    """The texts of single runs that hold this."""
    body = docx.Document(io.BytesIO(content)).element.body
    return [each.text for each in body.iter(qn("w:t")) if sign in (each.text or "")]


def _tear(run, text, number: int) -> None:
    first, *words = text.text.split(" ")
    text.text = first
    place = run
    for word in words:
        between = [
            _odd("proofErr", type="spellStart"),
            _odd("bookmarkStart", id=str(number), name=f"_Hlk{number}"),
            _odd("bookmarkEnd", id=str(number)),
            _run_of(run, f" {word}"),
        ]
        for each in between:
            place.addnext(each)
            place = each


def _run_of(run, words: str):
    """Another run that looks like this one."""
    fresh = deepcopy(run)
    for child in list(fresh):
        if child.tag != qn("w:rPr"):
            fresh.remove(child)
    fresh.append(_text(words))
    return fresh


def _text(words: str):
    text = OxmlElement("w:t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    return text


def _odd(tag: str, **attributes: str):
    element = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _by(author: str, name: str, run):
    element = _odd(name, id="9", author=author, date="2026-11-29T08:00:00Z")
    element.append(run)
    return element

"""A paper as plain data, which `templates/pdf/paper.typ` sets.

Each kind of block has a function there of the same name as its class here.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import singledispatchmethod

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from pokmas.accounts.models import User
from pokmas.audit import services as audit
from pokmas.documents import pdf, qr
from pokmas.documents.letterhead import without_scheme
from pokmas.documents.models import Document, IssuedDocument
from pokmas.offices.models import Office
from pokmas.papers.blocks import (
    WIDEST,
    Cell,
    Clauses,
    Content,
    Facts,
    Heading,
    Key,
    Letter,
    Marked,
    Paragraph,
    Photo,
    Photos,
    Picture,
    Signature,
    Signatures,
    Table,
    Title,
)
from pokmas.words import dates

A5 = (148, 210)
# A line at the foot holds so much.
FOOT = 110
# A letter of a table at its usual, and a line, in millimetres.
USUAL, LINE = 1.7, 4.2
# A row of more lines may go on on the next page.
LONG_ROW = 25
NUMBER = re.compile(r"[\d.,%-]+")


@dataclass
class Typesetting:
    """`blocks` as data; what they show besides lies in `drawings` and `photos`."""

    content: Content
    office: Office
    drawings: dict[str, str] = field(default_factory=dict)
    photos: dict[str, Document] = field(default_factory=dict)
    # No heading is two levels below the one before.
    level: int = 0

    @property
    def sheet(self) -> tuple[int, int]:
        size = self.content.paper_size
        return A5 if size == "A5" else self.office.measures_of(size)

    @property
    def width(self) -> int:
        """Of what stands between the margins."""
        margins = self.content.margins
        return self.sheet[0] - margins["left"] - margins["right"]

    def data(self) -> dict:
        return {
            "sheet": self.sheet,
            "margins": self.content.margins,
            "compact": self.content.is_compact,
            "blocks": [self._block(block) for block in self.content.body],
            "annexes": [
                [self._block(annex.heading), self._block(annex.table)]
                for annex in self.content.annexes
            ],
            "attached": [
                {"name": each.name, "about": each.about, "kind": str(each.kind)}
                for each in self.content.attached
            ],
        }

    def _block(self, block) -> dict:
        return {"kind": type(block).__name__} | self._data_of(block)

    @singledispatchmethod
    def _data_of(self, block) -> dict:
        return asdict(block)

    @_data_of.register
    def _(self, block: Title) -> dict:
        self.level = 1
        return asdict(block)

    @_data_of.register
    def _(self, block: Heading) -> dict:
        self.level = min(block.level, self.level + 1)
        return asdict(block) | {"place": self.level}

    @_data_of.register
    def _(self, block: Paragraph | Marked) -> dict:
        return asdict(block) | {"leads": block.leads}

    @_data_of.register
    def _(self, block: Facts) -> dict:
        return {
            "rows": block.rows,
            "qr": block.qr and self._drawn(block.qr, 32),
            "whole": block.is_whole(self.width),
            "few": block.is_few,
        }

    @_data_of.register
    def _(self, block: Clauses) -> dict:
        return {"rows": block.rows}

    @_data_of.register
    def _(self, block: Table) -> dict:
        widths = block.widths(self.width)
        return {
            "caption": block.caption,
            "height": block.height,
            "whole": block.is_whole(self.width),
            "columns": [
                {"label": column.label, "number": column.is_number, "width": width}
                for column, width in zip(block.columns, widths, strict=True)
            ],
            # One list, and a text where that will do: some have thousands of rows.
            "cells": [cell for row in block.rows for cell in _row(row, widths)],
        }

    @_data_of.register
    def _(self, block: Key) -> dict:
        return asdict(block) | {"qr": self._drawn(block.qr, 26)}

    @_data_of.register
    def _(self, block: Picture) -> dict:
        return {
            "title": block.title,
            "summary": block.summary,
            "svg": block.svg and self._drawn(block.svg, self.width),
            "table": self._data_of(block.table),
        }

    @_data_of.register
    def _(self, block: Photos) -> dict:
        return {"pairs": [[self._photo(photo) for photo in p] for p in block.pairs]}

    @_data_of.register
    def _(self, block: Letter) -> dict:
        return {
            "dated": block.dated,
            "facts": block.facts,
            "addressed": block.addressed,
        }

    @_data_of.register
    def _(self, block: Signature) -> dict:
        return {
            "above": block.above,
            "mark": block.mark,
            "below": block.below,
            "copies": block.copies,
            "copied": _("Tembusan:"),
        }

    @_data_of.register
    def _(self, block: Signatures) -> dict:
        return {"pairs": [[asdict(each) for each in pair] for pair in block.pairs]}

    def _drawn(self, svg: str, width: float) -> str:
        """The name of the file with this drawing."""
        name = f"drawing-{len(self.drawings)}.svg"
        self.drawings[name] = pdf.drawing(svg, width)
        return name

    def _photo(self, photo: Photo) -> dict:
        name, document = f"photo-{len(self.photos)}", photo.document
        if not (document.is_image and document.is_available):
            return {"file": "", "caption": photo.caption}
        self.photos[name] = document
        return {"file": name, "caption": photo.caption}

    def verification(self, issued: IssuedDocument, made_by: User | None) -> dict:
        made = " ".join([_("Dibuat"), dates.date_time(timezone.now())])
        by = " ".join(["", _("atas permintaan"), str(made_by)]) if made_by else ""
        version = " ".join([_("Versi"), str(issued.version)])
        head = audit.head()
        named = _("Kode QR ke halaman pemeriksaan dokumen %(code)s")
        title = named % {"code": issued.code}
        return {
            "alt": title,
            "qr": self._drawn(qr.svg(issued.check_address, title=title), 26),
            "code": issued.code,
            "lines": [
                _(
                    "Periksa keaslian dokumen ini dengan memindai kode QR, atau ketik "
                    "%(address)s di peramban. Di sana juga dapat dibandingkan berkas "
                    "PDF-nya."
                )
                % {"address": without_scheme(issued.check_address)},
                f"{version}. {made}{by}.",
                _("Kode QR ini bukan tanda tangan elektronik."),
            ],
            "head": " ".join([_("Kepala rantai jejak audit:"), head]) if head else "",
        }


def _row(row: Sequence[Cell | str], widths: Sequence[float]) -> list[str | dict]:
    """Its cells: a text, or more where something has to be seen to."""
    texts = [(str(cell), getattr(cell, "small", "")) for cell in row]
    is_long = any(
        (len(text) + len(small)) * USUAL / width + text.count("\n") > LONG_ROW
        for (text, small), width in zip(texts, widths, strict=True)
    )
    return [
        {"text": text, "small": small, "width": width, "long": is_long}
        if is_long or small or "\n" in text or _is_broad(text, width)
        else text
        for (text, small), width in zip(texts, widths, strict=True)
    ]


def _is_broad(text: str, width: float) -> bool:
    """Whether it may hold a word wider than its column; a number stays whole."""
    most = (width - 4) / WIDEST
    return len(text) > most and any(
        len(word) > most and not NUMBER.fullmatch(word) for word in text.split(" ")
    )


def foot_of(issued: IssuedDocument) -> list[str]:
    name = Truncator(issued).chars(FOOT)
    if issued.is_draft:
        return [name, " · ".join([_("Konsep"), made_now()])]
    code = " ".join([_("Kode"), issued.code])
    address = " ".join([_("periksa di"), without_scheme(issued.check_address)])
    return [name, f"{code} · {address}"]


def made_now() -> str:
    return " ".join([_("dibuat"), dates.date_time(timezone.now())])

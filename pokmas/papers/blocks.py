"""What a paper consists of: blocks of plain data, the same for its PDF and for Word.

    Content(
        [
            Title(_("Ringkasan Kerja Sama"), [agreement.title]),
            Heading(_("Para pihak")),
            Facts([(_("Pihak Kesatu"), [name, position])]),
            Signature(place="Kupang", day=day, position="Kepala", name="Maria Uji"),
        ]
    )

Texts are what is printed; a line break in one is a line break on paper. Each block has
a function of its name in `templates/pdf/paper.typ`, and one in `word.py`.
"""

import string
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from pokmas.documents.models import Document, IssuedDocument
from pokmas.offices.letters import head_title
from pokmas.words import dates
from pokmas.words.identity import spaced_nip

# A table with more rows (some 20 pages) is for an annex.
LONG_TABLE = 400
# Of a page, and of columns by their look, in millimetres; the other columns share what
# is left, and none is narrower than that.
MARGINS = {"top": 20, "right": 18, "bottom": 22, "left": 22}
WIDTHS = {
    "order": 10,
    "short": 23,
    "number": 26,
    "date": 27,
    "letter": 30,
    "middle": 54,
    "wide": 64,
}
NARROWEST = 14
# A letter of a table at its widest, in millimetres.
WIDEST = 3
# What certainly has no more lines stays on one page.
WHOLE = 20
# Facts of so few rows are no text for a signature to stand with.
FEW = 3
# A line to write a name on.
UNNAMED = "…………………………"


@dataclass(frozen=True)
class Title:
    """The paper's own heading, and lines below it."""

    text: str
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """`look` is "" or "strong", "quiet" (a remark), "long-text" (small), "fingerprint",
    "centred" (a line of its own, such as the word of a decree), "article" (such a line
    with which something new begins) or "written": what people said, and may change in
    Word; `place` is how its place is called there."""

    text: str
    look: str = ""
    place: str = ""

    @property
    def leads(self) -> bool:
        """Whether it says what follows, on the same page."""
        return self.text.endswith(":")


@dataclass(frozen=True)
class Items:
    """A list, with numbers or with bullets."""

    items: Sequence[str]
    numbered: bool = False


@dataclass(frozen=True)
class Marked:
    """A paragraph with its mark before it: an ayat, or with `depth` what is below."""

    mark: str
    text: str
    depth: int = 0

    @property
    def leads(self) -> bool:
        return self.text.endswith(":")


@dataclass(frozen=True)
class Facts:
    """Labels with their values, of one or more lines; a QR may stand beside them."""

    rows: Sequence[tuple[str, Sequence[str]]]
    qr: str = ""

    @property
    def is_few(self) -> bool:
        """Whether a signature would still stand alone with them."""
        return len(self.rows) <= FEW

    def is_whole(self, width: float) -> bool:
        """Whether it is so low that nobody should have to turn the page in it."""
        said = [text for _label, texts in self.rows for text in texts]
        return sum(_most_lines(each, width / 2) for each in said) <= WHOLE


@dataclass(frozen=True)
class Clause:
    """A word at the left and what it holds: one text, or several with marks.

    `marks` is "" for none, "a" for letters, "1" for numbers.
    """

    label: str
    items: Sequence[str]
    marks: str = ""

    @property
    def marked(self) -> list[tuple[str, str, str]]:
        """Label, mark and text of each line; the label stands at the first one."""
        return [
            (self.label if place == 0 else "", self._mark(place), text)
            for place, text in enumerate(self.items)
        ]

    def _mark(self, place: int) -> str:
        letters = string.ascii_lowercase
        if self.marks == "a":
            return f"{letters[place % len(letters)] * (place // len(letters) + 1)}."
        return f"{place + 1}." if self.marks else ""


@dataclass(frozen=True)
class Clauses:
    """What a decree considers, has regard to, and rules."""

    clauses: Sequence[Clause]

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        return [row for clause in self.clauses for row in clause.marked]


@dataclass(frozen=True)
class Column:
    """`look` is "" for text, or a name of `WIDTHS`: how broad it is."""

    label: str
    look: str = ""

    @property
    def is_number(self) -> bool:
        return self.look in {"order", "number"}


@dataclass(frozen=True)
class Cell:
    """A text with a smaller line below it."""

    text: str
    small: str = ""

    def __str__(self):
        return self.text


@dataclass(frozen=True)
class Table:
    """Rows of texts or Cells, one for each column; column `head` names the row."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str | Cell]]
    head: int = 0
    caption: str = ""
    # What its rows are; a table that grows says it, for its place in an annex.
    rows_are: str = ""
    # Of a row in which somebody signs, in millimetres; 0 for what its text needs.
    height: int = 0

    def widths(self, whole: float) -> list[float]:
        """Those of its columns, in millimetres, where all of them have `whole`."""
        known = [WIDTHS.get(column.look, 0) for column in self.columns]
        free = known.count(0)
        rest = max((whole - sum(known)) / free, NARROWEST) if free else 0
        widths = [width or rest for width in known]
        return [width * whole / sum(widths) for width in widths]

    def is_whole(self, width: float) -> bool:
        """Whether it is so low that nobody should have to turn the page in it."""
        if self.height or len(self.rows) > WHOLE:
            return False
        widths = self.widths(width)
        lines = [
            max(
                _most_lines(f"{cell}{getattr(cell, 'small', '')}", each)
                for cell, each in zip(row, widths, strict=True)
            )
            for row in self.rows
        ]
        return sum(lines) <= WHOLE


def _most_lines(text: str, width: float) -> int:
    return text.count("\n") + 1 + int(len(text) * WIDEST / width)


@dataclass(frozen=True)
class Ruled:
    """A table to be filled in by hand. A column is its label and its width in
    millimetres, or 0; if none has a label there is no head."""

    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[str]]
    # Of a row, in millimetres.
    height: int


@dataclass(frozen=True)
class Key:
    """A code that is handed out, and the QR to where it serves."""

    heading: str
    code: str
    text: str
    qr: str


@dataclass(frozen=True)
class Picture:
    """A drawing in SVG, if there is one, with a sentence and its figures."""

    title: str
    summary: str
    svg: str
    table: Table

    @classmethod
    def of(cls, chart) -> "Picture":
        """A chart of `pokmas.charts`."""
        first, *others = chart.columns
        columns = [Column(first), *(Column(label, "number") for label in others)]
        rows = [[cell.text for cell in row] for row in chart.rows]
        return cls(chart.title, chart.summary, chart.svg or "", Table(columns, rows))


@dataclass(frozen=True)
class Photo:
    caption: str
    document: Document


@dataclass(frozen=True)
class Photos:
    """Two in a row."""

    photos: Sequence[Photo]

    @property
    def pairs(self) -> list[Sequence[Photo]]:
        return [self.photos[n : n + 2] for n in range(0, len(self.photos), 2)]


@dataclass(frozen=True)
class Letter:
    """What stands above a letter."""

    number: str
    subject: str
    place: str
    # Where another system gives the date, its word for it.
    day: date | str
    to: Sequence[str]
    nature: str = "Biasa"
    attachment: str = "-"

    @property
    def dated(self) -> str:
        day = self.day if isinstance(self.day, str) else dates.date_long(self.day)
        return f"{self.place}, {day}" if self.place else day

    @property
    def addressed(self) -> str:
        return " ".join([_("Yth."), "\n".join(self.to)])

    @property
    def facts(self) -> list[tuple[str, str]]:
        return [
            (_("Nomor"), self.number),
            (_("Sifat"), self.nature),
            (_("Lampiran"), self.attachment),
            (_("Hal"), self.subject),
        ]


@dataclass(frozen=True)
class Signature:
    """Where a person signs; the last block of a paper, never alone on a page."""

    position: str
    name: str = ""
    nip: str = ""
    place: str = ""
    day: date | None = None
    on_behalf: str = ""
    copies: Sequence[str] = ()
    # Lines above all others, and what stands in the room for the signature.
    opening: Sequence[str] = ()
    mark: str = ""

    @classmethod
    def of_head(cls, issued: IssuedDocument, day: date | None = None) -> "Signature":
        """That of the head of the office that issues the paper."""
        office = issued.office
        position = head_title(issued.office_name)
        if office.head_capacity != office.Capacity.DEFINITIVE:
            position = f"{office.get_head_capacity_display()} {position}"
        return cls(
            place=office.regency.town if day and office.regency else "",
            day=day,
            position=position,
            name=office.head_name,
            nip=office.head_nip,
        )

    @property
    def above(self) -> list[str]:
        """The lines above the room for the signature."""
        lines = [f"{self.position},"]
        if self.on_behalf:
            lines.insert(0, f"a.n. {self.on_behalf},")
        if self.day:
            when = dates.date_long(self.day)
            lines.insert(0, f"{self.place}, {when}" if self.place else when)
        return [*self.opening, *lines]

    @property
    def below(self) -> list[str]:
        nip = [f"NIP {spaced_nip(self.nip)}"] if self.nip else []
        return [self.name or UNNAMED, *nip]


@dataclass(frozen=True)
class Signatory:
    """Lines above and below the room for a signature, and what stands in that."""

    above: Sequence[str]
    mark: str = ""
    below: Sequence[str] = ()


@dataclass(frozen=True)
class Signatures:
    """Where several parties sign, two in a row."""

    signatories: Sequence[Signatory]

    @property
    def pairs(self) -> list[Sequence[Signatory]]:
        rows = self.signatories
        return [rows[n : n + 2] for n in range(0, len(rows), 2)]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a page."""


@dataclass(frozen=True)
class Annex:
    """A table too long for its chapter: it stands behind the paper."""

    title: str
    table: Table
    lines: Sequence[str] = ()

    @property
    def heading(self) -> Title:
        return Title(self.title, self.lines)


Block = (
    Title
    | Heading
    | Paragraph
    | Items
    | Marked
    | Clauses
    | Facts
    | Table
    | Ruled
    | Key
    | Picture
    | Photos
    | Letter
    | Signature
    | Signatures
    | PageBreak
)


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF, with the same figures for programs that reckon."""

    name: str
    about: str
    kind: Document.Kind
    content: bytes


@dataclass(frozen=True)
class Content:
    """What a paper says; `keeps` is what its owner keeps of it.

    A table of more rows than `longest` stands behind the paper as an annex, and a
    sentence in its place says so.
    """

    blocks: Sequence[Block]
    # Below the title of an annex: whose and of when it is.
    annex_lines: Sequence[str] = ()
    longest: int = LONG_TABLE
    # "A4", "F4" or "A5"; that of its office if it is not said.
    paper_size: str = ""
    margins: dict[str, int] = field(default_factory=lambda: MARGINS)
    # Closer together, for papers that should stay on one page.
    is_compact: bool = False
    # To be signed as it stands: nothing on it says that it is a draft.
    is_clean: bool = False
    keeps: dict = field(default_factory=dict)
    attached: Sequence[Attached] = ()

    @cached_property
    def _long(self) -> list[Table]:
        tables = [block for block in self.blocks if isinstance(block, Table)]
        return [table for table in tables if len(table.rows) > self.longest]

    @cached_property
    def _names(self) -> dict[int, str]:
        """What each annex is called, by the identity of its table."""
        if len(self._long) == 1:
            return {id(self._long[0]): _("Lampiran")}
        return {
            id(table): _("Lampiran %(number)s") % {"number": number}
            for number, table in enumerate(self._long, start=1)
        }

    @property
    def annexes(self) -> list[Annex]:
        return [
            Annex(
                _("%(annex)s: daftar %(what)s")
                % {"annex": self._names[id(table)], "what": table.rows_are},
                table,
                self.annex_lines,
            )
            for table in self._long
        ]

    @property
    def body(self) -> list[Block]:
        """The blocks as they are printed."""
        return [
            self._pointer(block) if id(block) in self._names else block
            for block in self.blocks
        ]

    def _pointer(self, table: Table) -> Paragraph:
        words = _("Daftar %(count)s %(what)s ada pada %(annex)s.") % {
            "count": dates.number(len(table.rows)),
            "what": table.rows_are,
            "annex": self._names[id(table)].lower(),
        }
        return Paragraph(words)

    @property
    def pictures(self) -> list[Picture]:
        return [each for each in self.blocks if isinstance(each, Picture) and each.svg]

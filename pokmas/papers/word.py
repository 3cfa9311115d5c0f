"""The content of a paper to Word: the same texts in the same order as in its PDF.

The body is written as XML, a run for each text, so that a variable of another system in
a text stays whole; python-docx keeps the package, styles and pictures. A Word file has
no code and no QR: it is a draft, the PDF is the paper.
"""

import io
from collections.abc import Iterator, Sequence
from functools import singledispatchmethod
from xml.sax.saxutils import escape

import docx
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from pokmas.documents import pdf
from pokmas.documents.letterhead import Letterhead
from pokmas.documents.models import IssuedDocument
from pokmas.papers.blocks import (
    MARGINS,
    Block,
    Cell,
    Clauses,
    Column,
    Content,
    Facts,
    Heading,
    Items,
    Letter,
    Marked,
    PageBreak,
    Paragraph,
    Photo,
    Photos,
    Picture,
    Signatory,
    Signature,
    Signatures,
    Table,
    Title,
)
from pokmas.words.glyphs import printable

A4_WIDTH = 210
WIDTH = A4_WIDTH - MARGINS["left"] - MARGINS["right"]
LABEL, EMBLEM, PHOTO, SIGNATURE = 48, 20, 80, 74
CLAUSE, COLON, MARK, STEP = 28, 4, 8, 8
FONT = "Arial"
EMBLEM_SVG = pdf.STATIC / "img/emblem.svg"
INK, LINE, SHADE, QUIET = "14262D", "C9D6DA", "EEF3F4", "4C6169"
# What people write stands on a shade of its own.
WRITTEN, WRITTEN_STYLE = "written", "Uraian"
HEADINGS = {1: 15, 2: 12, 3: 10.5}
# Word lays an older file out as its older self did, and says so in its title.
WORD_2013 = "15"
LONGEST_TITLE = 255  # of a file's properties
NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")
TWIPS_IN_MM = 1440 / 25.4
PADDING = 102  # beside the text of a cell with lines, in twips


def word_of(content: Content, issued: IssuedDocument) -> bytes:
    body = _Body(docx.Document())
    body.draw(content.pictures)
    body.letterhead(Letterhead(**issued.letterhead))
    for block in content.body:
        body.write(block)
    for annex in content.annexes:
        body.write(PageBreak())
        body.write(annex.heading)
        body.write(annex.table)
    return body.saved(issued, content)


def add_behind(document, blocks: Sequence[Block]) -> None:
    """Blocks at the end of a file that somebody else made."""
    body = _Body(document)
    for block in blocks:
        body.write(block)
    whole = document.element.body
    for element in list(body.tree("").body):
        whole.insert_element_before(element, "w:sectPr")


class _Body:
    """The body of a Word file in the making, piece by piece."""

    def __init__(self, document):
        self.document = document
        self.parts: list[str] = []
        # Before which pieces no page ends, and which of them begin one.
        self.kept: list[int] = []
        self.begun: list[int] = []
        # Where few facts begin and end, which hold to what stands before them.
        self.few = (-1, -1)
        self.pictures = self.places = 0
        self.drawings: dict[int, bytes] = {}

    def draw(self, pictures: Sequence[Picture]) -> None:
        """All at once, with the emblem."""
        emblem = mark_safe(EMBLEM_SVG.read_text())
        drawings = [emblem, *(each.svg for each in pictures)]
        self.emblem, *drawn = pdf.drawings(drawings, width=WIDTH)
        self.drawings = dict(zip(map(id, pictures), drawn, strict=True))

    def tree(self, section: str):
        """The document of these pieces."""
        whole = parse_xml(
            f"<w:document {NAMESPACES}><w:body>{''.join(self.parts)}{section}</w:body>"
            "</w:document>"
        )
        for place in self.kept:
            _keep_with_next(whole.body[:place])
        for place in self.begun:
            first = next(whole.body[place].iter(qn("w:p")))
            first.get_or_add_pPr().get_or_add_pageBreakBefore()
        return whole

    def saved(self, issued: IssuedDocument, content: Content) -> bytes:
        _set_up(self.document, issued, content)
        section = etree.tostring(self.document.element.body.sectPr).decode()
        # In one piece: moved into the old tree, a table of thousands of rows takes
        # a hundred times as long.
        self.document.part._element = self.tree(section)
        output = io.BytesIO()
        self.document.save(output)
        return output.getvalue()

    # The blocks

    @singledispatchmethod
    def write(self, block) -> None:
        raise TypeError(block)

    @write.register
    def _(self, block: Title):
        self.parts.append(_paragraph(block.text, style="Heading1", align="center"))
        if block.lines:
            lines = "\n".join(block.lines)
            self.parts.append(_paragraph(lines, align="center", colour=QUIET, after=5))

    @write.register
    def _(self, block: Heading):
        self.parts.append(_paragraph(block.text, style=f"Heading{block.level}"))

    @write.register
    def _(self, block: Paragraph):
        if block.look == WRITTEN:
            self._written(block)
            return
        looks = {
            "quiet": {"colour": QUIET, "size": 9},
            "long-text": {"size": 8.5},
            "fingerprint": {"size": 9},
            "centred": {"align": "center", "bold": True, "keep": True},
            "article": {
                "align": "center",
                "bold": True,
                "keep": True,
                "before": 4,
                "after": 1,
            },
        }
        look = {"keep": block.leads} | looks.get(block.look, {})
        self.parts.append(_paragraph(block.text, **look))

    @write.register
    def _(self, block: Items):
        self._items(block.items, block.numbered)

    @write.register
    def _(self, block: Marked):
        indent = STEP * (block.depth + 1)
        text = f"{block.mark}\t{block.text}"
        look = {"indent": indent, "hanging": STEP, "after": 1.5, "keep": block.leads}
        self.parts.append(_paragraph(text, **look))

    @write.register
    def _(self, block: Facts):
        begins, is_whole = len(self.parts), block.is_whole(WIDTH)
        rows = [
            _cell(_paragraph(label, after=0, colour=QUIET, keep=keep), LABEL)
            + _cell(_paragraph("\n".join(lines), after=0, keep=keep), WIDTH - LABEL)
            for (label, lines), keep in _kept_rows(block.rows, is_whole)
        ]
        self._table([LABEL, WIDTH - LABEL], rows)
        if block.is_few:
            self.few = (begins, len(self.parts))

    @write.register
    def _(self, block: Clauses):
        widths = [CLAUSE, COLON, MARK, WIDTH - CLAUSE - COLON - MARK]
        rows = [
            "".join(
                _cell(_paragraph(text, after=0.8), width)
                for text, width in zip(
                    (label, ":" if label else "", mark, text), widths, strict=True
                )
            )
            for label, mark, text in block.rows
        ]
        self._table(widths, rows)

    @write.register
    def _(self, block: Table):
        if block.caption:
            self.parts.append(_paragraph(block.caption, bold=True, keep=True))
        widths, is_whole = block.widths(WIDTH), block.is_whole(WIDTH)
        head = "".join(
            _cell(
                _paragraph(column.label, bold=True, keep=True, **_look(column)),
                width,
                f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>',
            )
            for column, width in zip(block.columns, widths, strict=True)
        )
        rows = [
            "".join(
                _cell(_paragraph(cell, keep=keep, **_look(column)), width)
                for cell, column, width in zip(row, block.columns, widths, strict=True)
            )
            for row, keep in _kept_rows(block.rows, is_whole)
        ]
        self._table(widths, rows, head=head, lined=True, height=block.height)

    @write.register
    def _(self, block: Picture):
        self.parts.append(_paragraph(block.title, bold=True, keep=True))
        if drawing := self.drawings.get(id(block)):
            alt = f"{block.title}. {block.summary}"
            self.parts.append(_holder(self._inline(drawing, alt, WIDTH), keep=True))
        self.parts.append(_paragraph(block.summary, colour=QUIET, size=9))
        if block.table.rows:
            self.write(block.table)

    @write.register
    def _(self, block: Photos):
        rows = ["".join(map(self._photo, pair)) for pair in block.pairs]
        if len(block.photos) % 2:
            rows[-1] += _cell(_paragraph(""), WIDTH / 2)
        self._table([WIDTH / 2, WIDTH / 2], rows)

    @write.register
    def _(self, block: Letter):
        when = _paragraph(block.dated, align="right", after=3)
        rows = [
            _cell(_paragraph(label, after=0), 24)
            + _cell(_paragraph(f": {value}", after=0), WIDTH - 24)
            for label, value in block.facts
        ]
        self.parts.append(when)
        self._table([24, WIDTH - 24], rows)
        self.parts.append(_paragraph(block.addressed, after=5))

    @write.register
    def _(self, block: Signature):
        self._sign()
        above = len(block.above)
        marks = [block.mark] if block.mark else []
        lines = [*block.above, *marks, *block.below]
        before = {0: 9, above: 10, above + 1: 8} if marks else {0: 9, above: 22}
        for place, line in enumerate(lines):
            is_name = place == above + len(marks)
            self.parts.append(
                _paragraph(
                    line,
                    bold=is_name,
                    indent=WIDTH - SIGNATURE,
                    before=before.get(place, 0),
                    after=0,
                    keep=bool(block.copies) or place < len(lines) - 1,
                )
            )
        if block.copies:
            self.parts.append(_paragraph(_("Tembusan:"), before=6, after=0, keep=True))
            self._items(block.copies, numbered=True, keep=True)

    @write.register
    def _(self, block: Signatures):
        self._sign()
        half = WIDTH / 2
        low = '<w:vAlign w:val="bottom"/>'
        rows = [
            "".join(_cell(_signed(each, pair), half, low) for each in pair)
            + (_cell(_paragraph(""), half) if len(pair) == 1 else "")
            for pair in block.pairs
        ]
        self._table([half, half], rows)

    @write.register
    def _(self, block: PageBreak):
        # A property of what follows: a break of its own may leave a page empty.
        self.begun.append(len(self.parts))

    def letterhead(self, head: Letterhead) -> None:
        emblem = _holder(self._inline(self.emblem, _("Lambang"), EMBLEM))
        middle = {"align": "center", "after": 0}
        lines = [
            *(_paragraph(line, **middle) for line in head.above),
            *(_paragraph(line, bold=True, size=13, **middle) for line in head.unit),
            *(_paragraph(line, size=8.5, **middle) for line in head.contact),
        ]
        widths = [EMBLEM + 4, WIDTH - EMBLEM - 4]
        row = _cell(emblem, widths[0]) + _cell("".join(lines), widths[1])
        edge = f'<w:bottom w:val="thinThickSmallGap" w:sz="24" w:color="{INK}"/>'
        self._table(widths, [row], edge=edge, after=6)

    # What they are made of

    def _sign(self) -> None:
        """Here begins what never stands alone on a page, nor with few facts."""
        place = len(self.parts)
        begins, ends = self.few
        self.kept += [place, begins] if ends == place else [place]

    def _written(self, block: Paragraph) -> None:
        """A paragraph for each line, the first one with the name of the place."""
        lines = [line for line in block.text.splitlines() if line.strip()]
        self.places += 1
        begins = (
            f'<w:bookmarkStart w:id="{self.places}" w:name="{block.place}"/>'
            f'<w:bookmarkEnd w:id="{self.places}"/>'
        )
        for place, line in enumerate(lines):
            mark = "" if place else begins
            self.parts.append(_paragraph(line, style=WRITTEN_STYLE, begins=mark))

    def _items(self, items: Sequence[str], numbered: bool, *, keep=False) -> None:
        for place, item in enumerate(items, start=1):
            mark = f"{place}." if numbered else "•"
            kept = keep and place < len(items)
            self.parts.append(
                _paragraph(f"{mark}\t{item}", hanging=6, after=1, keep=kept)
            )

    def _table(
        self,
        widths: Sequence[float],
        rows: Sequence[str],
        *,
        head: str = "",
        lined: bool = False,
        edge: str = "",
        after: float = 4,
        height: int = 0,
    ) -> None:
        # Without lines the text begins where that of paragraphs does.
        padding = PADDING if lined else 0
        line = f'w:val="single" w:sz="4" w:color="{LINE}"'
        if lined:
            edge = f"<w:bottom {line}/><w:insideH {line}/>"
        grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
        top = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
        high = f'<w:trHeight w:val="{_twips(height)}" w:hRule="atLeast"/>'
        below = "".join(
            f"<w:tr><w:trPr><w:cantSplit/>{high if height else ''}</w:trPr>{row}</w:tr>"
            for row in rows
        )
        self.parts.append(
            f'<w:tbl><w:tblPr><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/>'
            f"<w:tblBorders>{edge}</w:tblBorders>"
            '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
            f'<w:left w:w="{padding}" w:type="dxa"/>'
            f'<w:right w:w="{PADDING}" w:type="dxa"/>'
            f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
            f"{top if head else ''}{below}</w:tbl>"
        )
        self.parts.append(_paragraph("", after=after, size=1))

    def _photo(self, photo: Photo) -> str:
        with photo.document.file.open() as file:
            inline = self._inline(file.read(), photo.caption, PHOTO, height=48)
        caption = _paragraph(photo.caption, size=8.5)
        return _cell(_holder(inline) + caption, WIDTH / 2)

    def _inline(
        self, content: bytes, alt: str, width: float, height: float | None = None
    ) -> str:
        """A picture in a run, as wide as given, or as high if that is less."""
        inline = self.document.part.new_pic_inline(io.BytesIO(content), Mm(width))
        extent = inline.extent
        if height and extent.cy > Mm(height):
            extent.cx, extent.cy = round(extent.cx * Mm(height) / extent.cy), Mm(height)
            shape = inline.graphic.graphicData.pic.spPr
            shape.cx, shape.cy = extent.cx, extent.cy
        self.pictures += 1
        inline.docPr.id = self.pictures
        inline.set("distL", "0")
        inline.set("distR", "0")
        inline.docPr.set("descr", printable(alt))
        return f"<w:r><w:drawing>{etree.tostring(inline).decode()}</w:drawing></w:r>"


# XML, a string for each element


def _paragraph(
    text: str | Cell,
    *,
    style: str = "",
    align: str = "",
    before: float | None = None,
    after: float | None = None,
    indent: float = 0,
    hanging: float = 0,
    keep: bool = False,
    begins: str = "",
    **look,
) -> str:
    """A paragraph of one run, and a second one for the small line of a Cell."""
    properties = [
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:keepNext/>" if keep else "",
        _spacing(before, after),
        _indentation(indent, hanging),
        f'<w:jc w:val="{align}"/>' if align else "",
    ]
    runs = _run(str(text), **look)
    if small := getattr(text, "small", ""):
        runs += f"<w:r><w:br/></w:r>{_run(small, colour=QUIET, size=8)}"
    return f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{begins}{runs}</w:p>"


def _spacing(before: float | None, after: float | None) -> str:
    given = {"before": before, "after": after}
    values = " ".join(
        f'w:{name}="{_twips(millimetres)}"'
        for name, millimetres in given.items()
        if millimetres is not None
    )
    return f"<w:spacing {values}/>" if values else ""


def _indentation(indent: float, hanging: float) -> str:
    if hanging:
        left = max(indent, hanging)
        return f'<w:ind w:left="{_twips(left)}" w:hanging="{_twips(hanging)}"/>'
    return f'<w:ind w:left="{_twips(indent)}"/>' if indent else ""


def _run(text: str, *, bold: bool = False, colour: str = "", size: float = 0) -> str:
    properties = "".join(
        [
            "<w:b/>" if bold else "",
            f'<w:color w:val="{colour}"/>' if colour else "",
            f'<w:sz w:val="{round(size * 2)}"/>' if size else "",
            f'<w:szCs w:val="{round(size * 2)}"/>' if size else "",
        ]
    )
    return f"<w:r><w:rPr>{properties}</w:rPr>{_text(text)}</w:r>"


def _text(text: str) -> str:
    lines = printable(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "<w:br/>".join(_line(line) for line in lines)


def _line(line: str) -> str:
    return "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in line.split("\t")
    )


def _signed(signatory: Signatory, pair: Sequence[Signatory]) -> str:
    """The cell of one who signs; its last lines stand beside those of the other."""
    lacking = max(len(each.below) for each in pair) - len(signatory.below)
    below = [*signatory.below, *[""] * lacking]
    lines = [*signatory.above, signatory.mark, *below]
    place = len(signatory.above)
    return "".join(
        _paragraph(
            line,
            align="center",
            bold=number == place + 1,
            before={0: 4, place: 10}.get(number, 0),
            after=10 if number == place else 0,
            keep=True,
        )
        for number, line in enumerate(lines)
    )


def _holder(run: str, *, keep: bool = False) -> str:
    """A paragraph around a picture."""
    properties = "<w:keepNext/>" if keep else ""
    return f"<w:p><w:pPr>{properties}{_spacing(None, 1)}</w:pPr>{run}</w:p>"


def _cell(paragraphs: str, width: float, more: str = "") -> str:
    size = f'<w:tcW w:w="{_twips(width)}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{more}</w:tcPr>{paragraphs}</w:tc>"


def _kept_rows(rows: Sequence, is_whole: bool) -> Iterator[tuple]:
    """Each with whether no page ends behind it."""
    last = len(rows) - 1
    return ((row, is_whole and place < last) for place, row in enumerate(rows))


def _look(column: Column) -> dict:
    align = {"align": "right"} if column.is_number else {}
    return {"size": 9, "before": 0.8, "after": 0.8, **align}


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_IN_MM)


# The file around the body


def _set_up(document, issued: IssuedDocument, content: Content) -> None:
    _set_up_styles(document.styles)
    section = document.sections[0]
    measures = issued.office.measures_of(content.paper_size)
    section.page_width, section.page_height = map(Mm, measures)
    wider = measures[0] - A4_WIDTH
    margins = MARGINS | {"right": MARGINS["right"] + wider}
    for side, millimetres in margins.items():
        setattr(section, f"{side}_margin", Mm(millimetres))
    section.footer_distance = Mm(10)
    note = _("Salinan kerja. Naskah aslinya PDF berkode QR dari portal.")
    if content.is_clean:
        note = issued.number
    elif issued.is_draft:
        note = _("Konsep. Yang sah naskah bernomor yang sudah ditandatangani.")
    section.footer.paragraphs[0]._p.getparent().replace(
        section.footer.paragraphs[0]._p, parse_xml(_foot(f"{issued}. {note}"))
    )
    about = document.core_properties
    about.title = printable(str(issued))[:LONGEST_TITLE]
    about.author, about.language = issued.office_name, "id"
    about.comments = ""
    # By which it is known when it comes back.
    about.keywords = issued.code
    about.created = about.modified = timezone.now()
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), WORD_2013)


def _foot(text: str) -> str:
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{_twips(WIDTH)}"/></w:tabs>'
    page, pages = (
        f'<w:fldSimple w:instr="{name}">{_run("1", size=7.5)}</w:fldSimple>'
        for name in ("PAGE", "NUMPAGES")
    )
    before, between = (_run(words, size=7.5) for words in ("Halaman ", " dari "))
    return (
        f"<w:p {NAMESPACES}><w:pPr>{tab}</w:pPr>{_run(text, size=7.5)}"
        f"<w:r><w:tab/></w:r>{before}{page}{between}{pages}</w:p>"
    )


def _set_up_styles(styles) -> None:
    normal = styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.font.color.rgb = RGBColor.from_string(INK)
    normal.paragraph_format.space_after = Mm(2.5)
    _set_font(normal)
    written = styles.add_style(WRITTEN_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    written.base_style = normal
    shade = OxmlElement("w:shd")
    for name, value in {"val": "clear", "color": "auto", "fill": SHADE}.items():
        shade.set(qn(f"w:{name}"), value)
    written.element.get_or_add_pPr().append(shade)
    for level, size in HEADINGS.items():
        style = styles[f"Heading {level}"]
        style.font.size, style.font.bold = Pt(size), True
        style.font.color.rgb = RGBColor.from_string(INK)
        style.paragraph_format.space_before = Mm(0 if level == 1 else 5)
        style.paragraph_format.space_after = Mm(2)
        style.paragraph_format.keep_with_next = True
        _set_font(style)


def _set_font(style) -> None:
    """One font for all scripts, in place of those of the theme; Indonesian words."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    properties.insert(0, fonts)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    properties.append(language)


def _keep_with_next(pieces: Sequence) -> None:
    """Hold the end of what stands there together with what follows."""
    for piece in reversed(pieces):
        if piece.tag == qn("w:tbl"):
            last_row = piece.tr_lst[-1]
            for paragraph in last_row.iter(qn("w:p")):
                paragraph.get_or_add_pPr().get_or_add_keepNext()
            return
        piece.get_or_add_pPr().get_or_add_keepNext()
        if any(text.text for text in piece.iter(qn("w:t"))):
            return

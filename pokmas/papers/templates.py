"""Word files of an office's own, with fields between braces (`merging.py`).

What Word has cut into pieces is not guessed at but named, with its place, before the
file is used. A row of a table with fields of a list stands again for each of its rows.
"""

import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import accumulate, chain
from types import MappingProxyType

import docx
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pokmas.papers import merging
from pokmas.papers.blocks import Block, Paragraph
from pokmas.papers.word import add_behind
from pokmas.words.glyphs import printable

# A letter is some ten thousand signs; what is more is opened by nobody.
MOST_BYTES = 2 * 1024 * 1024
MOST_XML = 8 * 1024 * 1024
PARAGRAPH, ROW, TEXT, RUN = qn("w:p"), qn("w:tr"), qn("w:t"), qn("w:r")
NOTES = ("footnotes+xml", "endnotes+xml", "comments+xml")
TAGS = re.compile(rb"<[^>]*>")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Names that Word wants once in a file.
ONCE = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd")


@dataclass(frozen=True)
class Finding:
    """What is wrong with a file, and where."""

    place: str
    text: str

    def __str__(self):
        return f"{self.place}: {self.text}"


def opened(content: bytes):
    """The file; refused in words if it is none that can be filled."""
    too_much = ValidationError(_("Berkas templat terlalu besar."), code="too_large")
    if len(content) > MOST_BYTES:
        raise too_much
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            sizes = [each.file_size for each in package.infolist() if _is_xml(each)]
        if sum(sizes) > MOST_XML:
            raise too_much
        return docx.Document(io.BytesIO(content))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ValidationError(
            _("Berkas ini tidak dapat dibaca sebagai dokumen Word."), code="broken"
        ) from error


def findings(
    content: bytes, fields: Collection[str], of_rows: Collection[str]
) -> list[Finding]:
    """All that keeps the file from being used: none if it can be filled."""
    found, names = [], []
    for part, name in _parts(opened(content)):
        for number, paragraph in enumerate(part.element.iter(PARAGRAPH), start=1):
            pieces = _pieces(paragraph)
            text = "".join(piece.text or "" for piece in pieces)
            words = Truncator(text.strip()).chars(60)
            place = _("%(part)s, paragraf %(number)s (“%(words)s”)") % {
                "part": name,
                "number": number,
                "words": words,
            }
            known = {*fields, *of_rows}
            names += merging.names_in(text)
            wrong = [*merging.faults(text, known), *_torn(pieces, text)]
            if _names_rows(text, of_rows) and _row_of(paragraph) is None:
                wrong.append(_("Isian daftar hanya boleh di dalam baris tabel."))
            found += [Finding(place, each) for each in wrong]
    found += _out_of_reach(opened(content))
    return found or ([] if names else [_without_fields()])


def _without_fields() -> Finding:
    return Finding(
        _("Isi"),
        _(
            "Tidak ada satu isian pun, jadi semua naskah akan berbunyi sama. Ganti apa "
            "yang berbeda pada tiap naskah dengan isian dari daftar di halaman ini."
        ),
    )


def lacking(content: bytes, needed: Collection[str]) -> list[Finding]:
    """Fields that must stand there, each in a paragraph of its own, and do not."""
    present = {
        name
        for part, _name in _parts(opened(content))
        for name in _spread_out(part, needed).values()
    }
    return [
        Finding(
            _("Isi"),
            _("Isian “{{ %(name)s }}” wajib ada, sendirian di satu paragraf.")
            % {"name": name},
        )
        for name in sorted(set(needed) - present)
    ]


def filled(
    content: bytes,
    values: Mapping[str, str],
    rows: Sequence[Mapping[str, str]],
    of_rows: Collection[str],
    texts: Mapping[str, Sequence[Paragraph]] = MappingProxyType({}),
    behind: Sequence[Block] = (),
) -> bytes:
    """The file with every field replaced once; what was put in is not read again.

    A paragraph that is nothing but a field of `texts` becomes the paragraphs of that;
    blocks of a paper may stand `behind` all that the file says.
    """
    document = opened(content)
    rows = rows or [dict.fromkeys(of_rows, "")]
    for part, _name in _parts(document):
        repeated = _repeated(part, of_rows)
        spread = _spread_out(part, texts)
        within = {piece for each in [*repeated, *spread] for piece in each.iter(TEXT)}
        for piece in list(part.element.iter(TEXT)):
            if piece not in within:
                _fill(piece, values)
        for row in repeated:
            _repeat(row, values, rows)
        for paragraph, name in spread.items():
            _spread(paragraph, texts[name])
    add_behind(document, behind)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _out_of_reach(document) -> list[Finding]:
    """Fields in notes and comments, which stay as they are."""
    return [
        Finding(
            _("Catatan"),
            _("Isian di catatan kaki, catatan akhir, atau komentar tidak diisi."),
        )
        for part in document.part.package.iter_parts()
        if part.content_type.endswith(NOTES) and b"{{" in TAGS.sub(b"", part.blob)
    ]


def _is_xml(entry) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels"))


def _parts(document) -> Iterator[tuple[XmlPart, str]]:
    """The body, and what stands above and below each page."""
    yield document.part, _("Isi")
    for part in document.part.package.iter_parts():
        kind = part.content_type.rpartition(".")[2]
        if isinstance(part, XmlPart) and kind == "header+xml":
            yield part, _("Kepala halaman")
        elif isinstance(part, XmlPart) and kind == "footer+xml":
            yield part, _("Kaki halaman")


def _pieces(paragraph) -> list:
    """The texts of a paragraph, without those of another one within it."""
    return [piece for piece in paragraph.iter(TEXT) if _above(piece) is paragraph]


def _above(piece):
    return next(piece.iterancestors(PARAGRAPH), None)


def _row_of(element):
    return next(element.iterancestors(ROW), None)


def _torn(pieces, text: str) -> list[str]:
    """Fields and variables that Word has cut into several pieces."""
    ends = list(accumulate(len(piece.text or "") for piece in pieces))
    found = chain(merging.FIELD.finditer(text), merging.VARIABLE.finditer(text))
    return [
        _("“%(text)s” terpotong oleh Word: hapus, lalu ketik ulang sekali jalan.")
        % {"text": each[0]}
        for each in found
        if bisect_right(ends, each.start()) != bisect_right(ends, each.end() - 1)
    ]


def _names_rows(text: str, of_rows: Collection[str]) -> bool:
    return any(name in of_rows for name in merging.names_in(text))


def _repeated(part, of_rows) -> list:
    """The rows of tables that stand for a list."""
    found = {}
    for paragraph in part.element.iter(PARAGRAPH):
        text = "".join(piece.text or "" for piece in _pieces(paragraph))
        row = _row_of(paragraph)
        if row is not None and _names_rows(text, of_rows):
            found[row] = None
    return list(found)


def _repeat(row, values, rows) -> None:
    pattern = deepcopy(row)
    for name in ONCE:
        for element in list(pattern.iter(qn(f"w:{name}"))):
            element.getparent().remove(element)
    last = row
    for place, each in enumerate(rows):
        one = row if place == 0 else deepcopy(pattern)
        if place:
            last.addnext(one)
        for piece in list(one.iter(TEXT)):
            _fill(piece, {**values, **each})
        last = one


def _spread_out(part, texts: Collection[str]) -> dict:
    """The paragraphs that are nothing but a field of `texts`, and which."""
    found = {}
    for paragraph in part.element.iter(PARAGRAPH):
        text = "".join(piece.text or "" for piece in _pieces(paragraph))
        field = merging.FIELD.fullmatch(text.strip())
        if field and field[1] in texts:
            found[paragraph] = field[1]
    return found


def _spread(paragraph, lines: Sequence[Paragraph]) -> None:
    """Paragraphs that look like this one, those that are centred in bold."""
    for line in lines:
        fresh = deepcopy(paragraph)
        first, *others = _pieces(fresh)
        for other in others:
            other.getparent().remove(other)
        first.text = printable(line.text)
        first.set(SPACE, "preserve")
        if line.look in ("centred", "article"):
            properties = fresh.get_or_add_pPr()
            properties.jc_val = WD_ALIGN_PARAGRAPH.CENTER
            properties.get_or_add_keepNext()
            first.getparent().get_or_add_rPr().bold_val = True
        paragraph.addprevious(fresh)
    paragraph.getparent().remove(paragraph)


def _fill(piece, values: Mapping[str, str]) -> None:
    """Put the values into one text; a line break in one is a line break in Word."""
    if not piece.text or "{{" not in piece.text:
        return
    first, *others = _lines(merging.merged(piece.text, values))
    piece.text = first
    piece.set(SPACE, "preserve")
    for line in others:
        follower = OxmlElement("w:t")
        follower.text = line
        follower.set(SPACE, "preserve")
        piece.addnext(follower)
        piece.addnext(OxmlElement("w:br"))
        piece = follower


def _lines(text: str) -> list[str]:
    return printable(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")

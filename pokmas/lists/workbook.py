"""A workbook of several small sheets, made at once: figures that are known already.

A list of records, however long, is written row by row (`exports.py`).
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from pokmas.lists.exports import (
    BOOK,
    LINKS,
    MAIN,
    OFFICE,
    PARTS,
    SHEET_FOOT,
    SHEET_HEAD,
)

FIRST_DAY = date(1899, 12, 30)
# Signs that no XML holds, and those that the name of a sheet does not.
ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Styles by their number, and how wide a column may be.
DAY, MONTH, HEAD = 1, 3, 4
NARROWEST, WIDEST = 12, 70
UNNAMED = str.maketrans("", "", "[]:*?/\\")


@dataclass(frozen=True)
class Sheet:
    """A head and rows of texts, numbers, days, or None for an empty cell; the column
    of months holds their first days."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence]
    months: int | None = None


def workbook(sheets: Sequence[Sheet]) -> bytes:
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": PARTS["[Content_Types].xml"].replace(
            _type_of(1), "".join(map(_type_of, numbers))
        ),
        "_rels/.rels": PARTS["_rels/.rels"],
        "xl/_rels/workbook.xml.rels": _links(numbers),
        "xl/workbook.xml": _book(sheets),
        "xl/styles.xml": PARTS["xl/styles.xml"],
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for number, sheet in zip(numbers, sheets, strict=True):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(sheet))
    return made.getvalue()


def _type_of(number: int) -> str:
    return (
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
        f'ContentType="{BOOK}.worksheet+xml"/>'
    )


def _links(numbers) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{each}" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet{each}.xml"/>'
        for each in numbers
    )
    return (
        f'<Relationships xmlns="{LINKS}">{sheets}<Relationship '
        f'Id="rId{len(numbers) + 1}" Type="{OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>"
    )


def _book(sheets) -> str:
    named = "".join(
        f'<sheet name="{_attribute(sheet.title.translate(UNNAMED)[:31])}" '
        f'sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets>'
        "</workbook>"
    )


def _attribute(text: str) -> str:
    return escape(ODD.sub("", text), {'"': "&quot;"})


def _sheet(sheet: Sheet) -> str:
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{_width(cells)}" customWidth="1"/>'
        for place, cells in enumerate(zip(sheet.head, *sheet.rows, strict=True), 1)
    )
    head = "".join(_cell(label, HEAD) for label in sheet.head)
    rows = "".join(_row(row, sheet.months) for row in sheet.rows)
    return SHEET_HEAD.format(columns=columns, head=head) + rows + SHEET_FOOT


def _width(cells: Sequence) -> int:
    """In letters: what stands there can be read without moving the column."""
    longest = max(len(str(each)) for each in cells if each is not None)
    return min(max(longest + 3, NARROWEST), WIDEST)


def _row(row: Sequence, months: int | None) -> str:
    styles = (MONTH if place == months else DAY for place in range(len(row)))
    return f"<row>{''.join(map(_cell, row, styles))}</row>"


def _cell(value, style: int) -> str:
    """`style` is that of a head, or of a day."""
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, int | float | Decimal):
        return f"<c><v>{value}</v></c>"
    if isinstance(value, date):
        return f'<c s="{style}"><v>{(value - FIRST_DAY).days}</v></c>'
    text = escape(ODD.sub("", str(value)))
    style = HEAD if style == HEAD else 0
    return (
        f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    )

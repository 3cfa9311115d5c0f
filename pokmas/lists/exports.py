"""A list as a sheet, as it was narrowed, ordered and scoped, streamed by PostgreSQL.

The database writes the cells and sends them row by row (COPY), so that a long list
needs no more memory than a short one. Each is noted before its first row leaves.
"""

import logging
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice

from django.db import connections, transaction
from django.db.models import Model, QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.lists.columns import Column, Day, Number, Table
from pokmas.server import replica
from pokmas.server.outage import DATABASE_LOST
from pokmas.server.replica import Needed
from pokmas.words import dates

logger = logging.getLogger(__name__)

# A sheet of Excel has 1,048,576 rows, and the first is the head.
ROWS_OF_A_SHEET = 2**20 - 1
# How long the slowest reader may take; until then his snapshot holds up the cleaning.
SECONDS = 600
# Exports at a time: all of them together, and never two of one person.
AT_ONCE = 4
LOCKS, OWN_LOCKS = 7_301, 7_302
# Rows sent at once, some 50 KB.
PIECE = 200


class Refused(Exception):
    """Why there is no sheet now, in words of whoever asked."""


@dataclass(frozen=True)
class Sheet:
    label: str
    ending: str
    content_type: str
    write: Callable[[Table, QuerySet, Needed | None], Iterator[bytes]]
    most: int | None = None


def answer(
    table: Table,
    rows: QuerySet,
    *,
    sheet: str,
    chosen: Mapping[str, str],
    by: User,
    about: Model | None = None,
) -> StreamingHttpResponse:
    """The rows as a file. The trail has what they were narrowed to, and are about."""
    kind = SHEETS[sheet]
    # Asked for before this is noted, for that is a writing of his own.
    needed = replica.needed_by(by)
    count = replica.ask(needed, rows.order_by().count)
    if kind.most and count > kind.most:
        raise Refused(
            _("Excel hanya memuat %(most)s baris. Saring daftar ini, atau ekspor CSV.")
            % {"most": dates.number(kind.most)}
        )
    action = table.exported or f"{table.model._meta.model_name}.exported"
    turn = Turn(by)
    try:
        details = {"sheet": sheet, "rows": count, "filters": dict(chosen)}
        Entry.record(by, action, about, **details)
    except Exception:
        turn.end()
        raise
    response = StreamingHttpResponse(
        Pieces(kind.write(table, rows, needed), turn), content_type=kind.content_type
    )
    name = f"{slugify(table.title)}-{timezone.localdate():%Y-%m-%d}.{kind.ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


# Whose turn it is


class Turn:
    """A place among the exports of the moment; a lost connection gives it up.

    It is held by a transaction on a connection of its own: the export's own begins
    after the trail has it, and a session is nobody's where a pool stands between.
    """

    def __init__(self, user: User):
        self.line = connections.create_connection("default")
        try:
            self._take_place(user)
        except BaseException:
            self.end()
            raise

    def _take_place(self, user: User) -> None:
        self.line.set_autocommit(False)
        if not self._take((OWN_LOCKS, user.pk % 2**31)):
            raise Refused(_("Ekspor Anda yang lain masih berjalan. Tunggu selesai."))
        if not any(self._take((LOCKS, place)) for place in range(AT_ONCE)):
            raise Refused(_("Terlalu banyak ekspor sedang berjalan. Coba lagi nanti."))
        with self.line.cursor() as cursor:
            cursor.execute(
                f"SET LOCAL idle_in_transaction_session_timeout = '{SECONDS}s'"
            )

    def _take(self, key) -> bool:
        with self.line.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", key)
            return cursor.fetchone()[0]

    def end(self) -> None:
        """Give the place back at once; the end of the connection may take a moment."""
        try:
            self.line.rollback()
        except DATABASE_LOST:
            logger.info("The connection that held an export's place is gone")
        self.line.close()


class Pieces:
    """What is sent, in pieces; its end, early or not, is the end of the turn."""

    def __init__(self, source: Iterator[bytes], turn: Turn):
        self.source, self.turn = source, turn

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self.source
        except Exception:
            # Too late for a page that says so: the file breaks off.
            logger.exception("An export broke off")
            raise
        finally:
            self.turn.end()

    def close(self) -> None:
        self.source.close()
        self.turn.end()


# Rows out of the database


def _rows(
    table: Table,
    rows: QuerySet,
    needed: Needed | None,
    cells: Callable[[Table], str],
    how: str,
) -> Iterator[bytes]:
    """The rows as the database writes them; `cells` is the SQL that does so."""
    names = {f"cell_{place}": each.expression for place, each in enumerate(table.sheet)}
    listed = rows.annotate(**names).values_list(*names)
    inner, params = listed.query.sql_with_params()
    outer = cells(table)
    if params:
        outer = outer.replace("%", "%%")
    # What people typed is in the parameters; all else is ours.
    statement = f"COPY (SELECT {outer} FROM ({inner}) AS listed) TO STDOUT ({how})"  # noqa: S608
    yield from replica.stream(needed, partial(_copied, statement, params))


def _copied(statement: str, params: tuple, using: str) -> Iterator[bytes]:
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
        # The database writes days as people here do, faster than any function.
        cursor.execute("SET LOCAL datestyle = 'Postgres, DMY'")
        with cursor.copy(statement, params) as copy:
            yield from _in_pieces(copy)
        cursor.execute("SET LOCAL datestyle TO DEFAULT")


def _in_pieces(rows: Iterable[bytes]) -> Iterator[bytes]:
    """Many rows at once, for each step in Python costs more than a row."""
    rows = iter(rows)
    while some := list(islice(rows, PIECE)):
        yield b"".join(some)


def _named(table: Table) -> Iterator[tuple[str, Column]]:
    return ((f"cell_{place}", each) for place, each in enumerate(table.sheet))


# CSV, as a spreadsheet set to Indonesian reads it


def write_csv(
    table: Table, rows: QuerySet, needed: Needed | None = None
) -> Iterator[bytes]:
    head = ";".join(f'"{each.label}"' for each in table.sheet)
    yield f"\ufeff{head}\n".encode()
    # In quotes, so that a comma inside of one is never taken for the end of it.
    texts = ", ".join(
        name for name, each in _named(table) if not isinstance(each, Day | Number)
    )
    how = f"FORMAT csv, DELIMITER ';', FORCE_QUOTE ({texts})"
    yield from _rows(table, rows, needed, _csv_cells, how)


def _csv_cells(table: Table) -> str:
    return ", ".join(f"{each.csv(name)} AS {name}" for name, each in _named(table))


# XLSX, the least that is one: https://ecma-international.org/publications-and-standards/
# standards/ecma-376/


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Printed it lies across, all columns on one page.
SHEET_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{MAIN}">'
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    "<cols>{columns}</cols><sheetData><row>{head}</row>"
)
SHEET_FOOT = (
    '</sheetData><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
    "</worksheet>"
)
PARTS = {
    "[Content_Types].xml": f"""\
<Types xmlns="{TYPES}">
<Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{BOOK}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{BOOK}.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="{BOOK}.styles+xml"/>
</Types>""",
    "_rels/.rels": f"""\
<Relationships xmlns="{LINKS}">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>
</Relationships>""",
    "xl/_rels/workbook.xml.rels": f"""\
<Relationships xmlns="{LINKS}">
<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>
</Relationships>""",
    "xl/workbook.xml": f"""\
<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">
<sheets><sheet name="{{title}}" sheetId="1" r:id="rId1"/></sheets>
</workbook>""",
    # Styles by their number: plain, day, moment, month, head.
    "xl/styles.xml": f"""\
<styleSheet xmlns="{MAIN}">
<numFmts count="3">
<numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy"/>
<numFmt numFmtId="165" formatCode="dd\\-mm\\-yyyy\\ hh:mm"/>
<numFmt numFmtId="166" formatCode="mm\\-yyyy"/>
</numFmts>
<fonts count="2">
<font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font>
</fonts>
<fills count="2">
<fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill>
</fills>
<borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="5">
<xf/>
<xf numFmtId="164" applyNumberFormat="1"/>
<xf numFmtId="165" applyNumberFormat="1"/>
<xf numFmtId="166" applyNumberFormat="1"/>
<xf fontId="1" applyFont="1"/>
</cellXfs>
</styleSheet>""",
}


class Outlet:
    """What a zip archive is written into when nobody keeps it: taken off in pieces."""

    def __init__(self):
        self.pieces = []

    def write(self, data: bytes) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        data = b"".join(self.pieces)
        self.pieces.clear()
        return data


def write_xlsx(
    table: Table, rows: QuerySet, needed: Needed | None = None
) -> Iterator[bytes]:
    outlet = Outlet()
    archive = zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    for name, text in PARTS.items():
        # A sheet's name is at most 31 letters, and has none of these.
        title = str(table.title).translate(str.maketrans("", "", "[]:*?/\\"))[:31]
        archive.writestr(name, text.replace("{title}", escape(title)))
    with archive.open("xl/worksheets/sheet1.xml", "w") as part:
        part.write(_sheet_head(table).encode())
        # Signs that no cell can hold, so that the database has nothing to quote.
        how = "FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02'"
        for piece in _rows(table, rows, needed, _xlsx_row, how):
            part.write(piece)
            yield outlet.taken()
        part.write(SHEET_FOOT.encode())
    archive.close()
    yield outlet.taken()


def _sheet_head(table: Table) -> str:
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{each.width}" customWidth="1"/>'
        for place, each in enumerate(table.sheet, 1)
    )
    head = "".join(
        f'<c s="4" t="inlineStr"><is><t>{escape(each.label)}</t></is></c>'
        for each in table.sheet
    )
    return SHEET_HEAD.format(columns=columns, head=head)


def _xlsx_row(table: Table) -> str:
    cells = " || ".join(each.xml(name) for name, each in _named(table))
    return f"'<row>' || {cells} || '</row>'"


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEETS = {
    "csv": Sheet("CSV", "csv", "text/csv; charset=utf-8", write_csv),
    "xlsx": Sheet(
        "Excel (XLSX)",
        "xlsx",
        XLSX,
        write_xlsx,
        most=ROWS_OF_A_SHEET,
    ),
}

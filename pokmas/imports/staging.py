"""The rows of a list in the database, and what is asked of all of them at once.

They stand in a table like any other: the role of the portal may make none, not even a
temporary one, which could stand before another table of that name.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.db import connection
from django.db.models import Count, Model
from django.utils.translation import gettext as _

from pokmas.imports.headings import letter
from pokmas.imports.kinds import KINDS, Kind
from pokmas.imports.models import Import, ImportRow

Result = ImportRow.Result
# All statements about one list together may take so long, and lists of an office are
# taken in one after the other.
SECONDS = 220
LOCKS = 7_320
PIECE = 1 << 20
# Among what a row comes in as: that nothing stands against it but what may be so; and
# beside it the reason why somebody lets it in all the same.
CLASH, LET_IN = "clash", "let_in"
COLUMNS = ("of_id", "number", "cells", "answers", "problems", "result")
REST = {"remarks": "{}", "reason": "", "made": "{}"}
JUDGED = """
    UPDATE imports_importrow SET remarks = '{}', found_id = NULL, reason = '',
        result = CASE WHEN problems = '{}' THEN 'new' ELSE 'wrong' END
    WHERE of_id = %(import)s
"""
NEEDED = """
    UPDATE imports_importrow SET result = 'wrong',
        remarks = remarks || jsonb_build_object(%(needed)s::text, %(words)s::text)
    WHERE of_id = %(import)s AND result = 'new' AND NOT answers ? %(needed)s
"""
# Each cell by its letter and row, as the sheet calls it.
SAID = """
    UPDATE imports_importrow r SET reason = said.words FROM (
        SELECT r.id, string_agg(
            CASE WHEN %(labels)s::jsonb ? each.key THEN (%(labels)s::jsonb ->> each.key)
                || coalesce(' (' || (%(letters)s::jsonb ->> each.key)
                            || r.number || ')', '') || ': ' ELSE '' END || each.value,
            ' · ' ORDER BY array_position(%(order)s::text[], each.key), each.key
        ) AS words
        FROM imports_importrow r, jsonb_each_text(r.problems || r.remarks) AS each
        WHERE r.of_id = %(import)s AND r.result IN ('wrong', 'conflict', 'new')
        GROUP BY r.id
    ) AS said WHERE r.id = said.id
"""
TOLD = """
    UPDATE imports_importrow r
    SET made = r.made || jsonb_build_object(%(table)s::text, told.made)
    FROM unnest(%(rows)s::bigint[], %(keys)s::bigint[]) AS told (id, made)
    WHERE r.id = told.id
"""


@dataclass
class Staged:
    """The rows of one list, for statements in which `{sheet}` stands for them.

    `{sheet}` is a query with a column for each of ours, in its type, beside `id`,
    `number`, `result`, `made` and `found_id`.
    """

    record: Import
    cursor: object

    @property
    def kind(self) -> Kind:
        return KINDS[self.record.kind]

    def run(self, statement: str, **params) -> int:
        """Run it with %(import)s, %(office)s, %(about)s and `params`; how many rows."""
        known = {
            "import": self.record.pk,
            "office": self.record.office_id,
            "about": self.record.about_id,
        }
        self.cursor.execute(statement.replace("{sheet}", self.sheet), known | params)
        return self.cursor.rowcount

    @property
    def sheet(self) -> str:
        """Materialised, so that a value is read off its row once."""
        columns = "".join(
            f", {_value(each.name, each.sql)} AS {each.name}"
            for each in self.kind.columns
        )
        return (
            f"(SELECT id, number, result, made, found_id, answers{columns} "  # noqa: S608
            "FROM imports_importrow WHERE of_id = %(import)s OFFSET 0)"
        )


def _value(name: str, sql: str) -> str:
    if sql == "jsonb":
        return f"answers -> '{name}'"
    value = f"answers ->> '{name}'"
    return value if sql == "text" else f"({value})::{sql}"


def staged(record: Import) -> Staged:
    """To be called in a transaction, of which it is the last long thing."""
    cursor = connection.cursor()
    cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
    work = Staged(record, cursor)
    planned_anew(work)
    return work


def planned_anew(work: Staged) -> None:
    """What rows set off when they come or go is planned for the tables as they are.

    A plan that this session made while a table was small reads it whole, once for each
    row that looks something up there.
    """
    work.cursor.execute("DISCARD PLANS")


def alone(work: Staged) -> None:
    """Wait until no other list is taken in for this office."""
    work.run("SELECT pg_advisory_xact_lock(%(lock)s, %(office)s::int)", lock=LOCKS)


@contextmanager
def at_once(work: Staged) -> Iterator[None]:
    """Compare all with all, whatever the database takes for the better way.

    Rows that came in a moment ago are counted nowhere yet, and lists of numbers have no
    index: each would be looked up one by one among all others. What rows set off when
    they come in is not that way.
    """
    work.cursor.execute("SET LOCAL enable_nestloop = off")
    yield
    work.cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")


def line_of(record: Import, number: int, cells, answers, problems) -> bytes:
    """A row as PostgreSQL reads it."""
    result = Result.WRONG if problems else Result.NEW
    values = [str(record.pk), str(number), *map(_json, (cells, answers, problems))]
    rest = [result.value, *REST.values()]
    return ("\t".join([*values, *rest]) + "\n").encode()


def _json(value) -> str:
    # A sign that no text of PostgreSQL can hold.
    said = json.dumps(value, ensure_ascii=False).replace("\\u0000", "")
    return said.replace("\\", "\\\\")


def fill(work: Staged, lines: BinaryIO, *, instead_of: Iterable[int] | None) -> None:
    """Bring the rows in: in place of all others, or of those with these numbers."""
    rows = ImportRow.objects.filter(of=work.record)
    if instead_of is not None:
        rows = rows.filter(number__in=list(instead_of))
    rows._raw_delete(rows.db)
    names = ", ".join([*COLUMNS, *REST])
    with work.cursor.copy(f"COPY imports_importrow ({names}) FROM STDIN") as copy:
        while piece := lines.read(PIECE):
            copy.write(piece)


def judge(work: Staged) -> None:
    """Say of every row what it is: new, known already, in conflict, or wrong."""
    kind = work.kind
    with at_once(work):
        work.run(JUDGED)
        kind.judge(work)
        work.run(NEEDED, needed=kind.needed, words=_("wajib diisi."))
        kind.guess(work)
        places = {
            each["name"]: each["place"] for each in work.record.headings if each["name"]
        }
        work.run(
            SAID,
            labels=json.dumps({each.name: str(each.label) for each in kind.columns}),
            letters=json.dumps({name: letter(place) for name, place in places.items()}),
            order=[each.name for each in kind.columns],
        )
    work.record.counts = counted(work.record)


def counted(record: Import) -> dict[str, int]:
    rows = record.rows.order_by().values_list("result")
    return dict(rows.annotate(many=Count("pk")))


# What any record has that comes in, said with `told_of` it.
AS_NEW = {
    "revision": "0",
    "submission_key": "gen_random_uuid()",
    "created_at": "%(moment)s::timestamptz",
    "created_by": "%(creator)s::bigint",
}


def told_of(record: Import) -> dict:
    return {"moment": record.status_since, "creator": record.created_by_id}


def insert(
    work: Staged,
    model: type[Model],
    values: dict[str, str],
    only: str = "true",
    **params,
) -> None:
    """One row of `model` for each that is new: `values` are SQL by the name of a field,
    in which `s` is the row. What they leave out is as a new record has it. `only` says
    in SQL which of the new rows are meant.

    Keys are given in the order of the rows, so each row is told what it made; the role
    of the portal may draw no key beforehand.
    """
    columns, chosen, known = [], [], {}
    for field in model._meta.concrete_fields:
        has_own = field.primary_key or field.generated or field.has_db_default()
        if has_own and field.name not in values:
            continue
        columns.append(f'"{field.column}"')
        if field.name in values:
            chosen.append(values[field.name])
        else:
            name = f"default_{field.column}"
            chosen.append(f"%({name})s")
            known[name] = field.get_db_prep_save(field.get_default(), connection)
    table = model._meta.db_table
    planned_anew(work)
    work.run(
        f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 - names of models
        f"SELECT {', '.join(chosen)} FROM {{sheet}} AS s WHERE s.result = 'new' "
        f"AND ({only}) ORDER BY s.number RETURNING id",
        **known,
        **params,
    )
    keys = sorted(key for (key,) in work.cursor.fetchall())
    work.run(
        f"SELECT s.id FROM {{sheet}} AS s WHERE s.result = 'new' "  # noqa: S608
        f"AND ({only}) ORDER BY s.number"
    )
    rows = [row for (row,) in work.cursor.fetchall()]
    with at_once(work):
        work.run(TOLD, table=table, keys=keys, rows=rows)


def made(model: type[Model]) -> str:
    """The key of what a row `s` makes, in SQL."""
    return f"(s.made ->> '{model._meta.db_table}')::bigint"

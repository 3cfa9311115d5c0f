"""Fold what the triggers appended, and count anew whether it is right."""

import logging
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from pokmas.health import inside
from pokmas.jobs import backups
from pokmas.notices.services import notify, who_may
from pokmas.offices.models import Office
from reports.tallies.anew import counted_anew
from reports.tallies.models import PLACE, TALLIES, Tally

logger = logging.getLogger(__name__)

LOCK = 0x74616C6C  # one folds at a time
NAMED = 20
FOLD = """
    WITH cells AS (
        SELECT DISTINCT office_id, month FROM {table} WHERE is_new
    ), gone AS (
        DELETE FROM {table} USING cells
        WHERE {table}.office_id = cells.office_id AND {table}.month = cells.month
        RETURNING {table}.*
    )
    INSERT INTO {table} (is_new, {by}, {sums})
    SELECT false, {by}, {summed} FROM gone GROUP BY {by} HAVING {differ}
"""
# One statement: it sees the rows and the sums as they are at one moment.
RECOUNT = """
    SELECT {by}, {summed} FROM (
        {anew} UNION ALL SELECT {by}, {negated} FROM {table}
    ) AS each ({by}, {sums}) GROUP BY {by} HAVING {differ}
"""
MEND = """
    INSERT INTO {table} (is_new, {by}, {sums})
    SELECT true, found.* FROM ({found}) AS found RETURNING {by}, {sums}
"""


@dataclass(frozen=True)
class Difference:
    """By how much the records of an office's month are more than its tally says."""

    table: str
    office: int
    month: date
    what: tuple
    by: tuple[int, ...]

    def __str__(self):
        what = " ".join(str(each) for each in self.what)
        more = ", ".join(f"{each:+d}" for each in self.by)
        return f"{self.table} {self.office} {self.month:%Y-%m} {what}: {more}"


@transaction.atomic
def fold() -> None:
    """Make one row of those of a kind. Who reads meanwhile sees the same sums."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if cursor.fetchone()[0]:
            for model in TALLIES:
                cursor.execute(sql.SQL(FOLD).format(**_names(model)))


@transaction.atomic
def recount(*, mend: bool = False) -> list[Difference]:
    """Where the tallies say something else than the records; `mend` makes it right."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        for model in TALLIES:
            names, (anew, params) = _names(model), counted_anew(model)
            words = sql.SQL(RECOUNT).format(**names, anew=sql.SQL(anew))
            if mend:
                words = sql.SQL(MEND).format(**names, found=words)
            cursor.execute(words, params)
            kinds = len(PLACE) + len(model.BY)
            found += [
                Difference(
                    *(model._meta.db_table, row[0], row[2]),
                    what=row[len(PLACE) : kinds],
                    by=row[kinds:],
                )
                for row in cursor.fetchall()
            ]
    return found


def check() -> None:
    """The nightly recount: what differs is an error, made right, and told."""
    found = recount(mend=True)
    backups.note(inside.TALLIES)
    if not found:
        return
    for each in found[:NAMED]:
        logger.error("A tally was wrong and has been mended: %s", each)
    logger.error("%s tallies were wrong and have been mended", len(found))
    backups.note(inside.TALLIES_MENDED)
    notify(
        who_may("health.view_status", Office.objects.headquarters()),
        kind="tallies.mended",
        title=_("Angka rekap berbeda dari catatan kegiatan"),
        body=_(
            "Hitung ulang malam menemukan selisih dan membetulkannya. Catatan program "
            "menyebutkan kantor dan bulannya; cari sebabnya bila terulang."
        ),
        url=reverse("health:status"),
        key=f"tallies.mended:{timezone.now():%Y-%m-%d %H:%M}",
    )


def _names(model: type[Tally]) -> dict[str, sql.Composable]:
    """The table and its columns, for the statements above."""
    by = [model._meta.get_field(name).column for name in (*PLACE, *model.BY)]
    sums = [sql.Identifier(name) for name in model.SUMS]

    def each(words: str, join: str = ", ") -> sql.Composable:
        return sql.SQL(join).join(sql.SQL(words).format(name) for name in sums)

    return {
        "table": sql.Identifier(model._meta.db_table),
        "by": sql.SQL(", ").join(map(sql.Identifier, by)),
        "sums": each("{}"),
        "summed": each("sum({})::bigint"),
        "negated": each("-{}"),
        "differ": each("sum({}) <> 0", " OR "),
    }

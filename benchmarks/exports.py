#!/usr/bin/env python3
"""A long list as a sheet: CSV against a bare COPY, XLSX against openpyxl.

    .venv/bin/python benchmarks/exports.py [--rows 1000000] [--rounds 3]

Starts a PostgreSQL and a Valkey of its own in a temporary folder, fills it with
activities, and removes both afterwards. What is compared takes turns, and the round of
each counts that cost least: the CPU time of this process and of its database together,
so that other work on the machine weighs little. openpyxl is only compared with: `uv pip
install openpyxl` beforehand.
"""

import argparse
import io
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# The throughput of a bare COPY, and the time of openpyxl, over ours: at least.
CSV, XLSX = 0.9, 5
SHEET_ROWS = 100_000
# How much more memory ten times the rows may take, in MB.
FLAT = 8


def main() -> int:
    from jobs import servers_in, set_up_django

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="pokmas-exports-"))
    folder.chmod(0o711)
    try:
        with servers_in(folder):
            set_up_django()
            fill(options.rows)
            good = [compare_csv(options.rounds), compare_xlsx(options.rounds)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if all(good) else 1


def fill(number: int) -> None:
    """So many copies of one activity, each with words and a day of its own."""
    from django.db import connection

    from outreach.models import Activity
    from tests.factories import ActivityFactory, PartnerFactory

    first = ActivityFactory(partners=[PartnerFactory(status="active")])
    table = Activity._meta.db_table
    own = {
        "id": "nextval(pg_get_serial_sequence('outreach_activity', 'id'))",
        "title": "'Pembinaan dan pembimbingan kemasyarakatan nomor ' || n",
        "place": "'Balai desa ' || n %% 1000",
        "held_on": "date '2020-01-01' + (n %% 2000)::int",
        "submission_key": "gen_random_uuid()",
    }
    names = [field.column for field in Activity._meta.concrete_fields]
    values = [own.get(name, f"a.{name}") for name in names]
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        unguard(cursor, table)
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)}"
            f" FROM {table} a, generate_series(2, %s) n WHERE a.id = %s",
            [number, first.pk],
        )
        cursor.execute(f"VACUUM ANALYZE {table}")
    print(f"{number:,} activities")


def unguard(cursor, table: str) -> None:
    """Let a million rows in without history and checks, for they are only read."""
    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cursor.execute(
        "SELECT conname FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid = %s::regclass",
        [table],
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def listed(number: int | None = None):
    """The list and its rows, the newest first."""
    from outreach.activities.columns import ACTIVITIES
    from outreach.models import Activity

    rows = Activity.objects.for_list().prefetch_related(None)
    rows = rows.order_by("-held_on", "-pk")
    return ACTIVITIES, rows[:number] if number else rows


def compare_csv(rounds: int) -> bool:
    from pokmas.lists import exports

    table, rows = listed()
    ways = {
        "bare COPY": lambda: bare_copy(table, rows),
        "CSV": lambda: drained(exports.write_csv(table, rows)),
    }
    grown = growth(exports.write_csv)
    best, size = fastest(ways, rounds)
    ratio = best["bare COPY"] / best["CSV"]
    for way, seconds in best.items():
        print(f"{way:12} {seconds:6.2f} s  {size[way] / seconds / 1e6:6.1f} MB/s")
    print(f"CSV: {ratio:.2f} of a bare COPY (at least {CSV}); memory +{grown:.1f} MB")
    return ratio >= CSV and grown <= FLAT


def compare_xlsx(rounds: int) -> bool:
    from pokmas.lists import exports

    table, rows = listed(SHEET_ROWS)
    ways = {"XLSX": lambda: drained(exports.write_xlsx(table, rows))}
    grown = growth(exports.write_xlsx)
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        print("openpyxl is not installed: nothing to compare with")
    else:
        ways["openpyxl"] = lambda: by_openpyxl(table, rows)
    best, size = fastest(ways, rounds)
    for way, seconds in best.items():
        print(f"{way:12} {seconds:6.2f} s  {size[way] / 1e6:6.1f} MB")
    ratio = best.get("openpyxl", 0) / best["XLSX"]
    print(f"XLSX: {ratio:.1f} × openpyxl (at least {XLSX}); memory +{grown:.1f} MB")
    return ratio >= XLSX and grown <= FLAT


def growth(write) -> float:
    """How much the peak of memory rises from a tenth of the rows to all of them."""
    table, few = listed(SHEET_ROWS)
    drained(write(table, few))
    before = peak()
    drained(write(*listed()))
    return peak() - before


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fastest(ways, rounds: int) -> tuple[dict, dict]:
    best, size = dict.fromkeys(ways, float("inf")), {}
    for _round in range(rounds):
        for way, act in ways.items():
            began = cost()
            size[way] = act()
            best[way] = min(best[way], cost() - began)
    return best, size


def cost() -> float:
    """Seconds of CPU so far, of this process and of the one that serves it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def drained(pieces) -> int:
    return sum(map(len, pieces))


def values_of(table, rows):
    names = {f"cell_{place}": each.expression for place, each in enumerate(table.sheet)}
    return rows.annotate(**names).values_list(*names)


def bare_copy(table, rows) -> int:
    """The same columns as they are stored, sent and thrown away."""
    from django.db import connection

    query, params = values_of(table, rows).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        statement = f"COPY ({query}) TO STDOUT (FORMAT csv, DELIMITER ';')"
        with cursor.copy(statement, params) as copy:
            return drained(copy)


def by_openpyxl(table, rows) -> int:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([str(each.label) for each in table.sheet])
    for values in values_of(table, rows).iterator(chunk_size=2000):
        sheet.append([", ".join(v) if isinstance(v, list) else v for v in values])
    held = io.BytesIO()
    book.save(held)
    return held.tell()


if __name__ == "__main__":
    sys.exit(main())

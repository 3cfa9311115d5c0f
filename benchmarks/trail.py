#!/usr/bin/env python3
"""The audit trail, grown: what sealing and a night's check take, when a fault shows.

    python3 benchmarks/trail.py --folder /tmp/trail [--rows 1000000] [--nights 40]

Makes a database in the folder if there is none, with so many audit entries, and seals
them. Then a round of nights is run: the first sees everything, every later one a slice.
One old row is changed behind the portal's back, and the nights go on until it is found.
20,000,000 rows need some 15 GB of disk.
"""

import argparse
import random
import statistics
import sys
import time
from pathlib import Path

from ground import portal_in

BATCH = 200_000
# The task that does a night's work is cut off by then, and goes on in the next one.
TASK_BUDGET, PORTION_BUDGET = 240, 30
FILL = """
    INSERT INTO audit_entry (at, capacity, action, about_id, label, details, context)
    SELECT now() - n * interval '1 s', 'Kepala Bapas Contoh, Bapas Contoh',
        'activity.verified', n, 'Penyuluhan hukum di Balai Desa ke-' || n,
        jsonb_build_object('was', 'reported', 'reason', 'Lengkap dan sesuai.'),
        gen_random_uuid()
    FROM generate_series(%s, %s) n
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--nights", type=int, default=40, help="at most")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with portal_in(options.folder):
        fill(options.rows)
        seal()
        whole = night("the first night, all of it")
        slices = [night(f"night {number}") for number in range(2, 5)]
        number = plant(random.Random(options.seed))
        found = search(number, options.nights)
        longest = max(slices, key=lambda each: each["seconds"])
        print(
            f"\n{whole['rows']:,} rows: all in {whole['seconds']:.1f} s, a slice in "
            f"{statistics.mean(each['seconds'] for each in slices):.1f} s, its longest "
            f"portion {longest['portion']:.2f} s; the fault in row {number:,} was "
            f"found in night {found}"
        )
    fits = longest["seconds"] < TASK_BUDGET and longest["portion"] < PORTION_BUDGET
    return 0 if fits and found else 1


def fill(rows: int) -> None:
    from django.db import connection

    from pokmas.audit.models import Entry

    there = Entry.objects.count()
    with connection.cursor() as cursor:
        for first in range(there + 1, rows + 1, BATCH):
            cursor.execute(FILL, [first, min(first + BATCH - 1, rows)])
        cursor.execute("ANALYZE audit_entry")
    print(f"{rows:,} entries")


def seal() -> None:
    from pokmas.audit import chain

    began = time.monotonic()
    rows = chain.seal_all()
    if rows:
        took = time.monotonic() - began
        print(f"sealed {rows:,} rows in {took:.1f} s, {took / rows * 1e6:.1f} µs each")


def night(words: str) -> dict:
    """One night's work, portion after portion."""
    from pokmas.audit import inspections

    inspection, portions = inspections.begin_night(), []
    began = time.monotonic()
    while True:
        since = time.monotonic()
        if not inspections._check_portion():
            break
        portions.append(time.monotonic() - since)
    took = time.monotonic() - began
    inspection.refresh_from_db()
    print(f"{words}: {inspection.rows:,} rows in {took:.1f} s", flush=True)
    return {
        "rows": inspection.rows,
        "seconds": took,
        "portion": max(portions),
        "faults": inspection.faults,
    }


def plant(dice: random.Random) -> int:
    """Change an old row as somebody could who owns the table."""
    from django.db import connection

    from pokmas.audit.models import Entry

    entries = Entry.objects.order_by("pk")
    number = entries.values_list("pk", flat=True)[dice.randrange(entries.count())]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE audit_entry SET label = label || ' (diubah)' WHERE id = %s",
            [number],
        )
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
    print(f"changed row {number:,}")
    return number


def search(number: int, nights: int) -> int | None:
    """The night that names the row, counted from the change."""
    for count in range(1, nights + 1):
        if any(each["id"] == number for each in night(f"+{count}")["faults"]):
            return count
    return None


if __name__ == "__main__":
    sys.exit(main())

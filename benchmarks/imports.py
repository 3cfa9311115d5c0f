#!/usr/bin/env python3
"""A long list read and rehearsed, taken in, and taken back: each against its parts, and
against openpyxl with a form for each row.

    .venv/bin/python benchmarks/imports.py [--rows 50000] [--form-rows 1000]

The parts are what nobody can do without: calamine alone, the statements that judge the
rows, COPY; the bare INSERT of what comes in; the bare DELETE of what goes. All of them
run in the same database as the whole.

Starts a PostgreSQL and a Valkey of its own in a temporary folder and removes both
afterwards. What counts is the processor time of the worker, of its children and of its
database together, so that other work on the machine weighs little. The worker is a
process of its own, whose memory is its own. openpyxl is only compared with: `uv pip
install openpyxl` beforehand, else that part is left out.
"""

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# Reading over its three parts, at most; and the memory of worker and reader in MB.
RATIO, MEGABYTES = 10, 250
TABLES = ("partners_partner", "partners_partnership", "partners_partnership_fields")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--form-rows", type=int, default=1_000)
    parser.add_argument("--job", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        return work_as_worker(options.job)
    folder = Path(tempfile.mkdtemp(prefix="pokmas-imports-"))
    folder.chmod(0o711)
    try:
        from ground import portal_in

        with portal_in(folder):
            return 0 if measure(options) else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(options) -> bool:
    from pokmas.accounts.roles import Role
    from pokmas.imports import services
    from tests.factories import UnitFactory, person
    from tests.pokmas.imports.workbooks import messy, xlsx

    content = xlsx(messy(options.rows))
    print(f"{options.rows:,} rows, {len(content) / 1e6:.1f} MB")
    operator = person(Role.UNIT_OPERATOR, UnitFactory())
    record = handed_in(content, operator)
    read = worked(record)
    checks = parts_of_reading(content, record)
    services.enter(record, by=operator)
    written = worked(record)
    kept = keep(record)
    services.undo(record, by=operator)
    undone = worked(record)
    inserted, deleted = bare(kept)
    forms = form_by_form(content, options)
    ratio = told("read and rehearsed", read, sum(checks.values()), forms[0])
    for name, spent in checks.items():
        print(f"  {name:<20} {spent:8.2f} s")
    told("taken in", written, checks["checks"] + inserted, forms[1])
    told("taken back", undone, deleted, forms[2])
    most = max(each["megabytes"] for each in (read, written, undone))
    print(f"memory: worker {most} MB, reader {read['reader']} MB, at most {MEGABYTES}")
    return ratio <= RATIO and max(most, read["reader"]) <= MEGABYTES


def told(name: str, whole: dict, parts: float, forms: float) -> float:
    ratio = whole["spent"] / parts
    beside = f"form by form {forms:8.2f} s" if forms else ""
    print(
        f"{name:<22} {whole['spent']:8.2f} s  {ratio:5.1f} times its parts"
        f" ({parts:.2f} s)  {whole['wall']:.1f} s by the clock  {beside}"
        f"  {whole['counts']}"
    )
    return ratio


def handed_in(content: bytes, operator):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from pokmas.documents import services as documents
    from pokmas.documents.inspection import LISTS
    from pokmas.imports import services
    from pokmas.imports.models import Import

    upload = SimpleUploadedFile("daftar.xlsx", content)
    looked, document = costs(lambda: documents.store(upload, by=operator, kinds=LISTS))
    print(f"looked at when uploaded {looked:7.2f} s")
    record = Import(kind="partners", way="draft", office=operator.acting.office)
    return services.start(record, document=document, by=operator)


# The worker


def worked(record) -> dict:
    """What its job cost, in a process of its own."""
    record.refresh_from_db()
    done = subprocess.run(
        [sys.executable, __file__, "--job", str(record.job_id)],
        check=True,
        capture_output=True,
        text=True,
    )
    record.refresh_from_db()
    return json.loads(done.stdout) | {"counts": record.counts}


def work_as_worker(job: int) -> int:
    import time

    from ground import import_django

    import_django()
    from pokmas.documents import sandbox
    from pokmas.jobs import services as jobs

    memory = [0]
    run = sandbox.run

    def noted(*arguments, **more):
        facts = run(*arguments, **more)
        memory.append(facts["megabytes"])
        return facts

    sandbox.run = noted
    began = time.monotonic()
    spent, _nothing = costs(lambda: jobs.run(job))
    answer = {"spent": spent, "wall": time.monotonic() - began}
    answer |= {"megabytes": sandbox.memory_used(), "reader": max(memory)}
    print(json.dumps(answer))
    return 0


# The parts


def parts_of_reading(content: bytes, record) -> dict[str, float]:
    """Reading alone, the statements of the check alone, the rows by COPY alone."""
    from django.db import connection, transaction
    from python_calamine import load_workbook

    from pokmas.imports import staging

    def read():
        book = load_workbook(io.BytesIO(content))
        return sum(1 for _row in book.get_sheet_by_index(0).iter_rows())

    names = ", ".join([*staging.COLUMNS, *staging.REST])
    statement = (
        f"COPY (SELECT {names} FROM imports_importrow WHERE of_id = %s) TO STDOUT"
    )
    with connection.cursor().copy(statement, [record.pk]) as copy:
        lines = b"".join(bytes(piece) for piece in copy)

    def check():
        with transaction.atomic():
            staging.judge(staging.staged(record))

    def copied():
        with transaction.atomic():
            rows = record.rows.all()
            rows._raw_delete(rows.db)
            staging.fill(staging.staged(record), io.BytesIO(lines), instead_of=())

    steps = {"calamine": read, "checks": check, "COPY": copied}
    found = {name: costs(step)[0] for name, step in steps.items()}
    with transaction.atomic():
        staging.judge(staging.staged(record))
    return found


def keep(record) -> list[str]:
    """What came in, once more in tables without index or trigger."""
    from django.db import connection

    made = (
        "SELECT (made ->> '{}')::bigint FROM imports_importrow"
        f" WHERE of_id = {record.pk} AND result = 'in'"
    )
    with connection.cursor() as cursor:
        for table in TABLES:
            key = "partnership_id" if table.endswith("fields") else "id"
            rows = made.format(table.removesuffix("_fields"))
            cursor.execute(
                f"CREATE TEMPORARY TABLE kept_{table} AS"
                f" SELECT * FROM {table} WHERE {key} IN ({rows})"
            )
            cursor.execute(f"ANALYZE kept_{table}")
    return [f"kept_{table}" for table in TABLES]


def bare(kept: list[str]) -> tuple[float, float]:
    """Its rows by one INSERT a table, and by one DELETE; then all is as before."""
    from django.db import connection, transaction

    def insert():
        with connection.cursor() as cursor:
            for source, table in zip(kept, TABLES, strict=True):
                names = written_columns(cursor, table)
                cursor.execute(
                    f"INSERT INTO {table} ({names}) SELECT {names} FROM {source}"
                )

    def delete():
        with connection.cursor() as cursor:
            for source, table in reversed([*zip(kept, TABLES, strict=True)]):
                cursor.execute(
                    f"DELETE FROM {table} WHERE id IN (SELECT id FROM {source})"
                )

    with transaction.atomic():
        inserted, _nothing = costs(insert)
        deleted, _nothing = costs(delete)
        transaction.set_rollback(True)
    return inserted, deleted


def written_columns(cursor, table: str) -> str:
    """Those that the database does not reckon itself."""
    cursor.execute(
        "SELECT string_agg(attname, ', ') FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attgenerated = '' AND attidentity <> 'a'",
        [table],
    )
    return cursor.fetchone()[0]


# As it is usually done


def form_by_form(content: bytes, options) -> tuple[float, float, float]:
    """openpyxl, a form for each row, save and delete one by one: of some rows, and
    reckoned for all. Nothing if openpyxl is not here."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        print("openpyxl is not here to be compared with")
        return 0, 0, 0
    from django.db import transaction
    from django.forms import modelform_factory

    from partners.models import Partner, Partnership
    from pokmas.accounts.roles import Role
    from tests.factories import UnitFactory, person

    Identity = modelform_factory(
        Partner, fields=["name", "kind", "regency", "leader_name", "address"]
    )
    Work = modelform_factory(Partnership, fields=["contact_name", "phone", "services"])
    unit = UnitFactory()
    by = person(Role.UNIT_OPERATOR, unit)

    def opened():
        rows = load_workbook(io.BytesIO(content), read_only=True).active
        return list(rows.iter_rows(min_row=6, values_only=True))

    def judged(rows):
        found = []
        for row in rows:
            name = " ".join(str(row[1] or "").split())
            identity = Identity(
                {
                    "name": name,
                    "kind": "foundation",
                    "regency": unit.regency_id,
                    "leader_name": row[4],
                    "address": row[5],
                }
            )
            phone = str(row[6]).removesuffix(".0")
            work = Work({"contact_name": row[4], "phone": phone, "services": "-"})
            known = Partnership.objects.filter(
                office=unit, partner__name__iexact=name
            ).exists()
            if identity.is_valid() and work.is_valid() and not known:
                found.append((identity, work))
        return found

    def saved(found):
        made = []
        for identity, work in found:
            partner, partnership = identity.instance, work.instance
            partner.created_by = partnership.created_by = by
            partner.save()
            partnership.partner, partnership.office = partner, unit
            partnership.save()
            made.append(partnership)
        return made

    def deleted(made):
        for partnership in made:
            partnership.delete()
            partnership.partner.delete()

    reading, rows = costs(opened)
    some = [*islice(rows, options.form_rows)]
    share = options.rows / len(some)
    with transaction.atomic():
        judging, found = costs(lambda: judged(some))
        saving, made = costs(lambda: saved(found))
        deleting, _nothing = costs(lambda: deleted(made))
        transaction.set_rollback(True)
    print(f"form by form: {len(made)} of {len(some)} rows, reckoned for all")
    return (
        reading + judging * share,
        (judging + saving) * share,
        deleting * share,
    )


def costs(step):
    """The processor time of this process, its children and its database; and what
    came of it."""
    before = spent()
    found = step()
    return spent() - before, found


def spent() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    own = sum(os.times()[:4])
    return own + _of_process(backend)


def _of_process(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""A long list read and rehearsed: against calamine, the checks and COPY alone, and
against openpyxl with a form for each row.

    .venv/bin/python benchmarks/imports.py [--rows 50000] [--form-rows 2000]

Starts a PostgreSQL and a Valkey of its own in a temporary folder and removes both
afterwards. What counts is the processor time of this process, of its children and of
its database together, so that other work on the machine weighs little. openpyxl is only
compared with: `uv pip install openpyxl` beforehand, else that part is left out.
"""

import argparse
import io
import os
import resource
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# The whole over its three indispensable parts, at most; and memory in MB.
RATIO, MEGABYTES = 10, 250


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--form-rows", type=int, default=2_000)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="pokmas-imports-"))
    folder.chmod(0o711)
    try:
        from ground import portal_in

        with portal_in(folder):
            return 0 if measure(options, folder) else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(options, folder: Path) -> bool:
    from pokmas.accounts.roles import Role
    from pokmas.imports import services
    from tests.factories import UnitFactory, person
    from tests.pokmas.imports.workbooks import messy, xlsx

    content = xlsx(messy(options.rows))
    print(f"{options.rows:,} rows, {len(content) / 1e6:.1f} MB")
    unit = UnitFactory()
    operator = person(Role.UNIT_OPERATOR, unit)
    record = handed_in(content, operator)
    whole, _nothing = costs(lambda: work(record))
    record.refresh_from_db()
    print(f"read and rehearsed      {whole:6.2f} s  {record.counts}")
    bare = parts(content, record, folder)
    ratio = whole / bare
    print(f"calamine, checks, COPY  {bare:6.2f} s  ratio {ratio:.1f}, at most {RATIO}")
    services.enter(record, by=operator)
    written, _nothing = costs(lambda: work(record))
    record.refresh_from_db()
    print(f"taken in                {written:6.2f} s  {record.counts}")
    services.undo(record, by=operator)
    undone, _nothing = costs(lambda: work(record))
    record.refresh_from_db()
    print(f"taken back              {undone:6.2f} s  {record.counts}")
    form_by_form(content, options, whole)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(
        f"memory: {max(most, child)} MB at most (this process {most}, reader {child})"
    )
    return ratio <= RATIO and child <= MEGABYTES


def handed_in(content: bytes, operator):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from pokmas.documents import services as documents
    from pokmas.documents.inspection import LISTS
    from pokmas.imports import services
    from pokmas.imports.models import Import

    upload = SimpleUploadedFile("daftar.xlsx", content)
    looked, document = costs(lambda: documents.store(upload, by=operator, kinds=LISTS))
    print(f"looked at when uploaded {looked:6.2f} s")
    record = Import(kind="partners", way="draft", office=operator.acting.office)
    return services.start(record, document=document, by=operator)


def work(record) -> None:
    from pokmas.jobs import services as jobs

    record.refresh_from_db()
    jobs.run(record.job_id)


def parts(content: bytes, record, folder: Path) -> float:
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

    found = {"calamine": read, "checks": check, "COPY": copied}
    total = 0
    for name, step in found.items():
        spent, _nothing = costs(step)
        print(f"  {name:<20}  {spent:6.2f} s")
        total += spent
    with transaction.atomic():
        staging.judge(staging.staged(record))
    return total


def form_by_form(content: bytes, options, whole: float) -> None:
    """openpyxl and the forms of the portal, for some rows; the rest is reckoned."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        print("openpyxl is not here to be compared with")
        return
    from partners.models import Partner, Partnership
    from partners.registration.forms import IdentityForm, WorkForm

    def read():
        rows = load_workbook(io.BytesIO(content), read_only=True).active
        some = []
        for row in rows.iter_rows(min_row=6, values_only=True):
            some.append(row)
        return some[: options.form_rows]

    opened, rows = costs(read)

    def fill():
        may = {"name", "leader_name", "address", "contact_name", "phone", "services"}
        for row in rows:
            partner = Partner(kind_id="foundation")
            answers = {
                "name": row[1],
                "leader_name": row[4],
                "address": row[5],
                "contact_name": row[4],
                "phone": str(row[6]),
                "services": row[8],
            }
            IdentityForm(answers, instance=partner, partner=partner, may=may).is_valid()
            partnership = Partnership(partner=partner)
            form = WorkForm(answers, instance=partnership, partner=partner, may=may)
            form.is_valid()
            Partner.objects.filter(name__iexact=row[1] or "").exists()

    filled, _nothing = costs(fill)
    reckoned = opened + filled * options.rows / len(rows)
    print(
        f"openpyxl and forms      {reckoned:6.2f} s reckoned, "
        f"{reckoned / whole:.1f} times ours"
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

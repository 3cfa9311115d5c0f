#!/usr/bin/env python3
"""What a month costs at full scale: its figures, its report, the list of reports.

    .venv/bin/python benchmarks/months.py FOLDER [--reports 40000]

FOLDER was filled by benchmarks/load.py. Reports are written first, a month of a unit
each, and rolled back. Figures are reckoned for the largest unit, the largest region and
the country, of a month that is over; the report of the unit is viewed and its content
put together, as its worker does.

A line says: milliseconds and buffers of all queries, how many these are, and which
tables of more than 20,000 rows were read as a whole.
"""

import argparse
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ground import portal_in
from lists_sql import explained, recorded

# Whom the loader gave accounts: of the largest unit, its region, and all.
PEOPLE = ("kepala", "kanwil", "pusat")
MONTH = date(2026, 9, 1)
REPORT = """INSERT INTO reports_report (office_id, region_id, kind, month, status,
    status_since, reason, revision, version, submission_key, created_at, created_by_id,
    obstacles, follow_up, figures, introduction, on_activities, on_served,
    on_cooperation, closing, explained, number, signatory, signatory_nip,
    signatory_capacity, signatory_position, copies)
SELECT office.id, office.region_id, 'monthly', month,
    CASE WHEN office.id %% 97 = back %% 97 THEN 'returned' ELSE 'drafting' END, now(),
    'Lengkapi', 1, 1, gen_random_uuid(), month, (SELECT min(id) FROM accounts_user),
    '', '', '{}', '', '', '', '', '', '{}', '', '', '', 'definitive', '', ''
FROM generate_series(0, 80) back,
    LATERAL (SELECT (date '2026-10-01' - back * interval '1 month')::date) m (month),
    offices_office office
WHERE office.level IN ('unit', 'post') ORDER BY month DESC LIMIT %s"""


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=40_000)
    return parser


def main() -> int:
    options = parser().parse_args()
    with portal_in(options.folder):
        measure(options.reports)
    return 0


def measure(reports: int) -> None:
    from django.db import connection, transaction

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(REPORT, [reports])
            cursor.execute("ANALYZE reports_report")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        figures_of_a_month()
        report_of_a_month()
        list_of_reports()
        transaction.set_rollback(True)


def show(name: str, do) -> None:
    _result, asked = recorded(do)
    plans = [explained(sql) for sql in asked]
    scanned = sorted(set().union(*(plan["scans"] for plan in plans)))
    ms, buffers = (sum(plan[what] for plan in plans) for what in ("ms", "buffers"))
    print(f"{name:45} {ms:8.1f} ms {buffers:9,} {len(plans):3} {' '.join(scanned)}")


def people() -> dict:
    from pokmas.accounts.models import User

    return {name: User.objects.get(email=f"{name}@buatan.test") for name in PEOPLE}


def figures_of_a_month() -> None:
    from functools import partial

    from reports.figures import figures
    from reports.figures.periods import Month

    for name, user in people().items():
        scope = figures.Scope(user.acting.office, Month.of(MONTH))
        for code in figures.FIGURES:
            show(f"{name} {code}", partial(figures.values, scope, [code]))
        show(f"{name} all figures", partial(figures.values, scope))
        show(f"{name} trend", partial(figures.trend, scope))


def report_of_a_month() -> None:
    from reports.figures import figures
    from reports.figures.periods import Month
    from reports.monthly import services
    from reports.monthly.models import Report

    head = people()["kepala"]
    office = head.acting.office
    scope = figures.Scope(office, Month.of(MONTH))
    report = Report.objects.get(office=office, month=MONTH, kind="monthly")
    show("its mark, asked at each view", lambda: figures.mark(scope))
    show("its content, made once", lambda: figures.reported(scope))
    report.figures = figures.reported(scope)
    report.save(update_fields=["figures"])
    show("corrections of a closed month", lambda: list(services.corrections_of(report)))
    rows = Report.objects.visible_to(head).for_page()
    show("its row, and what stands against it", lambda: against(rows, report.pk))


def against(rows, pk: int) -> None:
    """As the page of a report asks, and its next step once more."""
    from reports.monthly import services

    services.problems_of(rows.get(pk=pk))


def list_of_reports() -> None:
    from lists_sql import costs
    from lists_sql import show as compared

    from reports.monthly.columns import REPORTS
    from reports.monthly.filters import ReportFilter

    asked = [{}, {"mine": "true"}, {"status": "drafting"}, {"status": "returned"}]
    asked += [{"year": "2024"}, {"q": "lapas"}, {"sort": "month"}, {"sort": "status"}]
    for name, user in people().items():
        seen = REPORTS.seen_by(user)
        for params in asked:
            compared(name, params, *costs(user, seen, ReportFilter, params))


if __name__ == "__main__":
    sys.exit(main())

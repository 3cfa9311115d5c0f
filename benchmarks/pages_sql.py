#!/usr/bin/env python3
"""What the pages that gather much ask of the database at full scale.

    .venv/bin/python benchmarks/pages_sql.py FOLDER [--only /calendar/] [--plans 1000]

FOLDER was filled by benchmarks/load.py. Each page is asked for by those who sign in
there; its queries are explained with buffers. A line says: the address, how many
queries there were, their milliseconds and buffers, those of Python, and which tables of
more than 20,000 rows were read as a whole. With `--plans` the queries that read more
buffers than that are shown with their plans.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ground import portal_in, processor, serve_plainly
from lists_sql import explained, recorded

BACKEND = "pokmas.accounts.backends.PeopleBackend"
PEOPLE = ("operator", "kepala", "kanwil", "pusat")
BUSY = "2026-09-15"
PAGES = [
    "/reports/home/",
    "/reports/home/?month=2026-09",
    "/reports/dashboard/?period=monthly:2026-09-01",
    "/reports/dashboard/?period=yearly:2026-01-01",
    "/reports/matrix/",
    "/reports/targets/",
    "/activities/",
    "/activities/?mine=true",
    "/activities/?without_result=true",
    f"/calendar/?day={BUSY}",
    f"/calendar/?view=week&day={BUSY}",
    f"/calendar/?view=list&day={BUSY}",
    "/calendar/?mine=on",
    "/search/?q=barista",
    "/search/?q=harapna",
    "/activities/queue/",
    "/activities/overdue/",
    "/activities/overdue/?tab=place",
    "/activities/overdue/?tab=partner",
    "/activities/coverage/",
    "/activities/coverage/?q=suara",
    "/activities/programmes/",
    "/activities/restorative/",
    "/tasks/",
    "/tasks/?status=open",
    "/tasks/?q=pelatihan",
]
# How often each page is asked for; the fastest counts.
ROUNDS = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--plans", type=int, default=0)
    options = parser.parse_args()
    with portal_in(options.folder):
        measure(options.only, options.plans)
    return 0


def measure(only: str, plans: int) -> None:
    from django.test import Client

    from pokmas.accounts.models import User

    serve_plainly()
    print(f"{'':50} {'queries':>8} {'SQL ms':>8} {'buffers':>9} {'Python':>8}")
    for name in PEOPLE:
        user = User.objects.get(email=f"{name}@buatan.test")
        client = Client()
        client.force_login(user, BACKEND)
        for url in [*PAGES, *steering(user), *verifying(user)]:
            if only in url:
                show(client, name, url, plans)


def steering(user) -> list[str]:
    """The units beside each other, and the brief of a region."""
    office = user.acting.office
    if not office.is_wide:
        return []
    region = office.children.earliest("pk") if office.is_top else office
    return [
        f"/reports/units/{office.pk}/?month=2026-09",
        f"/reports/brief/{region.pk}/?month=2026-09",
    ]


def verifying(user) -> list[str]:
    """The page on which he decides on the activity that has waited longest."""
    from outreach.models import Activity

    rows = Activity.objects.awaiting(user).filter(status="reported")
    first = rows.order_by("status_since", "pk").first()
    if first is None or not user.has_perm("outreach.verify_activity"):
        return []
    return [f"/activities/{first.pk}/verify/"]


def show(client, name: str, url: str, plans: int) -> None:
    response = client.get(url)
    if response.status_code != 200:
        print(f"{name:9}{url[:41]:41} {response.status_code}", flush=True)
        return
    python = min(processor(lambda: client.get(url))[0] for _round in range(ROUNDS))
    _page, asked = recorded(lambda: client.get(url))
    found = [explained(sql) for sql in asked]
    ms = sum(each["ms"] for each in found)
    buffers = sum(each["buffers"] for each in found)
    scanned = sorted(set().union(*(each["scans"] for each in found)))
    print(
        f"{name:9}{url[:41]:41} {len(found):8} {ms:8.1f} {buffers:9,} {python:8.1f} "
        f"{' '.join(scanned)}",
        flush=True,
    )
    for sql, each in zip(asked, found, strict=True):
        if plans and each["buffers"] > plans:
            print(f"\n{sql}\n\n{plan_of(sql)}\n", flush=True)


def plan_of(sql: str) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())


if __name__ == "__main__":
    sys.exit(main())

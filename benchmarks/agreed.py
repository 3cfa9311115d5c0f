#!/usr/bin/env python3
"""What the rooms of agreements cost at full scale: their pages, and their nightly work.

    .venv/bin/python benchmarks/agreed.py FOLDER [--rounds 5] [--only pages]

FOLDER was filled by benchmarks/load.py; whatever is written here is rolled back. Lists
and their filters are measured by benchmarks/lists_sql.py, too, beside bare SQL.

pages     as headquarters, the largest region and the largest unit: the queries of one
          request, milliseconds of Python and of the database (processor time, the least
          of the rounds), the buffers of its queries as explained, and which tables of
          more than 20,000 rows were read as a whole
deep      the same of page 1 and of page 500, or the last one there is
nightly   what runs without anybody asking: seconds by the clock, of Python and of the
          database (processor time), queries, and by how many MB the process grew
"""

import argparse
import os
import resource
import sys
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ground import database_ms, portal_in, processor
from lists_sql import explained, recorded
from months import REPORT, people

# Monthly reports of a year, for the health of agreements.
REPORTS = 10_000
ROWS, DEEP = 25, 500
LIST = "/agreements/?"
PAGES = {
    "list": LIST,
    "number": f"{LIST}q=W.BUATAN-000123",
    "words of titles": f"{LIST}q=pelatihan+barista",
    "a slip": f"{LIST}q=barsita",
    "nothing found": f"{LIST}q=xqzvw",
    "ends soon": f"{LIST}validity=expiring",
    "ended": f"{LIST}validity=expired",
    "renewed": f"{LIST}validity=renewed",
    "needs attention": f"{LIST}attention=any",
    "silent": f"{LIST}attention=silent",
    "lost": f"{LIST}attention=lost",
    "waits for me": f"{LIST}mine=true",
    "suspended": f"{LIST}status=suspended",
    "MoU": f"{LIST}kind=mou",
    "all orders": f"{LIST}status=legal_review&sort=title",
    "calendar": "/agreements/calendar/",
    "calendar, a month": "/agreements/calendar/?month={month}",
    "number book": "/numbers/",
    "number, found": "/numbers/?q=W.BUATAN-000123",
    "number, gist": "/numbers/?q=barista",
    "number, nothing": "/numbers/?q=xqzvw",
    "numbers of a year": "/numbers/?year=2023",
    "letters": "/numbers/?kind=letter",
    "no such kind": "/numbers/?kind=certificate",
    "number books": "/numbers/books/",
    "home": "/reports/home/",
}
DEEP_LISTS = ["", "validity=expired", "attention=silent", "status=signed"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", choices=["", *PARTS])
    options = parser.parse_args()
    with portal_in(options.folder):
        measure(options.rounds, options.only)
    return 0


def measure(rounds: int, only: str = "") -> None:
    from django.conf import settings
    from django.db import connection, transaction

    settings.ALLOWED_HOSTS.append("testserver")
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(REPORT, [REPORTS])
            cursor.execute("ANALYZE reports_report")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name, part in PARTS.items():
            if only in ("", name):
                part(rounds)
        transaction.set_rollback(True)


# Pages


def pages(rounds: int) -> None:
    from datetime import date

    month = f"{date.today().replace(day=1):%Y-%m}"
    print(f"{'':30} {'queries':>7} {'python':>7} {'db':>8} {'buffers':>9}")
    for name, client in clients().items():
        for what, url in PAGES.items():
            show(name, what, asked(client, url.format(month=month), rounds))
        for what, url in records(name):
            show(name, what, asked(client, url, rounds))


def records(name: str):
    """The fullest agreement that this person sees, a tab at a time, and the month."""
    from agreements.calendar.services import open_month
    from agreements.models import Agreement

    user = people()[name]
    seen = Agreement.objects.visible_to(user).order_by()
    full = seen.filter(plan_items__order=30, status="signed").first() or seen.first()
    url = full.get_absolute_url()
    yield "agreement", url
    for tab in ("plan", "texts", "discussion", "evaluations", "proofs", "history"):
        yield f"agreement, {tab}", f"{url}?tab={tab}"
    spoken = seen.filter(text_comments__article="14").exclude(pk=full.pk).first()
    if spoken:
        yield "40 comments", f"{spoken.get_absolute_url()}?tab=discussion"
    if name == "kanwil":
        yield (
            "region's month",
            open_month(user.acting.office, by=user).get_absolute_url(),
        )


def deep(rounds: int) -> None:
    print(f"\n{'':30} {'queries':>7} {'python':>7} {'db':>8} {'buffers':>9}")
    for name, client in clients().items():
        for words in DEEP_LISTS:
            show(name, f"{words or 'all'}, page 1", asked(client, LIST + words, rounds))
            number, after = far_down(people()[name], words)
            url = f"{LIST}{words}&after={after}"
            show(name, f"{words or 'all'}, page {number}", asked(client, url, rounds))


def far_down(user, words: str) -> tuple[int, str]:
    from urllib.parse import parse_qs

    from django.http import QueryDict

    from agreements.register.columns import AGREEMENTS
    from agreements.register.filters import AgreementFilter
    from agreements.register.models import Agreement
    from pokmas.lists.pages import Sorting
    from pokmas.lists.paging import KeysetPage

    query = QueryDict(words)
    rows = Agreement.objects.visible_to(user)
    rows = AgreementFilter(query, rows, user=user).qs
    rows, order = Sorting(AGREEMENTS.seen_by(user), query).ordered(rows)
    number = min(DEEP, max(2, rows.count() // ROWS))
    last = ROWS * (number - 1)
    page = KeysetPage(rows, query, order=order)
    page.rows, page.is_last = list(rows.order_by(*order)[last - 1 : last]), False
    return number, parse_qs(page.next_url[1:]).get("after", [""])[0]


def clients() -> dict:
    from django.test import Client

    found = {}
    for name, user in people().items():
        found[name] = Client()
        found[name].force_login(user, "pokmas.accounts.backends.PeopleBackend")
    return found


def asked(client, url: str, rounds: int) -> dict:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if (status := client.get(url).status_code) != 200:
        return {"status": status}
    spent = [processor(lambda: client.get(url)) for _round in range(rounds)]
    python, database = map(min, zip(*spent, strict=True))
    with CaptureQueriesContext(connection) as queries:
        _page, selects = recorded(lambda: client.get(url))
    plans = [explained(sql) for sql in selects]
    # Savepoints are those of the one transaction here, and no queries of a page.
    every = [q for q in queries.captured_queries if "SAVEPOINT" not in q["sql"]]
    return {"queries": len(every), "spent": (python, database), "plans": plans}


def show(name: str, what: str, cost: dict) -> None:
    if "status" in cost:
        print(f"{name:7}{what:23} {cost['status']}", flush=True)
        return
    buffers = sum(plan["buffers"] for plan in cost["plans"])
    python, database = cost["spent"]
    scanned = sorted(set().union(*(plan["scans"] for plan in cost["plans"])))
    print(
        f"{name:7}{what[:23]:23} {cost['queries']:7} {python:7.1f} {database:8.1f} "
        f"{buffers:9,} {' '.join(scanned)}",
        flush=True,
    )


# Without anybody asking


def nightly(_rounds: int) -> None:
    from agreements.calendar.services import remind_of_months
    from agreements.parties.services import tell_of_gaps
    from agreements.warnings.services import warn_of_ends
    from pokmas.notices.telling import tell_of_late_turns

    print(f"\n{'':20} {'clock':>8} {'python':>8} {'db':>8} {'queries':>8} {'grew':>6}")
    for work in (warn_of_ends, tell_of_gaps, remind_of_months, tell_of_late_turns):
        for turn in ("", ", again"):
            with costs(work.__name__ + turn):
                work()


@contextmanager
def costs(name: str):
    from django.db import connection

    counted = [0]

    def count(execute, *rest):
        counted[0] += 1
        return execute(*rest)

    before = figures()
    with connection.execute_wrapper(count):
        yield
    clock, python, database, most = (
        after - was for after, was in zip(figures(), before, strict=True)
    )
    print(
        f"{name[:27]:27} {clock:8.1f} {python:8.1f} {database:8.1f} {counted[0]:8,} "
        f"{most:5.0f}M",
        flush=True,
    )


def figures() -> tuple:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return time.monotonic(), sum(os.times()[:2]), database_ms() / 1000, most


PARTS = {"pages": pages, "deep": deep, "nightly": nightly}

if __name__ == "__main__":
    sys.exit(main())

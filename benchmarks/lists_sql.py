#!/usr/bin/env python3
"""What lists, filters, searches and counts ask of the database at full scale.

    .venv/bin/python benchmarks/lists_sql.py FOLDER [--only activities] [--reckless]

FOLDER was filled by benchmarks/load.py. Each list is built by the portal's own filter
and page, for headquarters, the largest region and the largest unit; its queries are
explained with buffers. Beside it stands bare SQL: the keys of the page by its condition
alone, their rows, and the count up to a thousand. With `--reckless` a thousand new
activities are written first, so that indexes have pending work; they are rolled back.

A line says: milliseconds and buffers of all queries of the list, the buffers of the
bare ones, their ratio, and which tables of more than 20,000 rows were read as a whole.
"""

import argparse
import json
import sys
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ground import portal_in

MANY = 20_000
BIG = {
    "accounts_user",
    "accounts_assignment",
    "partners_partner",
    "agreements_agreement",
    "outreach_activity",
    "outreach_beneficiarycount",
    "outreach_activity_partners",
}
SEARCHES = {
    "activities": [
        "pelatihan barista",
        "barista",
        "pelatihan",
        "kop",
        "barsita",
        "hidroponk",
        "pelathian barsita",
        "xqzvw",
        "zzz",
        "pe",
        "perjanjian kerja sama tentang pembinaan kemandirian warga binaan",
    ],
    "partners": ["yayasan", "harapan", "harapna", "Bapak Yosef Klau", "AHU-0000123"],
    "agreements": ["W.BUATAN-000123", "pks", "barista", "barsita", "yayasan", "xqzvw"],
    "groups": ["harapan", "harapna", "W.BUATAN-12"],
    "people": ["siti", "Dr. Siti Bria, S.H.", "siti brai", "zainal", "xqzvw"],
}


def filters_of(kind: str) -> list[dict]:
    """Each filter alone; values that occur seldom are the hard ones."""
    common = [{}, {"mine": "true"}]
    own = {
        "activities": [
            {"status": "returned"},
            {"status": "reported"},
            {"status": "planned"},
            {"status": "cancelled"},
            {"unverified": "true"},
            {"counted": "true"},
            {"month": "2026-09"},
            {"month": "2023-02"},
        ],
        "partners": [
            {"status": "returned"},
            {"status": "ended"},
            {"status": "all"},
            {"kind": "media"},
            {"field": "1"},
        ],
        "agreements": [
            {"status": "legal_review"},
            {"status": "suspended"},
            {"validity": "future"},
            {"validity": "expiring"},
            {"validity": "expired"},
            {"validity": "in_force"},
            {"kind": "mou"},
            {"in_force_on": "01-09-2026"},
        ],
        "groups": [{"status": "dormant"}, {"status": "all"}, {"field": "2"}],
        "people": [],
    }
    if kind == "people":
        common = [{}]
    searches = [{"q": text} for text in SEARCHES[kind]]
    return common + own[kind] + searches


def lists():
    """Kind → its rows, its filter and the order of its page."""
    from agreements.models import Agreement
    from agreements.register.filters import AgreementFilter
    from outreach.activities.filters import ActivityFilter
    from outreach.models import Activity
    from partners.groups.filters import GroupFilter
    from partners.models import CommunityGroup, Partner
    from partners.registry.filters import PartnerFilter
    from pokmas.accounts.filters import PersonFilter
    from pokmas.accounts.models import User

    newest = ("-created_at", "-pk")
    return {
        "activities": (Activity, ActivityFilter, ("-held_on", "-pk")),
        "partners": (Partner, PartnerFilter, newest),
        "agreements": (Agreement, AgreementFilter, newest),
        "groups": (CommunityGroup, GroupFilter, newest),
        "people": (User, PersonFilter, ("full_name", "pk")),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--reckless", action="store_true")
    options = parser.parse_args()
    with portal_in(options.folder):
        measure(options.only, options.reckless)
    return 0


def measure(only: str = "", reckless: bool = False) -> None:
    from django.db import transaction

    from pokmas.accounts.models import User

    with transaction.atomic():
        if reckless:
            write_many()
        for kind, (model, filters, order) in lists().items():
            if only not in ("", kind):
                continue
            print(f"\n{kind:24} {'ms':>8} {'buffers':>9} {'bare':>8} {'ratio':>6}")
            for name in ("pusat", "kanwil", "kepala"):
                user = User.objects.get(email=f"{name}@buatan.test")
                for params in filters_of(kind):
                    show(name, params, *costs(user, model, filters, order, params))
        transaction.set_rollback(True)


def write_many() -> None:
    """A thousand new activities, row by row as people write them."""
    from outreach.models import Activity

    for activity in Activity.objects.order_by("-pk")[:1000]:
        activity.pk, activity.submission_key = None, uuid.uuid4()
        activity._state.adding = True
        activity.save(force_insert=True)


def costs(user, model, filters, order, params):
    from django.http import QueryDict

    from pokmas.lists.paging import KeysetPage

    query = QueryDict(mutable=True)
    query.update(params)

    def page():
        rows = model.objects.visible_to(user)
        rows = rows.for_list() if hasattr(rows, "for_list") else rows
        found = filters(query, rows, user=user)
        shown = KeysetPage(found.qs, query, order=order)
        return shown.count

    _page, asked = recorded(page)
    plans = [explained(sql) for sql in asked]
    bare = plain(user, model, filters, params)
    _rows, bare_sql = recorded(lambda: barely(bare, model, order))
    return plans, [explained(sql) for sql in bare_sql]


def plain(user, model, filters, params):
    """The rows by their condition alone; of a search, that which finds something."""
    from django.http import QueryDict

    from pokmas.records.search import numbers, readings

    query = QueryDict(mutable=True)
    query.update({name: value for name, value in params.items() if name != "q"})
    rows = filters(query, model.objects.visible_to(user), user=user).qs
    words = rows.words(params.get("q", ""))
    for meanings in readings(words) if words else ():
        matching = rows.matching(meanings)
        if numbers(matching):
            break
    return matching if words else rows


def barely(rows, model, order) -> None:
    keys = [pk for (pk,) in rows.order_by(*order).values_list("pk")[:26]]
    shown = model.objects.all()
    shown = shown.for_list() if hasattr(shown, "for_list") else shown
    list(shown.filter(pk__in=keys))
    rows.order_by()[:1001].count()


def recorded(do):
    """What `do` returns, and the SELECTs it sent."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        result = do()
    return result, [
        q["sql"]
        for q in queries.captured_queries
        if q["sql"].lstrip("(").startswith(("SELECT", "WITH"))
    ]


def explained(sql: str) -> dict:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0]
        plan = plan if isinstance(plan, list) else json.loads(plan)
    top = plan[0]["Plan"]
    return {
        "ms": plan[0]["Execution Time"] + plan[0]["Planning Time"],
        "buffers": top["Shared Hit Blocks"] + top["Shared Read Blocks"],
        "scans": set(scans(top)),
    }


def scans(node: dict):
    """Big tables of which the plan reads more than a limit allows, row by row."""
    if node["Node Type"] == "Seq Scan" and node.get("Relation Name") in BIG:
        passed_over = node.get("Rows Removed by Filter", 0)
        if node["Actual Rows"] + passed_over > MANY:
            yield node["Relation Name"]
    for below in node.get("Plans", []):
        yield from scans(below)


def show(name, params, plans, bare) -> None:
    words = " ".join(f"{key}={value}" for key, value in params.items()) or "–"
    buffers, least = (sum(each["buffers"] for each in side) for side in (plans, bare))
    scanned = sorted(set().union(*(plan["scans"] for plan in plans)))
    print(
        f"{name:7}{words[:40]:40} {sum(p['ms'] for p in plans):8.1f} {buffers:9,} "
        f"{least:8,} {buffers / max(1, least):6.1f} {len(plans)} {' '.join(scanned)}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())

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
    "partners_partnership",
    "partners_volunteer",
    "partners_volunteer_skills",
    "partners_volunteer_interests",
    "agreements_agreement",
    "numbering_number",
    "reports_report",
    "outreach_activity",
    "outreach_beneficiarycount",
    "outreach_activity_partners",
    "outreach_coverage",
    "coordination_task",
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
    "numbers": ["W.BUATAN-000123", "barista", "camat", "xqzvw"],
    "groups": ["harapan", "harapna", "W.BUATAN-12"],
    "volunteers": ["siti", "Dr. Siti Bria, S.H.", "siti brai", "zainal", "xqzvw"],
    "people": ["siti", "Dr. Siti Bria, S.H.", "siti brai", "zainal", "xqzvw"],
    "tasks": ["pelatihan", "xqzvw"],
    "coverage": ["suara", "pelatihan barista", "xqzvw"],
}


FILTERS = {
    "activities": [
        {"status": "returned"},
        {"status": "reported"},
        {"status": "planned"},
        {"status": "cancelled"},
        {"status": "verified"},
        {"unverified": "true"},
        {"counted": "true"},
        {"accepted": "true"},
        {"month": "2026-09"},
        {"month": "2023-02"},
        {"month": "2026-09", "counted": "true"},
        {"month": "2026-09", "status": "returned"},
        {"since": "01-03-2024", "until": "07-03-2024"},
        {"type": "3"},
        {"type": "3", "month": "2023-02"},
        {"partner_name": "yayasan"},
        {"partner_name": "harapan baru"},
        {"partner_name": "xqzvw"},
    ],
    "partners": [
        {"status": "returned"},
        {"status": "active"},
        {"status": "ended"},
        {"status": "all"},
        {"kind": "media"},
        {"field": "1"},
        {"active_on": "31-08-2026"},
    ],
    "agreements": [
        {"status": "legal_review"},
        {"status": "suspended"},
        {"status": "signed"},
        {"validity": "future"},
        {"validity": "expiring"},
        {"validity": "expired"},
        {"validity": "in_force"},
        {"validity": "renewed"},
        {"attention": "any"},
        {"attention": "silent"},
        {"attention": "lost"},
        {"archive": "archived"},
        {"kind": "mou"},
        {"in_force_on": "01-09-2026"},
        {"expiring_on": "01-09-2026"},
        {"in_force_on": "01-09-2023"},
    ],
    "numbers": [{"year": "2023"}, {"kind": "letter"}, {"kind": "certificate"}],
    "groups": [
        {"status": "dormant"},
        {"status": "all"},
        {"field": "2"},
        {"active_on": "31-08-2026"},
    ],
    "volunteers": [
        {"status": "submitted"},
        {"status": "returned"},
        {"status": "ended"},
        {"status": "all"},
        {"skill": "1"},
        {"skill": "16"},
        {"day": "7"},
        {"stage": "independent_programme"},
        {"regency": "53.71"},
        {"skill": "3", "day": "6", "stage": "further_collaboration"},
        {"skill": "3", "status": "returned"},
        {"term": "ending"},
        {"term": "lapsed"},
    ],
    "people": [
        {"role": "unit_head"},
        {"role": "volunteer"},
        {"status": "invited"},
        {"status": "closed"},
        {"status": "idle"},
        {"status": "active"},
    ],
    "tasks": [
        {"status": "open"},
        {"status": "unassigned"},
        {"status": "withdrawn"},
        {"late": "true"},
        {"whose": "owned"},
        {"whose": "given"},
        {"until": "01-03-2024"},
    ],
    "coverage": [
        {"kind": "print"},
        {"kind": "tv"},
        {"since": "01-03-2024", "until": "07-03-2024"},
    ],
}
# What people put in order, beside every order of the list alone.
SORTED = {
    "activities": [
        {"month": "2026-09", "sort": "-served"},
        {"q": "pelatihan barista", "sort": "title"},
        {"status": "returned", "sort": "held"},
        {"status": "returned", "sort": "title"},
    ],
    "partners": [{"status": "all", "sort": "name"}, {"q": "yayasan", "sort": "name"}],
    "agreements": [
        {"validity": validity, "sort": sort}
        for validity in ("expiring", "expired", "in_force", "future")
        for sort in ("new", "ends", "-ends", "title")
    ],
    "numbers": [],
    "groups": [{"q": "harapan", "sort": "-members"}],
    "volunteers": [
        {"skill": "3", "sort": "name"},
        {"q": "zainal", "sort": "name"},
        {"stage": "independent_programme", "sort": "-name"},
    ],
    "people": [{"q": "zainal", "sort": "name"}, {"q": "zainal", "sort": "email"}],
    "tasks": [],
    "coverage": [],
}


def asked_of(kind: str, table, places: dict[str, str]) -> list[dict]:
    """Each filter alone, then each order; values that occur seldom are hard."""
    from pokmas.lists.pages import Sorting

    if kind == "people":
        common = [{}, {"role": "unit_head", "region": places["region"]}]
    else:
        common = [{}, {"mine": "true"}]
        common += [{"office": place} for place in places.values()]
    sorting = Sorting(table, {})
    ways = [
        *sorting.orders,
        *sorting.columns,
        *(f"-{each}" for each in sorting.columns),
    ]
    return [
        *common,
        *FILTERS[kind],
        *({"q": text} for text in SEARCHES[kind]),
        *({"sort": way} for way in ways),
        *SORTED[kind],
    ]


def lists():
    """Kind → its table and its filter."""
    from agreements.register.columns import AGREEMENTS
    from agreements.register.filters import AgreementFilter
    from outreach.activities.columns import ACTIVITIES
    from outreach.activities.filters import ActivityFilter
    from outreach.coverage.columns import COVERAGE
    from outreach.coverage.filters import CoverageFilter
    from partners.groups.columns import GROUPS
    from partners.groups.filters import GroupFilter
    from partners.registry.columns import PARTNERS
    from partners.registry.filters import PartnerFilter
    from partners.volunteers.columns import VOLUNTEERS
    from partners.volunteers.filters import VolunteerFilter
    from pokmas.accounts.columns import PEOPLE
    from pokmas.accounts.filters import PersonFilter
    from pokmas.coordination.columns import TASKS
    from pokmas.coordination.filters import TaskFilter
    from pokmas.numbering.columns import NUMBERS
    from pokmas.numbering.filters import NumberFilter

    return {
        "activities": (ACTIVITIES, ActivityFilter),
        "partners": (PARTNERS, PartnerFilter),
        "agreements": (AGREEMENTS, AgreementFilter),
        "numbers": (NUMBERS, NumberFilter),
        "groups": (GROUPS, GroupFilter),
        "volunteers": (VOLUNTEERS, VolunteerFilter),
        "people": (PEOPLE, PersonFilter),
        "tasks": (TASKS, TaskFilter),
        "coverage": (COVERAGE, CoverageFilter),
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
        ask_for_terms()
        users = {
            name: User.objects.get(email=f"{name}@buatan.test")
            for name in ("pusat", "kanwil", "kepala")
        }
        places = {
            "region": str(users["kanwil"].acting.office_id),
            "unit": str(users["kepala"].acting.office_id),
        }
        for kind, (table, filters) in lists().items():
            if only not in ("", kind):
                continue
            print(f"\n{kind:47} {'ms':>8} {'buffers':>9} {'bare':>8} {'ratio':>6}")
            for name, user in users.items():
                seen = table.seen_by(user)
                for params in asked_of(kind, seen, places):
                    show(name, params, *costs(user, seen, filters, params))
        transaction.set_rollback(True)


def ask_for_terms() -> None:
    """Lists say more where headquarters has set how long a volunteer is accepted."""
    from datetime import date

    from pokmas.rules.models import Rule

    Rule.objects.create(
        code=Rule.Code.VOLUNTEER_MONTHS,
        value=12,
        valid_from=date(2021, 1, 1),
        source="Buatan",
    )


def write_many() -> None:
    """A thousand new activities, row by row as people write them."""
    from outreach.models import Activity

    for activity in Activity.objects.order_by("-pk")[:1000]:
        activity.pk, activity.submission_key = None, uuid.uuid4()
        activity._state.adding = True
        activity.save(force_insert=True)


def costs(user, table, filters, params):
    """The plans of the page, and of bare SQL for its rows."""
    from django.http import QueryDict

    from pokmas.lists.pages import Sorting
    from pokmas.lists.paging import KeysetPage

    query = QueryDict(mutable=True)
    query.update(params)

    def page():
        rows = table.model.objects.visible_to(user)
        found = filters(query, shown_with(rows), user=user)
        sorting = Sorting(table, query)
        rows, order = sorting.ordered(found.qs)
        return KeysetPage(
            rows,
            query,
            order=order,
            read=lambda some: table.read(some, order),
            counted=sorting.count,
            counting=found.qs,
            keys_first=table.has_keys_first(query),
            parts=sorting.parts,
        ).count

    _count, asked = recorded(page)
    plans = [explained(sql) for sql in asked]
    _rows, bare_sql = recorded(lambda: barely(user, table, filters, query))
    return plans, [explained(sql) for sql in bare_sql]


def barely(user, table, filters, query) -> None:
    """The keys of a page in its order, their rows, and the count."""
    from pokmas.lists.pages import Sorting

    sorting = Sorting(table, query)
    rows = plain(user, table.model, filters, query)
    # The counts of a list may be ordered by; those that are not are not asked.
    ordered, order = sorting.ordered(shown_with(rows))
    keys = [pk for (pk,) in ordered.order_by(*order).values_list("pk")[:26]]
    shown = shown_with(table.model.objects.all())
    list(table.read(shown.filter(pk__in=keys), ()))
    if sorting.count is None:
        rows.order_by()[:1001].count()


def shown_with(rows):
    return rows.for_list() if hasattr(rows, "for_list") else rows


def plain(user, model, filters, query):
    """The rows by their condition alone; of a search, that which finds something."""
    from pokmas.records.search import SearchQuerySet, numbers, readings

    if not issubclass(model.objects.all().__class__, SearchQuerySet):
        return filters(query, model.objects.visible_to(user), user=user).qs
    own = query.copy()
    text = own.pop("q", [""])[0]
    rows = filters(own, model.objects.visible_to(user), user=user).qs
    words = rows.words(text)
    for meanings in readings(words) if words else ():
        matching = rows.matching(meanings)
        if numbers(matching):
            break
    return matching if words else rows


def recorded(do):
    """What `do` returns, and the SELECTs it sent."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        result = do()
    asked = (_without_context(q["sql"]) for q in queries.captured_queries)
    return result, [
        sql for sql in asked if sql.lstrip("(").startswith(("SELECT", "WITH"))
    ]


def _without_context(sql: str) -> str:
    """The trail says before whatever might write who it is that asks."""
    if sql.startswith("SELECT set_config('pghistory"):
        return sql.partition(", true); ")[2]
    return sql


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

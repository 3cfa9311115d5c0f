#!/usr/bin/env python3
"""What sums by month save and cost, as ratios of one run.

    .venv/bin/python benchmarks/tallies.py FOLDER [--activities 1000000]
        [--seconds 5] [--bulk 20000] [--share 10]

Fills a portal of its own (see load.py) with a tenth of the activities (`--share`), asks
for home pages and their figures, fills it up and asks again. Then the same sums over
the records, with indexes that cover them; activities as they are written, one by one
and many in a statement, with and without the triggers; folding and recounting.
"""

import argparse
import statistics
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ground import portal_in, processor, serve_plainly
from load import Sizes, load, one, rows, run, say

PEOPLE = ("kepala", "kanwil", "pusat")
ROUNDS = 7
WRITERS = 8
TABLES = ("outreach_activity", "outreach_beneficiarycount")
COVERING = [
    "CREATE INDEX covering_office ON outreach_activity (office_id, held_on) "
    "INCLUDE (id, status, superseded_on)",
    "CREATE INDEX covering_region ON outreach_activity (region_id, held_on) "
    "INCLUDE (id, status, superseded_on)",
    "CREATE INDEX covering_nation ON outreach_activity (held_on) "
    "INCLUDE (id, status, superseded_on)",
    "CREATE INDEX covering_counts ON outreach_beneficiarycount (activity_id) "
    "INCLUDE (number, category, sex)",
]
REPORTED = "UPDATE outreach_activity SET status = 'reported' WHERE id = %s"
VERIFIED = "UPDATE outreach_activity SET status = 'verified' WHERE id = %s"
COUNTS = """INSERT INTO outreach_beneficiarycount (category, sex, number, activity_id)
    SELECT 'public', sex, 12, id FROM outreach_activity, unnest(ARRAY['male', 'female'])
        sex WHERE id {which}"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--activities", type=int, default=1_000_000)
    parser.add_argument("--share", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--bulk", type=int, default=20_000)
    options = parser.parse_args()
    with portal_in(options.folder):
        sizes = {"people": 5_000, "volunteers": 1_000, "numbers": 1_000}
        sizes |= {"partners": 5_000, "agreements": 5_000, "groups": 2_000}
        load(Sizes(activities=options.activities // options.share, **sizes), say=say)
        few = asked("few")
        load(Sizes(activities=options.activities, **sizes), say=say)
        many = asked("many")
        for name, cost in few.items():
            tell(f"{name}: many / few", many[name] / cost, "≤ 1.15")
        over_records()
        writing(options.seconds)
        in_bulk(options.bulk)
        upkeep()
    return 0


def tell(what: str, ratio: float, budget: str) -> None:
    print(f"{what:60} {ratio:8.3f}   {budget}", flush=True)


def people() -> dict:
    from pokmas.accounts.models import User

    return {name: User.objects.get(email=f"{name}@buatan.test") for name in PEOPLE}


def cost_of(act) -> float:
    """Milliseconds of this thread and its database, the middle of several rounds."""
    act()
    return statistics.median(sum(processor(act)) for _round in range(ROUNDS))


def asked_of_database(act) -> float:
    """The same of the database alone."""
    act()
    return statistics.median(processor(act)[1] for _round in range(ROUNDS))


def asked(when: str) -> dict[str, float]:
    from django.test import Client
    from django.urls import reverse

    serve_plainly()
    costs, home = {}, reverse("reports:home")
    for name, user in people().items():
        client = Client()
        client.force_login(user, "pokmas.accounts.backends.PeopleBackend")
        if client.get(home).status_code != 200:
            raise SystemExit(f"{name} sees no home")
        costs[f"home of {name}"] = cost_of(lambda c=client: c.get(home))
        costs[f"figures of {name}"] = cost_of(lambda u=user: sums(u.acting.office))
    for name, cost in costs.items():
        print(f"{name:30} {when}: {cost:8.1f} ms", flush=True)
    return costs


def scope_of(office):
    from reports.figures.figures import Scope
    from reports.figures.periods import Month

    return Scope(office, Month.of(office.today).back(1))


def sums(office) -> None:
    from reports.figures.figures import trend, values

    scope = scope_of(office)
    values(scope, ["activities", "served", "waiting"])
    trend(scope)


def over_records() -> None:
    """The same figures without tallies, where every index they could wish for is."""
    from reports.figures.figures import Scope

    for words in COVERING:
        run(words)
    run("VACUUM ANALYZE outreach_activity, outreach_beneficiarycount")
    for name, user in people().items():
        office = user.acting.office
        tallied = asked_of_database(lambda o=office: sums(o))
        is_tallied, Scope.is_tallied = Scope.is_tallied, False
        of_rows = asked_of_database(lambda o=office: sums(o))
        Scope.is_tallied = is_tallied
        print(f"{name}: {tallied:.1f} ms from tallies, {of_rows:.1f} ms from records")
        tell(f"sums of {name}: tallies / records", tallied / of_rows, "≤ 0.04")
    for words in COVERING:
        run(f"DROP INDEX {words.split()[2]}")


@contextmanager
def without_triggers():
    switch("DISABLE")
    try:
        yield
    finally:
        switch("ENABLE")


def switch(how: str) -> None:
    for table in TABLES:
        for act in ("insert", "update", "delete"):
            run(f"ALTER TABLE {table} {how} TRIGGER reports_tally_{act}")


def copied(which: str) -> str:
    """The statement that plans activities like those that stand."""
    columns = rows(
        "SELECT column_name FROM information_schema.columns WHERE table_name = "
        "'outreach_activity' AND column_name NOT IN ('id', 'corrects_id') "
        "AND is_generated = 'NEVER'"
    )
    new = {"status": "'planned'", "submission_key": "gen_random_uuid()"}
    names = [name for (name,) in columns]
    values = [new.get(name, name) for name in names]
    return (
        f"INSERT INTO outreach_activity ({', '.join(names)}) "
        f"SELECT {', '.join(values)} FROM outreach_activity "
        f"WHERE status = 'verified' {which} RETURNING id"
    )


def writing(seconds: float) -> None:
    """Planned, reported with counts, verified: how often a second."""
    for writers, budget in ((1, "≥ 0.7"), (WRITERS, "≥ 0.3")):
        rates = {True: [], False: []}
        for _round in range(3):
            with without_triggers():
                rates[False].append(rate(writers, seconds))
            rates[True].append(rate(writers, seconds))
        with_them, without = (statistics.median(rates[each]) for each in (True, False))
        print(f"{writers} writers: {with_them:.0f} a second, {without:.0f} without")
        tell(f"{writers} writers: with triggers / without", with_them / without, budget)


def rate(writers: int, seconds: float) -> float:
    done = [0] * writers
    until = time.monotonic() + seconds

    def write(place):
        from django.db import connection

        words, seed = copied("AND id = %s"), place
        keys = [
            pk
            for (pk,) in rows(
                "SELECT id FROM outreach_activity WHERE status = 'verified' "
                "ORDER BY id DESC LIMIT 400"
            )
        ]
        while time.monotonic() < until:
            seed += writers
            pk = one(words, keys[seed % len(keys)])
            run(REPORTED, pk)
            run(COUNTS.format(which="= %s"), pk)
            run(VERIFIED, pk)
            done[place] += 1
        connection.close()

    threads = [threading.Thread(target=write, args=[n]) for n in range(writers)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.monotonic() - began)


def in_bulk(many: int) -> None:
    times = {True: [], False: []}
    for _round in range(3):
        with without_triggers():
            times[False].append(bulk(many))
        times[True].append(bulk(many))
    tell(
        f"{many:,} in a statement: rate with triggers / without",
        statistics.median(times[False]) / statistics.median(times[True]),
        "≥ 0.7",
    )


def bulk(many: int) -> float:
    from django.db import transaction

    began = time.monotonic()
    with transaction.atomic():
        since = one("SELECT max(id) FROM outreach_activity")
        run(copied("LIMIT %s"), many)
        run(COUNTS.format(which="> %s"), since)
        run("UPDATE outreach_activity SET status = 'verified' WHERE id > %s", since)
        spent = time.monotonic() - began
        transaction.set_rollback(True)
    return spent


def upkeep() -> None:
    from reports.tallies import services

    for what, act in (
        ("mend what was written without triggers", lambda: services.recount(mend=True)),
        ("fold", services.fold),
        ("recount", services.recount),
    ):
        began = time.monotonic()
        found = act()
        print(f"{what}: {time.monotonic() - began:.2f} s", flush=True)
    tell("differences after all of it", len(found), "0")
    for table in ("activitytally", "typetally", "servedtally"):
        print(f"{table}: {one(f'SELECT count(*) FROM reports_{table}'):,} rows")


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""What it costs to ask whether a partner is known already, at full scale.

    .venv/bin/python benchmarks/known.py FOLDER [--partners 200]

FOLDER was filled by benchmarks/load.py. Partners drawn from it are looked up as they
stand, as with a slip and in another habit, and as somebody types their names from the
third letter on. Beside it stands the scan of the table: the likeness of every name on
record with one. A line says: milliseconds of processor time, Python and database, in
the middle, of the slowest twentieth and at most, and the middle as a part of the scan.
"""

import argparse
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ground import portal_in, processor


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--partners", type=int, default=200)
    options = parser.parse_args()
    with portal_in(options.folder):
        measure(options.partners)
    return 0


def measure(count: int) -> None:
    from partners.known.likeness import Described, alike, described
    from partners.models import Partner
    from pokmas.accounts.models import User

    viewer = User.objects.get(email="kepala@buatan.test")
    drawn = list(
        Partner.objects.select_related("regency__province").order_by("?")[:count]
    )
    scan = scanned(drawn[:5])
    print(f"{Partner.objects.count()} partners, scan {scan:.0f} ms")
    print(f"{'':14} {'middle':>8} {'p95':>8} {'most':>8} {'of scan':>8}")

    on_record = {each.pk: described(each.partnerships.first()) for each in drawn}

    def as_it_stands(partner):
        return alike(on_record[partner.pk], viewer=viewer)

    def in_other_words(partner):
        name = partner.name.replace("u", "oe").upper()
        return alike(Described(name=name, regency=partner.regency), viewer=viewer)

    show("on record", as_it_stands, drawn, scan)
    show("other words", in_other_words, drawn, scan)
    for letters in (3, 5, 8, 12, 20):

        def typed(partner, letters=letters):
            name = partner.name.partition(" ")[2][:letters]
            return alike(Described(name=name, is_typed=True), viewer=viewer)

        show(f"{letters} letters", typed, drawn, scan)


def show(name: str, ask, partners, scan: float) -> None:
    spent = sorted(timed(ask, partner) for partner in partners)
    middle, slow = statistics.median(spent), spent[int(len(spent) * 0.95)]
    print(
        f"{name:14} {middle:8.1f} {slow:8.1f} {spent[-1]:8.1f} {middle / scan:8.1%}",
        flush=True,
    )


def timed(ask, *what) -> float:
    """The quickest of three."""
    return min(sum(processor(lambda: ask(*what))) for _try in range(3))


def scanned(partners) -> float:
    from django.contrib.postgres.search import TrigramSimilarity

    from partners.models import Partner

    def read_all(partner):
        likeness = TrigramSimilarity("plain_name", partner.plain_name)
        list(Partner.objects.order_by(-likeness).values_list("pk")[:10])

    return statistics.median(timed(read_all, partner) for partner in partners)


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""What the lists cost: time in Python for a page of 25 rows, without the database.

    python3 manage.py run .venv/bin/python benchmarks/lists.py [--rounds 40]

Asks the data that is there, as the demo accounts. Beside each list stand a bare loop
over the same words in one template, and a page without a list. The fastest round of
each counts, in CPU time of this process, so that other work weighs little.
"""

import argparse
import re
import sys
import time
from html import unescape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

LISTS = ["/partners/", "/partners/groups/", "/agreements/", "/activities/"]
LISTS += ["/reports/", "/people/", "/offices/list/"]
PEOPLE = ["operator.bapas", "kepala.kanwil", "pusat"]
BARE = """<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>
{% endfor %}</tr>{% endfor %}</table>"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    set_up()
    print("list, person, rows; ms of Python for the page, its piece alone, and others")
    for name in PEOPLE:
        client = signed_in(name)
        for path in LISTS:
            measure(client, name, path, rounds)


def set_up() -> None:
    import django
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    django.setup()


def signed_in(name: str):
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    user = get_user_model().objects.get(email=f"{name}@demo.pokmas.test")
    client.force_login(user)
    return client


def measure(client, name: str, path: str, rounds: int) -> None:
    response = client.get(path)
    if response.status_code != 200:
        return
    rows = cells_of(response.content.decode())
    ways = {
        "page": lambda: client.get(path),
        "piece": lambda: client.get(
            path, headers={"hx-request": "true", "hx-target": "list"}
        ),
        "bare loop": bare_loop(rows),
        "no list": lambda: client.get("/help/accounts/"),
    }
    for act in ways.values():
        act()
    best = {
        way: min(once(act) for _round in range(rounds)) for way, act in ways.items()
    }
    print(
        f"{path:14} {name:16} {len(rows):3}  "
        + "  ".join(f"{way} {best[way]:6.1f}" for way in best)
    )


def once(act) -> float:
    before = time.thread_time()
    act()
    return (time.thread_time() - before) * 1000


def cells_of(page: str) -> list[list[str]]:
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.S)
    return [
        [
            unescape(re.sub(r"<[^>]+>|\s+", " ", cell)).strip()
            for cell in re.findall(r"<t[dh].*?>(.*?)</t[dh]>", row, re.S)
        ]
        for row in re.findall(r"<tr.*?>(.*?)</tr>", body[1] if body else "", re.S)
    ]


def bare_loop(rows):
    from django.template import engines

    template = engines["django"].from_string(BARE)
    return lambda: template.render({"rows": rows})


if __name__ == "__main__":
    main()

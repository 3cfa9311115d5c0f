#!/usr/bin/env python3
"""A monthly report as PDF, against headless Chromium printing the same as HTML.

12 pages or so, 8 tables, 4 charts, 6 photos, and the same with an annex of 200 pages.
Makes its own data and needs no database.

    .venv/bin/python benchmarks/pdf.py [--rounds 5] [--annex 200] [--seconds 300]

What is compared takes turns, and the fastest round of each counts, so that other work
on the machine weighs on both alike. Two workers depend on what the machine gives to two
processes: a line before says what a bare loop gains there. No more rounds are begun
after `--seconds`; a first round of each is always made.
"""

import argparse
import base64
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
# What is measured → the most it may be; the gain of two workers is the least.
BUDGETS = {
    "time / Chromium, new process": 0.8,
    "time / Chromium, warm": 1.0,
    "memory / Chromium": 1 / 3,
    "tagged for archives / plain PDF": 1.1,
    "annex, time a page / short report": 1.2,
    "annex, memory in MB": 400,
}
LEAST = {"two workers / one": 1.7}
ROWS_A_PAGE = 23
# What one worker makes in a round, and a loop that takes about as long.
SHARE = 3
LOOP = (
    "import sys; print('ready', flush=True); sys.stdin.readline();"
    "sum(n % 7 for n in range(40_000_000))"
)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--no-pdf-header-footer",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--annex", type=int, default=200, help="pages of the annex")
    parser.add_argument("--seconds", type=int, default=300, help="begin no round later")
    parser.add_argument("--work", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    set_up()
    if options.work:
        work(options.work)
        return
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        sys.exit("Chromium is not installed; there is nothing to compare with.")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start")
    compare(browser, Rounds(options.rounds, options.seconds), options.annex)
    print(f"load {os.getloadavg()[0]:.1f} at the end")


class Rounds:
    """So many rounds, fewer when the time is up, but at least one."""

    def __init__(self, count: int, seconds: int):
        self.count, self.end = count, time.monotonic() + seconds

    def __iter__(self):
        for number in range(self.count):
            if number and time.monotonic() > self.end:
                return
            yield number


def say(name: str, figure: float) -> None:
    if name in LEAST:
        budget, words, holds = LEAST[name], "at least", figure >= LEAST[name]
    else:
        budget, words, holds = BUDGETS[name], "at most", figure <= BUDGETS[name]
    verdict = "holds" if holds else "missed"
    print(f"{name:36} {figure:7.2f}  {words:8} {budget:6.2f}  {verdict}", flush=True)


def set_up() -> None:
    """Django without a database, a media folder or a secret worth the name."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DATABASE_URL", "postgres://nobody@localhost/none")
    os.environ.setdefault("REDIS_URL", "redis://localhost")
    os.environ["POKMAS_DATA_DIR"] = tempfile.mkdtemp(prefix="pokmas-bench-")
    os.environ["POKMAS_LOG_LEVEL"] = "ERROR"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from pokmas.audit import services

    services.head = lambda: ""  # the only thing on a paper that the database knows


def sample(annex: int = 0):
    """What makes the report, and its content."""
    from PIL import Image

    from pokmas.documents.letterhead import letterhead_of
    from pokmas.documents.models import IssuedDocument
    from pokmas.offices.models import Office
    from pokmas.papers import printing
    from tests.pokmas.documents import paper

    region = Office(pk=2, level="regional", name="Kanwil Ditjenpas Uji", region_id=2)
    unit = Office(pk=3, level="unit", name="Bapas Kelas II Uji", region=region)
    issued = IssuedDocument(
        office=unit,
        title="Laporan uji",
        office_name=unit.name,
        letterhead=vars(letterhead_of(unit)),
    )
    bands = [
        Image.radial_gradient("L").resize((1600, 1200)).rotate(n) for n in (0, 50, 9)
    ]
    output = io.BytesIO()
    Image.merge("RGB", bands).save(output, "JPEG", quality=85)
    photo = SimpleNamespace(
        is_image=True,
        is_available=True,
        file=SimpleNamespace(open=lambda: io.BytesIO(output.getvalue())),
    )
    content = paper.content(rows=16, photos=[photo] * 6, annex=annex)
    return lambda: printing.pdf_of(content, issued, made_by=None), content


def compare(browser: str, rounds: Rounds, annex_pages: int) -> None:
    ours_of, content = sample()
    folder = Path(tempfile.mkdtemp(prefix="pokmas-bench-"))
    page = folder / "page.html"
    page.write_text(html_of(content))
    rendered = ours_of()
    ours, fresh, memory = [], [], []
    for _round in rounds:
        ours.append(timed(ours_of))
        seconds, megabytes = print_fresh(browser, page, folder / "page.pdf")
        fresh.append(seconds)
        memory.append(megabytes)
    against, warm = print_warm(browser, page, ours_of, rounds)
    print(f"{rendered.pages} pages, {len(rendered.content) // 1024} KB")
    print(f"ours      {min(ours):6.2f} s  {rendered.megabytes:5} MB")
    print(f"Chromium  {min(fresh):6.2f} s  {max(memory):5} MB, new process")
    print(f"Chromium  {warm:6.2f} s  warm, against {against:.2f} s of ours")
    say("time / Chromium, new process", min(ours) / min(fresh))
    say("time / Chromium, warm", against / warm)
    say("memory / Chromium", rendered.megabytes / max(memory))
    say("tagged for archives / plain PDF", variants(ours_of, rounds))
    print(f"{'two bare loops / one':36} {two_loops(rounds):7.2f}")
    say("two workers / one", two_workers(rounds))
    if annex_pages:
        annex(ours_of, annex_pages, rounds)
    shutil.rmtree(folder)


STYLE = """
@page { size: A4; margin: 20mm 18mm 22mm 22mm }
body { font: 10.5pt/1.45 Arimo, Arial, sans-serif }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 9pt }
th, td { padding: 1.1mm 1.8mm; border-bottom: 0.5pt solid #c9d6da; text-align: left }
tr, figure { break-inside: avoid } thead th { background: #eef3f4 }
figure { display: inline-block; width: 80mm; margin: 0 } img { width: 80mm }
"""


def html_of(content) -> str:
    """What it says, as a page for a browser: style sheet and photos inside."""
    from django.utils.html import escape

    def table(block):
        head = "".join(f"<th>{escape(column.label)}</th>" for column in block.columns)
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in block.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def photo(each):
        inline = base64.b64encode(each.document.file.open().read()).decode()
        source = f"data:image/jpeg;base64,{inline}"
        caption = escape(each.caption)
        return (
            f"<figure><img src='{source}'><figcaption>{caption}</figcaption></figure>"
        )

    ways = {
        "Title": lambda b: f"<h1>{escape(b.text)}</h1>",
        "Heading": lambda b: f"<h{b.level}>{escape(b.text)}</h{b.level}>",
        "Paragraph": lambda b: f"<p>{escape(b.text)}</p>",
        "Letter": lambda b: f"<p>{escape(b.dated)}</p><p>{escape(b.addressed)}</p>",
        "Facts": lambda b: "".join(f"<p>{label}: {v}</p>" for label, v in b.rows),
        "Table": table,
        "Picture": lambda b: f"<h3>{escape(b.title)}</h3>{b.svg}{table(b.table)}",
        "Photos": lambda b: "".join(map(photo, b.photos)),
        "Signature": lambda b: "".join(f"<p>{t}</p>" for t in [*b.above, *b.below]),
    }
    body = "".join(ways[type(block).__name__](block) for block in content.body)
    return (
        f"<!doctype html><html lang=id><meta charset=utf-8><style>{STYLE}</style>{body}"
    )


def timed(action, clock=time.monotonic) -> float:
    started = clock()
    action()
    return clock() - started


def print_fresh(browser, page: Path, target: Path) -> tuple[float, int]:
    """Seconds and megabytes of a Chromium that starts, prints and ends."""
    started = time.monotonic()
    process = subprocess.Popen(
        [browser, *FLAGS, f"--print-to-pdf={target}", page.as_uri()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak, done = 0, threading.Event()

    def watch():
        nonlocal peak
        while not done.wait(0.1):
            peak = max(peak, family_memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait(timeout=180)
    seconds = time.monotonic() - started
    done.set()
    watcher.join()
    return seconds, peak


def family_memory(root: int) -> int:
    """The proportional memory of a process and its descendants, in megabytes."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            pid, rest = stat.parent.name, stat.read_text().rpartition(") ")[2]
            parents[int(pid)] = int(rest.split()[1])
    family = {root}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    total = 0
    for pid in family:
        with contextlib.suppress(OSError):
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1])
    return total // 1024


def print_warm(browser, page: Path, ours_of, rounds) -> tuple[float, float]:
    """Seconds of one report of ours, and of one print in an open Chromium."""
    from playwright.sync_api import sync_playwright

    ours, warm = [], []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=FLAGS[1:6])
        for _round in rounds:
            started = time.monotonic()
            tab = chromium.new_page()
            tab.goto(page.as_uri())
            tab.pdf(prefer_css_page_size=True)
            warm.append(time.monotonic() - started)
            tab.close()
            ours.append(timed(ours_of))
        chromium.close()
    return min(ours), min(warm)


def variants(ours_of, rounds) -> float:
    """What the accessible file for archives costs over the plain one, in processor
    time of the process that makes it."""
    from pokmas.documents import pdf, renderer

    made, tagged, plain = pdf._made, [], []

    def both(folder: Path) -> dict:
        import typst

        def work():
            renderer.made(typst, folder, str(pdf.FONTS))

        tagged.append(in_a_fork(work))
        with mock.patch.object(renderer, "STANDARDS", []):
            plain.append(in_a_fork(work))
        return made(folder)

    with mock.patch.object(pdf, "_made", both):
        for _round in rounds:
            ours_of()
    return min(tagged) / min(plain)


def in_a_fork(action) -> float:
    """The processor time an action takes in a process of its own."""
    child = os.fork()
    if child == 0:
        try:
            action()
        finally:
            os._exit(0)
    _pid, _status, usage = os.wait4(child, 0)
    return usage.ru_utime + usage.ru_stime


def work(count: int) -> None:
    """Wait for a word, then make so many reports."""
    ours_of, _content = sample()
    print("ready", flush=True)
    sys.stdin.readline()
    for _time in range(count):
        ours_of()


def gain(rounds, command) -> float:
    """How much more two processes of a kind do than one, in the same time."""

    def run(number: int, share: int) -> float:
        workers = [
            subprocess.Popen(
                command(share), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for _worker in range(number)
        ]
        for worker in workers:
            worker.stdout.readline()
        started = time.monotonic()
        for worker in workers:
            worker.stdin.write("\n")
            worker.stdin.flush()
        for worker in workers:
            worker.wait()
        return time.monotonic() - started

    one, two = [], []
    for _round in rounds:
        one.append(run(1, SHARE))
        two.append(run(2, SHARE))
    return 2 * min(one) / min(two)


def two_workers(rounds) -> float:
    """How much faster two workers make the reports of one, at their best."""
    return gain(rounds, lambda share: [sys.executable, __file__, "--work", str(share)])


def two_loops(rounds) -> float:
    """The same for a loop that needs nothing but a processor."""
    return gain(rounds, lambda _share: [sys.executable, "-c", LOOP])


def annex(ours_of, pages: int, rounds) -> None:
    """A report with a long annex: does a page still cost the same?"""
    long_of, _content = sample(annex=pages * ROWS_A_PAGE)
    short, long = [], []
    for _round in list(rounds)[:2]:
        started = time.monotonic()
        alone = ours_of()
        short.append((time.monotonic() - started) / alone.pages)
        started = time.monotonic()
        made = long_of()
        long.append((time.monotonic() - started) / made.pages)
    print(
        f"annex     {min(long) * made.pages:6.2f} s  {made.megabytes:5} MB, "
        f"{made.pages} pages, {len(made.content) // 1024} KB"
    )
    say("annex, time a page / short report", min(long) / min(short))
    say("annex, memory in MB", made.megabytes)


if __name__ == "__main__":
    main()

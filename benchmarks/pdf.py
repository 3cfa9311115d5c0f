#!/usr/bin/env python3
"""A monthly report as PDF, against headless Chromium printing the same HTML.

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
import gc
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

ROOT = Path(__file__).resolve().parent.parent
# What is measured → the most it may be; the gain of two workers is the least.
BUDGETS = {
    "time / Chromium, new process": 0.8,
    "time / Chromium, warm": 1.0,
    "memory / Chromium": 1 / 3,
    "PDF/UA / plain PDF": 1.1,
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
    from django.conf import settings

    settings.TEMPLATES[0]["DIRS"].append(ROOT / "tests/pokmas/documents/templates")
    django.setup()
    from pokmas.audit import services

    services.head = lambda: ""  # the only thing on a paper that the database knows


def sample():
    """What the report's template shows, its HTML and its photos."""
    from django.template.loader import render_to_string
    from PIL import Image

    from pokmas.documents.letterhead import letterhead_of
    from pokmas.documents.models import IssuedDocument
    from pokmas.offices.models import Office
    from tests.pokmas.documents import paper

    region = Office(pk=2, level="regional", name="Kanwil Ditjenpas Uji", region_id=2)
    unit = Office(pk=3, level="unit", name="Bapas Kelas II Uji", region=region)
    issued = IssuedDocument(
        office=unit,
        title="Laporan uji",
        office_name=unit.name,
        letterhead=vars(letterhead_of(unit)),
    )
    context = paper.context(issued, rows=16)
    bands = [
        Image.radial_gradient("L").resize((1600, 1200)).rotate(n) for n in (0, 50, 9)
    ]
    output = io.BytesIO()
    Image.merge("RGB", bands).save(output, "JPEG", quality=85)
    photo = SimpleNamespace(
        is_image=True,
        is_available=True,
        kind="image/jpeg",
        file=SimpleNamespace(open=lambda: io.BytesIO(output.getvalue())),
        content=output.getvalue(),
    )
    html = render_to_string("tests/paper.html", context)
    return context, html, {f"photo-{number}": photo for number in range(6)}


def compare(browser: str, rounds: Rounds, annex_pages: int) -> None:
    from pokmas.documents import pdf

    context, html, images = sample()
    folder = Path(tempfile.mkdtemp(prefix="pokmas-bench-"))
    page = folder / "page.html"
    page.write_text(standing_alone(html, images))
    rendered = pdf.render_html(html, images=images)  # the printer is warm from now on
    ours, fresh, memory = [], [], []
    for _round in rounds:
        ours.append(timed(lambda: pdf.render_html(html, images=images)))
        seconds, megabytes = print_fresh(browser, page, folder / "page.pdf")
        fresh.append(seconds)
        memory.append(megabytes)
    against, warm = print_warm(browser, page, html, images, rounds)
    print(f"{rendered.pages} pages, {len(rendered.content) // 1024} KB")
    print(f"ours      {min(ours):6.2f} s  {rendered.megabytes:5} MB")
    print(f"Chromium  {min(fresh):6.2f} s  {max(memory):5} MB, new process")
    print(f"Chromium  {warm:6.2f} s  warm, against {against:.2f} s of ours")
    say("time / Chromium, new process", min(ours) / min(fresh))
    say("time / Chromium, warm", against / warm)
    say("memory / Chromium", rendered.megabytes / max(memory))
    say("PDF/UA / plain PDF", variants(html, images, rounds))
    print(f"{'two bare loops / one':36} {two_loops(rounds):7.2f}")
    say("two workers / one", two_workers(rounds))
    if annex_pages:
        annex(context, images, annex_pages, rounds)
    shutil.rmtree(folder)


def standing_alone(html, images) -> str:
    """The same page for a browser: style sheet and photos inside."""
    html = re.sub(
        r'<link rel="stylesheet"[^>]*>',
        f"<style>{(ROOT / 'static/css/pdf.css').read_text()}</style>",
        html,
    )
    for name, photo in images.items():
        inline = base64.b64encode(photo.content).decode()
        html = html.replace(f"media:{name}", f"data:image/jpeg;base64,{inline}")
    return html


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


def print_warm(browser, page: Path, html, images, rounds) -> tuple[float, float]:
    """Seconds of one report of ours, and of one print in an open Chromium."""
    from playwright.sync_api import sync_playwright

    from pokmas.documents import pdf

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
            ours.append(timed(lambda: pdf.render_html(html, images=images)))
        chromium.close()
    return min(ours), min(warm)


def variants(html, images, rounds) -> float:
    """What the accessible variant costs over the plain one, in processor time.

    Each is made in a fork without garbage collection, as the renderer makes them.
    """
    from weasyprint import HTML

    from pokmas.documents.renderer import fetcher

    with tempfile.TemporaryDirectory() as name:
        manifest = {
            "static:css/pdf.css": [str(ROOT / "static/css/pdf.css"), "text/css"]
        }
        for key, photo in images.items():
            path = Path(name) / key
            path.write_bytes(photo.content)
            manifest[f"media:{key}"] = [str(path), photo.kind]

        def write(**more):
            HTML(string=html, url_fetcher=fetcher(manifest)).write_pdf(**more)

        write()
        gc.freeze()
        plain, tagged = [], []
        for _round in rounds:
            plain.append(in_a_fork(write))
            tagged.append(in_a_fork(lambda: write(pdf_variant="pdf/ua-1")))
    return min(tagged) / min(plain)


def in_a_fork(action) -> float:
    """The processor time an action takes in a process of its own."""
    child = os.fork()
    if child == 0:
        gc.disable()
        try:
            action()
        finally:
            os._exit(0)
    _pid, _status, usage = os.wait4(child, 0)
    return usage.ru_utime + usage.ru_stime


def work(count: int) -> None:
    """Wait for a word, then make so many reports."""
    from pokmas.documents import pdf

    _context, html, images = sample()
    pdf.render_html("<html lang=id><title>.</title>")
    print("ready", flush=True)
    sys.stdin.readline()
    for _time in range(count):
        pdf.render_html(html, images=images)


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


def annex(context, images, pages: int, rounds) -> None:
    """A report with a long annex: does a page still cost the same?"""
    from pokmas.documents import pdf
    from tests.pokmas.documents import paper

    behind = paper.annex(pages * ROWS_A_PAGE)
    heard, short, long = [], [], []

    def whole(**more):
        return pdf.render("tests/paper.html", context, images=images, **more)

    for _round in list(rounds)[:2]:
        started = time.monotonic()
        alone = whole()
        short.append((time.monotonic() - started) / alone.pages)
        started = time.monotonic()
        made = whole(annexes=[behind], told=lambda *words: heard.append(words))
        long.append((time.monotonic() - started) / made.pages)
    print(
        f"annex     {min(long) * made.pages:6.2f} s  {made.megabytes:5} MB, "
        f"{made.pages} pages, {len(made.content) // 1024} KB, {len(heard)} steps told"
    )
    say("annex, time a page / short report", min(long) / min(short))
    say("annex, memory in MB", made.megabytes)


if __name__ == "__main__":
    main()

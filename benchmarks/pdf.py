#!/usr/bin/env python3
"""A monthly report as PDF, against headless Chromium printing the same HTML.

12 pages or so, 8 tables, 4 charts, 6 photos (design.md section 7). Needs no database.

    .venv/bin/python benchmarks/pdf.py [--rounds 5] [--annex 200]

Both take turns and the fastest round of each counts, so that other work on the machine
weighs on both alike.
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

ROOT = Path(__file__).resolve().parent.parent
BUDGETS = {
    "time / Chromium, new process": 0.8,
    "time / Chromium, warm": 1.0,
    "memory / Chromium": 1 / 3,
    "PDF/UA / plain PDF": 1.1,
}
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
    parser.add_argument("--annex", type=int, default=0, help="pages of a long annex")
    parser.add_argument("--work", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    set_up()
    if options.work:
        work(options.work)
        return
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        sys.exit("Chromium is not installed; there is nothing to compare with.")
    compare(options, browser)


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

    settings.TEMPLATES[0]["DIRS"].append(ROOT / "tests/documents/templates")
    django.setup()


def sample(rows: int = 16):
    """The report's HTML and its photos."""
    from django.template.loader import render_to_string
    from PIL import Image

    from pokmas.documents.models import IssuedDocument
    from pokmas.offices.models import Office
    from tests.documents import paper

    region = Office(pk=2, level="regional", name="Kanwil Ditjenpas Uji", region_id=2)
    unit = Office(pk=3, level="unit", name="Bapas Kelas II Uji", region=region)
    issued = IssuedDocument(office=unit, title="Laporan uji", office_name=unit.name)
    html = render_to_string("tests/paper.html", paper.context(issued, rows=rows))
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
    return html, {f"photo-{number}": photo for number in range(6)}


def compare(options, browser) -> None:
    from pokmas.documents import pdf

    html, images = sample()
    folder = Path(tempfile.mkdtemp(prefix="pokmas-bench-"))
    page = folder / "page.html"
    page.write_text(standing_alone(html, images))
    rendered = pdf.render_html(html, images=images)  # the printer is warm from now on
    ours, fresh, memory = [], [], 0
    for _round in range(options.rounds):
        ours.append(timed(lambda: pdf.render_html(html, images=images)))
        seconds, megabytes = print_fresh(browser, page, folder / "page.pdf")
        fresh.append(seconds)
        memory = max(memory, megabytes)
    print(f"{rendered.pages} pages, {len(rendered.content) // 1024} KB")
    print(f"ours      {min(ours):6.2f} s  {rendered.megabytes:5} MB")
    print(f"Chromium  {min(fresh):6.2f} s  {memory:5} MB, new process")
    ratios = {
        "time / Chromium, new process": min(ours) / min(fresh),
        "memory / Chromium": rendered.megabytes / memory,
        "PDF/UA / plain PDF": variants(html, images, options.rounds),
    }
    warm = print_warm(browser, page, options.rounds)
    print(f"Chromium  {warm:6.2f} s, warm")
    ratios["time / Chromium, warm"] = min(ours) / warm
    for name, ratio in ratios.items():
        verdict = "ok" if ratio <= BUDGETS[name] else "OVER"
        print(f"{name:32} {ratio:5.2f}  (at most {BUDGETS[name]:.2f})  {verdict}")
    gain = two_workers(options.rounds)
    verdict = "ok" if gain >= 1.7 else "UNDER"
    print(f"{'two workers / one':32} {gain:5.2f}  (at least 1.70)  {verdict}")
    if options.annex:
        annex(options.annex, min(ours) / rendered.pages)
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


def print_warm(browser, page: Path, rounds: int) -> float:
    """Seconds of one print in a Chromium that is already open."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=FLAGS[1:6])
        seconds = []
        for _round in range(rounds):
            started = time.monotonic()
            tab = chromium.new_page()
            tab.goto(page.as_uri())
            tab.pdf(prefer_css_page_size=True)
            seconds.append(time.monotonic() - started)
            tab.close()
        chromium.close()
    return min(seconds)


def variants(html, images, rounds: int) -> float:
    """What the accessible variant costs over the plain one, in processor time."""
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
        plain, tagged = [], []
        for _round in range(rounds):
            plain.append(timed(write, time.process_time))
            tagged.append(
                timed(lambda: write(pdf_variant="pdf/ua-1"), time.process_time)
            )
    return min(tagged) / min(plain)


def work(count: int) -> None:
    """Wait for a word, then make so many reports."""
    from pokmas.documents import pdf

    html, images = sample()
    pdf.render_html("<html lang=id><title>.</title>")
    print("ready", flush=True)
    sys.stdin.readline()
    for _time in range(count):
        pdf.render_html(html, images=images)


def two_workers(count: int) -> float:
    """How much faster two workers make the reports of one."""

    def run(number: int, share: int) -> float:
        workers = [
            subprocess.Popen(
                [sys.executable, __file__, "--work", str(share)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
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

    return run(1, 2 * count) / run(2, count)


def annex(pages: int, seconds_a_page: float) -> None:
    """A report with a long table behind it: does a page still cost the same?"""
    from pokmas.documents import pdf

    html, images = sample(rows=pages * 18 // 8)
    started = time.monotonic()
    rendered = pdf.render_html(html, images=images)
    ratio = (time.monotonic() - started) / rendered.pages / seconds_a_page
    print(
        f"annex: {rendered.pages} pages, {rendered.megabytes} MB, "
        f"{ratio:.2f} of the short report's time a page"
    )


if __name__ == "__main__":
    main()

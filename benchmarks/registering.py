#!/usr/bin/env python3
"""A registration on a telephone with a slow line: seconds, screens and bytes.

    python3 manage.py up --port 8800 --data FOLDER            (in another terminal)
    .venv/bin/python benchmarks/registering.py http://127.0.0.1:8800 FOLDER

A real Chromium, 360 px wide, registers a partner (or with --who volunteer a person)
from the start page to the number of the registration; FOLDER holds the mails. The line
has 400 kbit/s and 400 ms (--kbit, --latency). Nobody reads or types: the seconds are
those that the line and the portal take. A line has what was opened, the seconds until
its page stood, how many requests that took, and the kilobytes that came.
"""

import argparse
import os
import re
import shutil
import time
import uuid
from email import message_from_bytes, policy
from pathlib import Path

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
]
PASSWORD = "benar kuda baterai jepit"
ADDRESS = f"{uuid.uuid4().hex[:12]}@contoh.test"


class Walk:
    """One person before one screen after the other, with what each took."""

    def __init__(self, page, base: str, options):
        self.page, self.base = page, base
        self.screens, self.bytes, self.requests = [], 0, 0
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        rate = options.kbit * 1000 / 8
        line.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": options.latency,
                "downloadThroughput": rate,
                "uploadThroughput": rate,
            },
        )
        line.on("Network.loadingFinished", self._came)

    def _came(self, event):
        # What is in the cache costs none.
        self.requests += event["encodedDataLength"] > 0
        self.bytes += event["encodedDataLength"]

    def screen(self, name: str, act) -> None:
        """Do what leads to the next page; it counts once that page stands whole."""
        before, had, asked = time.perf_counter(), self.bytes, self.requests
        with self.page.expect_navigation(wait_until="load"):
            act()
        self.page.wait_for_load_state("networkidle")
        took = time.perf_counter() - before - 0.5  # the idle that networkidle waits for
        self.screens.append((name, took, self.requests - asked, self.bytes - had))

    def open(self, name: str, path: str) -> None:
        self.screen(name, lambda: self.page.goto(self.base + path))

    def press(self, name: str, words: str) -> None:
        button = self.page.locator("main").get_by_role("button", name=words).last
        self.screen(name, button.click)

    def follow(self, name: str, words: str) -> None:
        link = self.page.locator("main").get_by_role("link", name=words).first
        self.screen(name, link.click)

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"main [name='{name}']").first.fill(value)

    def choose(self, name: str, value: str) -> None:
        """In a list whose choice may ask the server for the next question."""
        self.page.locator(f"main select[name='{name}']").select_option(value)

    def tick(self, name: str) -> None:
        self.page.locator(f"main input[name='{name}']").first.check()

    def tick_all(self) -> None:
        for box in self.page.locator("main input[type=checkbox]").all():
            box.check()

    def choose_place(self, province: str, regency: str) -> None:
        """Its two answers, each of which brings the next question."""
        before, had, asked = time.perf_counter(), self.bytes, self.requests
        self.choose("province", province)
        self.page.locator("main select[name='regency']").wait_for()
        self.choose("regency", regency)
        self.page.locator("main input[name='office']").first.wait_for()
        took = time.perf_counter() - before
        row = ("  (tempat)", took, self.requests - asked, self.bytes - had)
        self.screens.append(row)

    def say(self) -> None:
        pages = [row for row in self.screens if not row[0].startswith(" ")]
        print(f"{'screen':24}{'s':>8}{'requests':>10}{'kB':>8}")
        for name, seconds, requests, size in self.screens:
            print(f"{name:24}{seconds:8.1f}{requests:10}{size / 1000:8.1f}")
        seconds = sum(row[1] for row in self.screens)
        total = f"{len(pages)} screens"
        print(f"{total:24}{seconds:8.1f}{self.requests:10}{self.bytes / 1000:8.1f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("folder", type=Path, help="the data folder of that portal")
    parser.add_argument("--who", choices=WAYS, default="partner")
    parser.add_argument("--kbit", type=float, default=400)
    parser.add_argument("--latency", type=float, default=400)
    parser.add_argument("--width", type=int, default=360)
    parser.add_argument("--province", default="53")
    parser.add_argument("--regency", default="53.71")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("POKMAS_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(
            viewport={"width": options.width, "height": 740},
            locale="id-ID",
            is_mobile=True,
            has_touch=True,
        )
        context.set_default_timeout(120_000)
        walk = Walk(context.new_page(), options.address.rstrip("/"), options)
        WAYS[options.who](walk, options)
        walk.say()
        browser.close()
    return 0


def sign_up(walk: Walk, folder: Path) -> None:
    walk.fill(full_name="Maria Umpama", email=ADDRESS, password1=PASSWORD)
    walk.fill(phone="0812 3456 7890")
    walk.tick("consent")
    walk.press("waits for the mail", "Buat akun")
    walk.open("link of the mail", link_in(folder))
    walk.press("place", "Ya, ini surel saya")


def link_in(folder: Path) -> str:
    """The path in the newest mail to this run's address."""
    files = sorted((folder / "mail").iterdir(), key=lambda path: path.stat().st_mtime)
    for path in reversed(files):
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        text = letter.get_body().get_content()
        if letter["To"] == ADDRESS and (
            found := re.search(r"https?://[^/\s]+(/accounts/confirm-email/\S+)", text)
        ):
            return found[1]
    raise SystemExit(f"No mail to {ADDRESS} in {folder / 'mail'}")


def partner(walk: Walk, options) -> None:
    walk.open("start page", "/partners/start/")
    walk.follow("account", "Mulai mendaftar")
    sign_up(walk, options.folder)
    walk.choose_place(options.province, options.regency)
    walk.tick("office")
    walk.choose("kind", "media")
    walk.press("identity", "Simpan dan lanjut")
    walk.fill(name="Yayasan Umpama Kasih", leader_name="Maria Umpama")
    walk.fill(leader_position="Ketua", address="Jalan Contoh 1")
    walk.press("work", "Simpan dan lanjut")
    walk.tick("fields")
    walk.fill(services="Pelatihan menjahit")
    walk.press("check and declare", "Simpan dan lanjut")
    walk.tick_all()
    walk.press("number", "Ajukan pendaftaran")


def volunteer(walk: Walk, options) -> None:
    walk.open("start page", "/partners/volunteers/start/")
    walk.follow("account", "Mulai mendaftar")
    sign_up(walk, options.folder)
    walk.choose_place(options.province, options.regency)
    walk.tick("office")
    walk.tick("sex")
    walk.fill(birth_year="1990")
    walk.tick("is_adult")
    walk.press("offer", "Simpan dan lanjut")
    for name in ("skills", "interests", "availability"):
        walk.tick(name)
    walk.press("check and promise", "Simpan dan lanjut")
    walk.tick_all()
    walk.press("number", "Ajukan pendaftaran")


WAYS = {"partner": partner, "volunteer": volunteer}

if __name__ == "__main__":
    raise SystemExit(main())

#!/usr/bin/env python3
"""Slow clients and dying processes: what others of the portal notice of them.

    python3 manage.py up --port 8800 --data FOLDER            (in another terminal)
    .venv/bin/python benchmarks/slow.py http://127.0.0.1:8800 [--sockets 200]

Only on loopback. One who asks for pages of the portal without a pause is measured
alone, then beside each kind of slow client, all in one run; a line has the median, the
95th percentile and the longest wait in milliseconds, the 95th beside that of the first
line, and how many answers were wrong. With --kill PID the web server's master is
killed while he asks. With --files 20 so many people hand in a photo of 12 megapixels,
then a PDF, at the same moment, and it is said how many were taken; the portal has its
demo data.
"""

import argparse
import io
import os
import random
import re
import signal
import socket
import statistics
import sys
import threading
import time
import uuid
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from people import OPERATORS, Client, multipart

PATH = "/accounts/login/"
HEAD = "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/plain\r\n"


class Asker(threading.Thread):
    """Asks for a page again and again on one line, and opens a new one if it ends."""

    def __init__(self, host: str, port: int, path: str = PATH, cookie: str = ""):
        super().__init__(daemon=True)
        self.host, self.port = host, port
        self.path, self.headers = path, {"Cookie": cookie}
        self.waits, self.wrong, self.over = [], 0, False

    def run(self):
        line = HTTPConnection(self.host, self.port, timeout=60)
        while not self.over:
            before = time.perf_counter()
            try:
                line.request("GET", self.path, headers=self.headers)
                answer = line.getresponse()
                answer.read()
                self.wrong += answer.status != 200
            except (OSError, HTTPException):
                self.wrong += 1
                line.close()
                line = HTTPConnection(self.host, self.port, timeout=60)
            self.waits.append((time.perf_counter() - before) * 1000)
            time.sleep(0.02)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base")
    parser.add_argument("--sockets", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--kill", type=int, default=0, help="the master's number")
    parser.add_argument("--files", type=int, default=0, help="how many at once")
    options = parser.parse_args()
    where = urlsplit(options.base)
    if where.hostname not in ("127.0.0.1", "localhost", "::1"):
        parser.error("only on loopback")
    host, port = where.hostname, where.port or 80
    kinds = {
        "alone": lambda: nobody(),
        "8 uploads at 20 kB/s": lambda: senders(host, port, 8, body),
        "8 half heads": lambda: senders(host, port, 8, half_head),
        "8 silent sockets": lambda: senders(host, port, 8, nothing),
        f"{options.sockets} uploads at 20 kB/s": lambda: senders(
            host, port, options.sockets, body
        ),
        f"{options.sockets} half heads": lambda: senders(
            host, port, options.sockets, half_head
        ),
        f"{options.sockets} silent sockets": lambda: senders(
            host, port, options.sockets, nothing
        ),
        "alone again": lambda: nobody(),
    }
    if options.kill:
        kinds = {
            "alone": lambda: nobody(),
            "master killed": lambda: killing(options.kill),
        }
    print(f"{'':28} {'median':>8} {'p95':>8} {'longest':>8} {'times':>6} {'wrong':>6}")
    if options.files:
        beside_files(host, port, options)
        return 0
    first = None
    for name, beside in kinds.items():
        with beside():
            first = say(name, measure(Asker(host, port), options.seconds), first)
    return 0


def measure(asker, seconds=0.0, work=None):
    """How long he waited for so many seconds, or while that work is done."""
    asker.start()
    if work:
        work()
    time.sleep(seconds)
    asker.over = True
    asker.join(60)
    return asker


def say(name, asker, first):
    """A line about how he waited; returns with what the next are compared."""
    waits = asker.waits
    p95 = statistics.quantiles(waits, n=20)[-1]
    first = first or p95
    print(
        f"{name:28} {statistics.median(waits):8.1f} {p95:8.1f} {max(waits):8.1f}"
        f" {p95 / first:6.2f} {asker.wrong:6}",
        flush=True,
    )
    return first


def beside_files(host, port, options):
    """An operator's list of activities beside many who hand in a file at once."""
    person = Client(port, OPERATORS[0])
    person.sign_in()
    path = person.plan(str(uuid.uuid4()))
    page = person.page(path)
    cookie = "; ".join(f"{name}={value}" for name, value in person.cookies.items())

    def reader():
        return Asker(host, port, "/activities/", cookie)

    first = say("alone", measure(reader(), options.seconds), None)
    for name, content in (("foto.jpg", photo_of_a_phone()), ("surat.pdf", a_pdf())):
        field = "photos" if name == "foto.jpg" else "attendance"
        hand_in = Hands(
            options.files, path, page, cookie, port, {field: (name, content)}
        )
        asker = measure(reader(), work=hand_in)
        say(f"{options.files} × {name}, {len(content) / 1e6:.1f} MB", asker, first)
        print(
            f"  taken {hand_in.answers.count('taken')}, "
            f"put off {hand_in.answers.count('put off')}, "
            f"other {[each for each in hand_in.answers if each not in KNOWN]}, "
            f"the last after {max(hand_in.waits):.1f} s"
        )
    say("alone again", measure(reader(), options.seconds), first)


KNOWN = ("taken", "put off")


class Hands:
    """So many people who send a form with a file at the same moment.

    The form lacks a tick, so that it comes back with the file that was kept.
    """

    def __init__(self, count, path, page, cookie, port, files):
        token, revision = (
            re.search(rf'name="{name}" value="([^"]+)"', page)[1]
            for name in ("csrfmiddlewaretoken", "revision")
        )
        fields = {"csrfmiddlewaretoken": token, "revision": revision, "output": "Teks"}
        self.body = multipart("batas", fields, files)
        self.headers = {
            "Cookie": cookie,
            "Content-Type": "multipart/form-data; boundary=batas",
        }
        self.count, self.path, self.port = count, path, port
        self.answers, self.waits = [], []

    def __call__(self):
        threads = [threading.Thread(target=self.send) for _each in range(self.count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def send(self):
        line = HTTPConnection("localhost", self.port, timeout=120)
        before = time.perf_counter()
        try:
            line.request("POST", self.path, self.body, self.headers)
            answer = line.getresponse()
            page = answer.read().decode()
        except (OSError, HTTPException) as error:
            self.answers.append(repr(error))
        else:
            kept = "_kept" in page and "Teks" in page
            busy = "data-again" in page and "Teks" in page
            said = "put off" if busy else "taken" if kept else answer.status
            self.answers.append(said)
        finally:
            self.waits.append(time.perf_counter() - before)
            line.close()


def photo_of_a_phone() -> bytes:
    from PIL import Image

    noise = Image.effect_noise((500, 375), 60).resize((4000, 3000)).convert("RGB")
    content = io.BytesIO()
    noise.save(content, "JPEG", quality=88)
    return content.getvalue()


def a_pdf() -> bytes:
    """Eight pages, each with a picture."""
    from PIL import Image

    page = Image.effect_noise((1240, 1754), 60).convert("RGB")
    content = io.BytesIO()
    page.save(content, "PDF", save_all=True, append_images=[page] * 7)
    return content.getvalue()


@contextmanager
def nobody():
    yield


@contextmanager
def killing(pid: int):
    timer = threading.Timer(3, lambda: os.kill(pid, signal.SIGKILL))
    timer.start()
    yield
    timer.cancel()


@contextmanager
def senders(host, port, count, send):
    """So many clients that send as `send` says, each again when his line is cut."""
    over = threading.Event()
    threads = [
        threading.Thread(target=go_on, args=(host, port, send, over), daemon=True)
        for _number in range(count)
    ]
    for thread in threads:
        thread.start()
    time.sleep(1)
    yield
    over.set()
    for thread in threads:
        thread.join(30)


def go_on(host, port, send, over):
    time.sleep(random.random())
    while not over.is_set():
        try:
            with socket.create_connection((host, port), timeout=30) as line:
                send(line, host, over)
        except OSError:
            over.wait(0.5)


def body(line, host, over):
    """Half a megabyte at 20 kB/s, and then its answer."""
    size = 500_000
    head = HEAD.format(path=PATH, host=host) + f"Content-Length: {size}\r\n\r\n"
    line.sendall(head.encode())
    for _part in range(size // 2000):
        if over.wait(0.1):
            return
        line.sendall(b"x" * 2000)
    line.recv(65536)


def half_head(line, host, over):
    """A head that never ends: a byte a second."""
    line.sendall(HEAD.format(path=PATH, host=host).encode())
    while not over.wait(1):
        line.sendall(b"x")


def nothing(line, host, over):
    line.settimeout(1)
    while not over.is_set():
        try:
            if not line.recv(1):
                return
        except TimeoutError:
            continue


if __name__ == "__main__":
    sys.exit(main())

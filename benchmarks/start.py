#!/usr/bin/env python3
"""From a clean copy to the first page: first start, second start, start after kill -9.

Works in a temporary folder with empty package caches and removes it afterwards.

    python3 benchmarks/start.py [--rounds 3] [--pip]
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 300
BUDGETS = {"first, uv": 30, "first, pip": 60, "second": 10, "after kill -9": 15}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="rounds of kill -9")
    parser.add_argument("--pip", action="store_true", help="install with pip, not uv")
    parser.add_argument("--port", type=int, default=8765)
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="pokmas-start-"))
    scratch.chmod(0o711)  # the servers of root have an account of their own
    os.environ.update(
        UV_CACHE_DIR=str(scratch / "uv"),
        PIP_CACHE_DIR=str(scratch / "pip"),
        POKMAS_INSTALLER="pip" if options.pip else "",
    )
    for name in ("DATABASE_URL", "REDIS_URL", "POKMAS_DATA_DIR", "UV_NO_CACHE"):
        os.environ.pop(name, None)
    try:
        measure(copy(scratch / "pokmas"), options)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def measure(folder: Path, options: argparse.Namespace) -> None:
    rows: list[tuple[str, float]] = []

    def start(name: str) -> subprocess.Popen[bytes]:
        since = time.monotonic()
        portal = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(options.port)],
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )
        wait_for_page(portal, options.port)
        rows.append((name, time.monotonic() - since))
        return portal

    def stop(portal: subprocess.Popen[bytes]) -> None:
        since = time.monotonic()
        portal.send_signal(signal.SIGINT)
        portal.wait(LIMIT)
        rows.append(("end by Ctrl-C", time.monotonic() - since))
        if left := ours(folder):
            sys.exit(f"still running after the end: {left}")

    stop(start("first, pip" if options.pip else "first, uv"))
    stop(start("second"))
    portal = start("second")
    for _ in range(options.rounds):
        time.sleep(random.uniform(0, 3))
        kill_all(portal, folder)
        portal = start("after kill -9")
    stop(portal)
    report(rows, folder)


def report(rows: list[tuple[str, float]], folder: Path) -> None:
    print(f"{'':16}{'times':>6}{'worst':>9}{'budget':>9}")
    for name in dict.fromkeys(name for name, _ in rows):
        times = [seconds for other, seconds in rows if other == name]
        budget = f"{BUDGETS[name]} s" if name in BUDGETS else ""
        print(f"{name:16}{len(times):6}{max(times):7.1f} s{budget:>9}")
    for part in (".venv", "var"):
        print(f"{part:16}{size(folder / part):10.0f} MB on disk")


def copy(target: Path) -> Path:
    """What a clone would hold: no environment, no data, no caches."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listing.stdout.split("\0")):
        if (ROOT / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def wait_for_page(portal: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + LIMIT
    while time.monotonic() < until:
        if portal.poll() is not None:
            sys.exit(f"`manage.py up` ended with code {portal.returncode}")
        connection = HTTPConnection("127.0.0.1", port, timeout=LIMIT)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    sys.exit("no page came")


def ours(folder: Path) -> dict[int, str]:
    """The processes that work in the folder or were started from it."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            where = str((entry / "cwd").readlink())
        except OSError:
            continue
        if int(entry.name) != os.getpid() and f"{folder}/" in f"{line} {where}/":
            found[int(entry.name)] = line.strip()
    return found


def kill_all(portal: subprocess.Popen[bytes], folder: Path) -> None:
    """kill -9 in random order: sometimes the launcher first, sometimes a server."""
    victims = [*ours(folder)]
    random.shuffle(victims)
    for pid in victims:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    portal.wait(LIMIT)


def size(folder: Path) -> float:
    """Megabytes, a file with two names counted once."""
    statuses = [path.lstat() for path in folder.rglob("*")]
    return sum({s.st_ino: s.st_blocks * 512 for s in statuses}.values()) / 1e6


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""A portal goes back to a moment before a disaster, by what Compose runs.

    python3 benchmarks/restore.py [--seconds 30] [--port 8769] [--pgbackrest FILE]

PostgreSQL is started with the words of docker-compose.yml, deploy/database makes the
backups, `manage.py up` is the portal upon it; all in a temporary folder, which is
removed afterwards. A full backup; people plan and report activities with photos; a
moment is noted, with every row, every document and the head of the chain; they go on;
the owner of the tables empties the activities, documents are removed, and the next
day's backup is made. Then all of it goes back to that moment, into an empty cluster and
an empty folder. Whatever was there must be there again, no later row may be.

Needs pgBackRest 2.57 or newer and the packages of `manage.py up`. With
POKMAS_BACKUP_S3_* in the environment the repository is that bucket.
"""

import argparse
import hashlib
import os
import re
import secrets
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from crash import Ledger, at_work, planner
from people import OPERATORS, Client
from start import LIMIT, ROOT, wait_for_page

sys.path.insert(0, str(ROOT))
from pokmas.launch import account, servers
from pokmas.launch.place import Place

OLDEST = (2, 57)
# What says how the portal is, and not what people did.
RESTLESS = {"jobs_heartbeat", "jobs_scheduledrun", "django_session", "records_mark"}
TABLES = """
    SELECT c.oid::regclass::text FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1
"""
ROWS = (
    "SELECT '{0}', count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {0} t"
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=30, help="of work, each time")
    parser.add_argument("--port", type=int, default=8769)
    parser.add_argument("--pgbackrest", default=shutil.which("pgbackrest"))
    options = parser.parse_args()
    refuse_without(options.pgbackrest)
    scratch = Path(tempfile.mkdtemp(prefix="pokmas-restore-"))
    scratch.chmod(0o711)  # the servers of root have an account of their own
    walk = Walk(scratch, options)
    try:
        return walk.run(options.seconds)
    finally:
        walk.end()
        shutil.rmtree(scratch, ignore_errors=True)


def refuse_without(tool: str | None) -> None:
    said = ""
    if tool and Path(tool).exists():
        said = subprocess.check_output([tool, "version"], text=True)
    found = re.search(r"(\d+)\.(\d+)", said)
    if found is None or tuple(map(int, found.groups())) < OLDEST:
        sys.exit(
            "pgBackRest 2.57 or newer is needed, which knows PostgreSQL 18; found: "
            f"{said.strip() or 'none'}. Say where it is: --pgbackrest FILE"
        )


class Walk:
    def __init__(self, scratch: Path, options: argparse.Namespace) -> None:
        self.scratch, self.port = scratch, options.port
        self.account = account.for_servers()
        self.binaries = self._binaries()
        self.scripts = self._scripts(Path(options.pgbackrest))
        self.kept = scratch / "kept"  # the copies of the documents
        self.cluster, self.data = scratch / "db", scratch / "data"
        for name in ("db", "again", "backup", "sockets", "tmp"):
            self.account.own(scratch / name)
        self.passphrase = scratch / "backup" / "passphrase"
        self.passphrase.write_text(secrets.token_hex(32))
        self.passphrase.chmod(0o644)
        self.children: list[subprocess.Popen] = []
        self.faults: list[str] = []

    # The words of the compose file

    def _binaries(self) -> Path:
        place = Place(ROOT, self.scratch)
        return servers.reachable(self.account, servers.postgres(place)).parent

    def _scripts(self, tool: Path) -> Path:
        folder = self.scratch / "bin"
        shutil.copytree(ROOT / "deploy/database", folder)
        shutil.copy2(tool, folder / "pgbackrest")
        for path in [folder, *folder.iterdir()]:
            path.chmod(0o755)
        return folder

    def words(self) -> list[str]:
        """How `db` starts, with its usual settings, upon a socket of our own."""
        compose = (ROOT / "docker-compose.yml").read_text()
        command = re.search(r"command: >-\s+postgres\n(.+?)\n    \w", compose, re.S)[1]
        usual = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", command)
        sockets = f"--unix_socket_directories={self.scratch / 'sockets'}"
        return [*shlex.split(usual), "--listen_addresses=", sockets]

    @property
    def environment(self) -> dict[str, str]:
        """What the containers of `db` and `backup` have."""
        told = {
            name: value
            for name, value in os.environ.items()
            if name.startswith(("POKMAS_BACKUP_S3_", "PGBACKREST_"))
        }
        return told | {
            "PATH": f"{self.scripts}:{self.binaries}:{os.defpath}",
            "LC_ALL": "C",
            "TMPDIR": str(self.scratch / "tmp"),
            "PGDATA": str(self.cluster),
            "PGHOST": str(self.scratch / "sockets"),
            "PGUSER": "pokmas",
            "POKMAS_BACKUP_FOLDER": str(self.scratch / "backup"),
            "POKMAS_BACKUP_PASSPHRASE_FILE": str(self.passphrase),
        }

    def as_database(self, *words: str) -> str:
        done = subprocess.run(
            words,
            env=self.environment,
            cwd="/",
            capture_output=True,
            text=True,
            **self.account.change,
        )
        if done.returncode:
            sys.exit(f"{shlex.join(words)}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def make_cluster(self) -> None:
        locale = ["--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8"]
        self.as_database("initdb", "-U", "pokmas", "--auth=trust", *locale)

    @contextmanager
    def database(self):
        log = (self.scratch / "postgres.log").open("a")
        server = subprocess.Popen(
            ["postgres", *self.words()],
            env=self.environment,
            cwd=self.scratch,
            stdout=log,
            stderr=log,
            **self.account.change,
        )
        self.children.append(server)
        self.wait_for_database(server)
        yield
        server.send_signal(signal.SIGINT)
        server.wait(LIMIT)

    def wait_for_database(self, server: subprocess.Popen) -> None:
        """Until it takes writes, which it does when it is back at its moment."""
        until = time.monotonic() + LIMIT
        while time.monotonic() < until and server.poll() is None:
            asked = subprocess.run(
                ["psql", "-XAtc", "SELECT pg_is_in_recovery()", "postgres"],
                env=self.environment,
                capture_output=True,
                text=True,
                **self.account.change,
            )
            if asked.stdout.strip() == "f":
                return
            time.sleep(0.1)
        sys.exit((self.scratch / "postgres.log").read_text()[-3000:])

    # The portal

    @property
    def settings(self) -> dict[str, str]:
        sockets = self.scratch / "sockets"
        return os.environ | {
            "DATABASE_URL": f"postgres://pokmas_app:portal@/pokmas?host={sockets}",
            "POKMAS_OWNER_DATABASE_URL": f"postgres://pokmas@/pokmas?host={sockets}",
            "POKMAS_DATA_DIR": str(self.data),
            "DJANGO_SETTINGS_MODULE": "pokmas.settings",
        }

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.settings,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            self.fault(f"{words[0]}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    @contextmanager
    def portal(self):
        up = [sys.executable, "manage.py", "up", "--port", str(self.port)]
        portal = subprocess.Popen(
            up, cwd=ROOT, env=self.settings, stdout=subprocess.DEVNULL
        )
        self.children.append(portal)
        wait_for_page(portal, self.port)
        yield
        portal.send_signal(signal.SIGINT)
        portal.wait(LIMIT)

    def work(self, seconds: int) -> int:
        """People plan and report for so long; how many reports were answered."""
        ledger = Ledger()
        people = [Client(self.port, name) for name in OPERATORS]
        with at_work([planner(person, ledger) for person in people]) as troubles:
            time.sleep(seconds)
        for trouble in troubles:
            self.fault(trouble)
        return len(ledger.reported)

    # What is there

    def rows(self) -> dict[str, tuple[str, str]]:
        """Of each table how many rows, and their fingerprint, all at one moment."""
        psql = ["psql", "-XAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "pokmas", "-c"]
        tables = self.as_database(*psql, TABLES).split()
        asked = " UNION ALL ".join(ROWS.format(name) for name in tables)
        lines = self.as_database(*psql, asked).splitlines()
        split = (line.split("\t") for line in lines)
        return {name: (count, mark) for name, count, mark in split}

    def documents(self) -> dict[str, str]:
        media = self.data / "media"
        return {
            str(path.relative_to(media)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in media.rglob("*")
            if path.is_file()
        }

    def moment(self) -> tuple[str, dict, dict]:
        """A moment at which nothing was under way, and all that was there."""
        while True:
            rows, documents = self.rows(), self.documents()
            time.sleep(1)
            at = self.as_database("psql", "-XAtc", "SELECT now()", "pokmas").strip()
            if still(self.rows()) == still(rows) and self.documents() == documents:
                return at, rows, documents

    def fault(self, words: str) -> None:
        self.faults.append(words)
        print(f"  FAULT {words}", flush=True)

    # The way

    def run(self, seconds: int) -> int:
        self.make_cluster()
        with self.database():
            self.as_database("psql", "-XAtc", "CREATE DATABASE pokmas", "postgres")
            with self.portal():
                at, rows, documents, head = self.until_the_moment(seconds)
                after = self.work(seconds)
                self.manage("keep_documents", str(self.kept))
                later, filed = self.rows(), self.documents()
                self.disaster()
            with took("backup of the next day"):
                self.as_database("portal-backup")
        print(f"after the moment: {after} reports, {grown(rows, later)} rows,")
        print(f"  {len(filed) - len(documents)} documents more", flush=True)
        self.sizes()
        self.back_to(at)
        with took("start of the database, until it is at the moment"):
            running = self.database()
            running.__enter__()
        with took("check_data and check_audit"):
            self.manage("check_data")
            self.manage("check_audit", "--head", head)
        self.compare(rows, documents)
        running.__exit__(None, None, None)
        print(f"{len(self.faults)} faults")
        return 1 if self.faults else 0

    def until_the_moment(self, seconds: int) -> tuple[str, dict, dict, str]:
        with took("full backup, checked and verified"):
            self.as_database("portal-backup", "full")
        self.manage("keep_documents", str(self.kept))
        before = self.work(seconds)
        sealed = self.manage("check_audit", "--seal")
        head = re.search(r"rantai: ([0-9a-f]{64})", sealed)[1]
        at, rows, documents = self.moment()
        counted = sum(int(count) for count, _mark in rows.values())
        print(f"the moment: {at}, after {before} reports; {counted} rows in")
        print(f"  {len(rows)} tables, {len(documents)} documents", flush=True)
        return at, rows, documents, head

    def disaster(self) -> None:
        """The owner's hand slips; and a tidy-up takes half of the documents."""
        slip = "TRUNCATE outreach_activity CASCADE"
        self.as_database("psql", "-XAtc", slip, "pokmas")
        for name in sorted(self.documents())[::2]:
            if name != "mark":
                (self.data / "media" / name).unlink()
        self.manage("keep_documents", str(self.kept))

    def back_to(self, at: str) -> None:
        self.cluster, self.data = self.scratch / "again", self.scratch / "data-again"
        self.data.mkdir()
        secret = "secrets.json"
        shutil.copy2(self.scratch / "data" / secret, self.data / secret)
        with took("restore of the database"):
            words = ["--type=time", f"--target={at}", "--target-action=promote"]
            self.as_database("portal-pgbackrest", *words, "restore")
        with took("restore of the documents"):
            for folder in [*self.kept.glob("gone/*"), self.kept / "media"]:
                copy = ["cp", "--recursive", "--no-clobber", f"{folder}/."]
                subprocess.run([*copy, str(self.data / "media")], check=True)

    def compare(self, rows: dict, documents: dict) -> None:
        then, there = still(rows), still(self.rows())
        unlike = [name for name in then if then[name] != there.get(name)]
        for name in unlike:
            self.fault(f"{name}: {rows[name]} was {there.get(name)}")
        found = self.documents()
        lost = [name for name in documents if found.get(name) != documents[name]]
        for name in lost:
            self.fault(f"document {name} is not what it was")
        print(f"{len(then) - len(unlike)} of {len(then)} tables are as then;")
        print(f"  {len(documents) - len(lost)} of {len(documents)} documents, and")
        print(f"  {len(found) - len(documents)} of later", flush=True)

    def sizes(self) -> None:
        for name in ("db", "backup", "kept"):
            sized = subprocess.check_output(
                ["du", "-sm", self.scratch / name], text=True
            )
            print(f"{name}: {sized.split()[0]} MB on disk", flush=True)

    def end(self) -> None:
        for child in reversed(self.children):
            if child.poll() is None:
                child.send_signal(signal.SIGINT)
                child.wait(LIMIT)


def still(rows: dict) -> dict:
    return {name: found for name, found in rows.items() if name not in RESTLESS}


def grown(before: dict, after: dict) -> int:
    return sum(int(after[name][0]) - int(before[name][0]) for name in before)


@contextmanager
def took(what: str):
    since = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - since:.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())

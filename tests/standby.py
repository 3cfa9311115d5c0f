"""A streaming replica of a PostgreSQL of ours: followed, paused, killed, started."""

import os
import shutil
import signal
import subprocess
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection, connections

from pokmas.launch import servers
from pokmas.launch.place import Place, socket_folder
from pokmas.launch.process import Child
from pokmas.server import replica
from tests.waiting import PATIENCE, wait_until

# Only for as long as there is a replica: nobody else signs in as the superuser.
ADMITTED = "local all postgres trust\nlocal replication postgres trust\n"


class Standby:
    """The replica; `sockets` is the folder that leads to it."""

    def __init__(self, place: Place):
        self.home = servers._home(place)
        self.folder = self.home.folder / "replica"
        self.cluster = self.folder / "postgres"
        program = servers.reachable(self.home.account, servers.postgres(place))
        self.binaries = program.parent
        uid = self.home.account.uid
        self.sockets = socket_folder(
            self.folder / "sockets", f"{place.mark}-replica", uid
        )
        options = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self.sockets}"',
            # Whoever stands in the way of what is to be repeated gives way at once.
            "max_standby_streaming_delay": "0",
            "fsync": "off",
        }
        words = [f"--{name}={value}" for name, value in options.items()]
        self.program = Child(
            "replica",
            [str(program), "-D", str(self.cluster), *words],
            place.log / "replica.log",
            {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            self.home.folder,
            self.home.account.change,
        )

    def copy(self) -> None:
        """Begin with the primary as it is now."""
        shutil.rmtree(self.cluster, ignore_errors=True)
        self.home.account.own(self.folder)
        command = [str(self.binaries / "pg_basebackup"), "--write-recovery-conf"]
        command += ["--checkpoint=fast", "--no-sync", f"--pgdata={self.cluster}"]
        subprocess.run(
            [*command, f"--host={self.home.sockets}", "--username=postgres"],
            check=True,
            cwd="/",
            env=self.program.environment,
            **self.home.account.change,
        )

    def start(self) -> None:
        self.program.before = lambda: servers.clear_stale_pid(
            self.cluster, self.sockets
        )
        self.program.start()
        wait_until(lambda: self._answers(), what="the replica answers")

    def kill(self) -> None:
        self.program.kill_group()
        self.program.wait(PATIENCE)

    def pause(self) -> None:
        self.catch_up()
        self.ask(self.sockets, "SELECT pg_wal_replay_pause()")
        wait_until(
            lambda: (
                self.ask(self.sockets, "SELECT pg_get_wal_replay_pause_state()")
                == "paused"
            )
        )

    def resume(self) -> None:
        self.ask(self.sockets, "SELECT pg_wal_replay_resume()")
        self.catch_up()

    @contextmanager
    def held(self):
        """It stands still meanwhile."""
        self.pause()
        try:
            yield
        finally:
            self.resume()

    def catch_up(self) -> None:
        """Wait until the replica has all that the primary has."""
        newest = "SELECT pg_current_wal_insert_lsn()::text"
        newest = self.ask(self.home.sockets, newest)
        words = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
        wait_until(
            lambda: self.ask(self.sockets, words, [newest]),
            what="the replica catches up",
        )

    def end(self) -> None:
        self.kill()
        shutil.rmtree(self.folder)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            return self.ask(self.sockets, "SELECT pg_is_in_recovery()")
        except psycopg.OperationalError:
            return False

    def ask(self, sockets: Path, words: str, params=None):
        where = {"host": str(sockets), "user": "postgres", "dbname": "postgres"}
        with psycopg.connect(**where, autocommit=True) as connection:
            return connection.execute(words, params).fetchone()[0]


@contextmanager
def standby(place: Place):
    """A replica that follows the running database of this place."""
    ours = Standby(place)
    with admitted(ours.home):
        try:
            ours.copy()
            ours.start()
            yield ours
        finally:
            ours.end()


@contextmanager
def admitted(home: servers.Home):
    file = home.database / "pg_hba.conf"
    usual = file.read_text()
    try:
        _let_in(home, ADMITTED + usual)
        yield
    finally:
        _let_in(home, usual)


def _let_in(home: servers.Home, who: str) -> None:
    (home.database / "pg_hba.conf").write_text(who)
    number = (home.database / "postmaster.pid").read_text().split("\n")[0]
    os.kill(int(number), signal.SIGHUP)


@contextmanager
def told_of(**there):
    """The portal knows of a replica of the test's database at this place."""
    connections.settings[replica.ALIAS] = connection.settings_dict | there
    line = connections.create_connection(replica.ALIAS)
    # The test runner lets nobody connect by a name that no setting had at its start.
    line.alias = "by hand"
    connections[replica.ALIAS] = connections[line.alias] = line
    replica._resting_until = 0.0
    try:
        yield
    finally:
        line.close()
        del connections[replica.ALIAS], connections[line.alias]
        del connections.settings[replica.ALIAS]
        replica._resting_until = 0.0

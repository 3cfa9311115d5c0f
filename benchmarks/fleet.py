"""Several hosts on one machine: what docker-compose.yml and deploy/several-hosts.yml
start, each in a network of its own.

Everything lives in namespaces of the benchmark's process and ends with it, however it
ends: networks, mounts and processes. Only for root.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from start import ROOT, copy

from pokmas.launch.account import for_servers
from pokmas.launch.place import Place
from pokmas.launch.servers import postgres, reachable, valkey

COMPOSE, BESIDE = (
    yaml.safe_load((ROOT / name).read_text())["services"]
    for name in ("docker-compose.yml", "deploy/several-hosts.yml")
)
COMPOSE["balancer"] = BESIDE["balancer"]
COMPOSE["proxy"]["environment"] |= BESIDE["proxy"]["environment"]
# What the Dockerfile runs, each on one line.
STEPS = re.findall(
    r"^RUN (.+)$", (ROOT / "Dockerfile").read_text().replace("\\\n", ""), re.MULTILINE
)
NAME, NET = "portal.hosts.test", "10.77.0"
PORT = 8000
# PostgreSQL never runs as root; the others do, for their Python may be root's own.
ACCOUNT = for_servers()
CONTAINER = ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
DATABASE = [*CONTAINER, f"--reuid={ACCOUNT.uid}", f"--regid={ACCOUNT.uid}"]
DATABASE += ["--clear-groups"]
PATIENCE = 120
NAMESPACES = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
HOLD = """
import django, os, time
django.setup()
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    held = [os.environ["HELD"]]
    cursor.execute("SELECT 1 FROM accounts_user WHERE id = %s FOR UPDATE", held)
    print("held")
    time.sleep(600)
"""
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^{}]*))?\}")


def in_namespaces(command: list[str]) -> int:
    """Run it as the first process of namespaces of its own."""
    return subprocess.run(["unshare", *NAMESPACES, *command]).returncode


def do(words: str, **options) -> str:
    done = subprocess.run(shlex.split(words), capture_output=True, text=True, **options)
    if done.returncode:
        raise SystemExit(f"{words}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def wait_until(true: Callable[[], object], what: str, seconds: float = PATIENCE):
    until = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > until:
            raise SystemExit(f"{what} did not come within {seconds} seconds")
        time.sleep(0.1)
    return found


def filled(words: str, values: dict[str, str]) -> str:
    """As Compose fills in what stands in a file, from the innermost on."""

    def value(found: re.Match) -> str:
        name, kind, other = found.groups()
        if values.get(name):
            return values[name]
        if kind == "?":
            raise SystemExit(f"{name}: {other}")
        return other or ""

    while VARIABLE.search(words):
        words = VARIABLE.sub(value, words)
    return words.replace("$$", "$")


class Host:
    """A machine with an address; what runs there is named as in docker-compose.yml."""

    def __init__(self, name: str, number: int, scratch: Path) -> None:
        self.name, self.address = name, f"{NET}.{number}"
        self.folder = scratch / name
        self.folder.mkdir()
        for part in ("data/static", "data/media", "static", "tmp", "log"):
            (self.folder / part).mkdir(parents=True)
        do(f"ip netns add {name}")
        do(f"ip link add {name} type veth peer name eth0 netns {name}")
        do(f"ip link set {name} master pokmas up")
        do(f"ip -n {name} addr add {self.address}/24 dev eth0")
        for link in ("lo", "eth0"):
            do(f"ip -n {name} link set {link} up")
        # As in a container.
        self.do("sysctl -qw net.ipv4.ip_unprivileged_port_start=0")

    @property
    def code(self) -> Path:
        return self.folder / "code"

    def do(self, words: str) -> str:
        return do(f"ip netns exec {self.name} {words}")

    def start(self, what: str, command: list[str], environment: dict, **options):
        """A program of this host, without any right of root's; its log is added to."""
        where = ["nsenter", f"--net=/run/netns/{self.name}", "--"]
        who = ["setpriv", *(DATABASE if what == "db" else CONTAINER), "--"]
        with self.log(what).open("ab") as log:
            return subprocess.Popen(
                [*where, *who, *command],
                cwd=self.code if self.code.exists() else self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                **{"stdout": log, "stderr": subprocess.STDOUT} | options,
            )

    def run(self, what: str, command: list[str], environment: dict) -> str:
        """The same to its end; what it printed."""
        pipe = subprocess.PIPE
        process = self.start(what, command, environment, stdout=pipe, text=True)
        printed, _nothing = process.communicate()
        if process.returncode:
            told = self.log(what).read_text()[-3000:]
            raise SystemExit(f"{what} on {self.name}: {printed[-3000:]}{told}")
        return printed

    def log(self, what: str) -> Path:
        return self.folder / "log" / f"{what}.log"

    @property
    def visits(self) -> int:
        """How many pages its web server was asked for; of the proxy's looks none."""
        lines = self.logged("web").splitlines()
        return sum("pokmas.visits" in each and "/health/" not in each for each in lines)

    def logged(self, what: str) -> str:
        return self.log(what).read_text(errors="replace")

    def kill(self) -> None:
        """All its processes at once, as if somebody pulled the plug, only that the
        others are told by its kernel."""
        while pids := do(f"ip netns pids {self.name}").split():
            for pid in pids:
                try:
                    os.kill(int(pid), signal.SIGKILL)
                except ProcessLookupError:
                    continue
            time.sleep(0.02)

    def cut(self) -> None:
        """From now on nothing comes or goes, and nobody is told."""
        do(f"ip link set {self.name} down")

    def mend(self) -> None:
        do(f"ip link set {self.name} up")


def packages(venv: Path) -> None:
    """Those of the image, as long as the net can be reached."""
    lock, installed = ROOT / "requirements-production.lock", venv / "installed"
    if not installed.exists() or installed.read_text() != lock.read_text():
        for step in STEPS:
            if "venv" in step:
                do(shlex.join(shell(step, venv)), cwd=ROOT)
        shutil.copy(lock, installed)


def shell(step: str, venv: Path) -> list[str]:
    return ["sh", "-ec", step.replace("/opt/venv", str(venv))]


class Image:
    """What the Dockerfile makes: packages, code, compiled words, static files."""

    def __init__(self, scratch: Path, venv: Path) -> None:
        self.venv = venv
        self.code = copy(scratch / "image")
        shutil.rmtree(self.code / "tests")

    def unpack(self, host: Host) -> None:
        """Each of the web hosts builds its own."""
        shutil.copytree(self.code, host.code)
        for step in STEPS:
            if "python " in step and "venv" not in step:
                host.run("build", shell(step, self.venv), self.environment(host))

    def copy(self, built: Host, host: Host) -> None:
        for part in ("code", "static"):
            shutil.copytree(built.folder / part, host.folder / part, dirs_exist_ok=True)

    def environment(self, host: Host) -> dict[str, str]:
        return {
            "PATH": f"{self.venv}/bin:{os.defpath}",
            "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
            "HOSTNAME": host.name,
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "pokmas.settings",
            "POKMAS_STATIC_ROOT": str(host.folder / "static"),
        }


class Fleet:
    """A database and queue, proxy and balancer, two web and two worker hosts."""

    def __init__(self, scratch: Path, venv: Path) -> None:
        self.scratch = scratch
        self._lay_wires()
        self.services = Host("services", 2, scratch)
        self.front = Host("proxy", 3, scratch)
        self.webs = [Host("web-a", 11, scratch), Host("web-b", 12, scratch)]
        self.workers = [Host("worker-a", 21, scratch), Host("worker-b", 22, scratch)]
        self.hosts = [self.services, self.front, *self.webs, *self.workers]
        self._share()
        place = Place(ROOT, ROOT / "var")
        self.postgres = reachable(ACCOUNT, postgres(place))
        self.valkey = valkey(place)
        self.image = Image(scratch, venv)
        do(f"sh {ROOT}/deploy/make-secrets", cwd=scratch)
        self.running: dict[tuple[str, str], subprocess.Popen] = {}

    def _lay_wires(self) -> None:
        """All of it seen by this process and its children alone."""
        Path("/run/netns").mkdir(exist_ok=True)
        do("mount -t tmpfs none /run/netns")
        do("ip link set lo up")
        do("ip link add pokmas type bridge")
        do(f"ip addr add {NET}.1/24 dev pokmas")
        do("ip link set pokmas up")

    def _share(self) -> None:
        names = {host.name: host.address for host in self.hosts}
        names |= {"db": self.services.address, "queue": self.services.address}
        names |= {NAME: self.front.address, "balancer": self.front.address}
        names["localhost"] = "127.0.0.1"
        lines = [f"{address} {name}\n" for name, address in names.items()]
        (self.scratch / "hosts").write_text("".join(lines))
        do(f"mount --bind {self.scratch}/hosts /etc/hosts")
        # Where the proxy looks for the static files that `migrate` laid out.
        do(f"mount --bind {self.services.folder}/data /srv")
        (self.scratch / "media").mkdir()

    # .env, and what Compose makes of it

    @property
    def dotenv(self) -> dict[str, str]:
        where = self.services.address
        return {
            "POKMAS_BASE_URL": f"http://{NAME}",
            "POKMAS_ALLOWED_HOSTS": NAME,
            "POKMAS_DOMAIN": f"http://{NAME}",
            "POKMAS_SECURE": "0",
            "EMAIL_URL": f"filemail://{self.scratch}/media/mail",
            "POKMAS_WEB": " ".join(f"{each.address}:{PORT}" for each in self.webs),
            "DATABASE_URL": f"postgres://pokmas_app@{where}:5432/pokmas",
            "REDIS_URL": f"redis://{where}:6379/0",
            "POKMAS_MEDIA_ROOT": f"{self.scratch}/media",
            "WEB_CONCURRENCY": "2",
        }

    def environment(self, service: str, host: Host) -> dict[str, str]:
        """That of a container, its folders in the folder of the host."""
        dotenv = self.dotenv
        named = {
            name: self.moved(filled(str(value), dotenv))
            for name, value in COMPOSE[service].get("environment", {}).items()
        }
        folders = {
            "POKMAS_DATA_DIR": str(host.folder / "data"),
            "TMPDIR": str(host.folder / "tmp"),
            "XDG_CACHE_HOME": str(host.folder / "tmp"),
        }
        return self.image.environment(host) | dotenv | named | folders

    def moved(self, words: str) -> str:
        """What names a secret of a container, with the file that it stands in here."""
        return words.replace("/run/secrets", f"{self.scratch}/secrets")

    def secret(self, name: str) -> str:
        return (self.scratch / "secrets" / name).read_text().strip()

    def command(self, service: str) -> list[str]:
        command = COMPOSE[service]["command"]
        words = command if isinstance(command, list) else shlex.split(command)
        return [self.moved(filled(word, self.dotenv)) for word in words]

    # Programs

    def start(self, service: str, host: Host) -> None:
        self.running[service, host.name] = host.start(
            service, self.command(service), self.environment(service, host)
        )

    def stop(self, service: str, host: Host) -> None:
        """As `docker compose stop`: it is asked to end, and killed if it does not."""
        process = self.running.pop((service, host.name))
        process.terminate()
        grace = COMPOSE[service].get("stop_grace_period", "10s")
        try:
            process.wait(int(grace.rstrip("s")))
        except subprocess.TimeoutExpired:
            process.kill()
            raise SystemExit(
                f"{service} on {host.name} did not end in {grace}"
            ) from None

    def make_database(self) -> None:
        """As the image of PostgreSQL does: its owner is the superuser."""
        folder, binaries = self.services.folder / "db", self.postgres.parent
        ACCOUNT.own(folder)
        word = folder / "password"
        word.write_text(self.secret("owner-password"))
        word.chmod(0o644)
        options = COMPOSE["db"]["environment"]["POSTGRES_INITDB_ARGS"]
        plain = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        initdb = (
            f"{binaries}/initdb -D {folder}/data -U pokmas --pwfile={word} {options}"
        )
        self.services.run("db", shlex.split(f"{initdb} --auth=scram-sha-256"), plain)
        with (folder / "data" / "pg_hba.conf").open("a") as admitted:
            admitted.write(f"host all all {NET}.0/24 scram-sha-256\n")
        self.start_database()
        self.psql("CREATE DATABASE pokmas", database="postgres")

    def start_database(self) -> None:
        folder = self.services.folder / "db"
        _program, *words = self.command("db")
        words += ["-D", f"{folder}/data", f"--unix_socket_directories={folder}"]
        self.running["db", "services"] = self.services.start(
            "db",
            [str(self.postgres), *words, "--listen_addresses=*"],
            {"PATH": os.defpath, "TZ": "UTC"},
        )
        wait_until(self._database_answers, "the database")

    def _database_answers(self) -> bool:
        try:
            return bool(self.psql("SELECT 1", database="postgres"))
        except subprocess.CalledProcessError:
            return False

    def restart_database(self, number: signal.Signals) -> None:
        """Docker starts it again at once."""
        process = self.running["db", "services"]
        process.send_signal(number)
        process.wait(60)
        self.start_database()

    def start_queue(self) -> None:
        server = f"{self.valkey} --dir {self.services.folder}/data"
        words = [
            re.sub(r"docker-entrypoint\.sh[\s\\]+redis-server", server, word)
            for word in self.command("queue")
        ]
        self.running["queue", "services"] = self.services.start(
            "queue", words, {"PATH": os.defpath}
        )

    def kill_queue(self) -> None:
        process = self.running.pop(("queue", "services"))
        process.kill()
        process.wait()

    def hush_queue(self, number: signal.Signals) -> None:
        """Its kernel takes what comes, and nobody answers."""
        self.running["queue", "services"].send_signal(number)

    def start_proxy(self) -> None:
        named = COMPOSE["proxy"]["environment"].items()
        home = str(self.front.folder / "data")
        config = str(shutil.copy(ROOT / "deploy" / "Caddyfile", self.front.folder))
        self.running["proxy", "proxy"] = self.front.start(
            "proxy",
            ["caddy", "run", "--config", config, "--adapter", "caddyfile"],
            {name: filled(value, self.dotenv) for name, value in named}
            | {"PATH": os.defpath, "HOME": home},
        )

    def start_balancer(self, *webs: Host) -> None:
        """With those web hosts behind it, all of them if none is named."""
        folder = self.front.folder
        shutil.copy(ROOT / "deploy" / "balancer.cfg", folder)
        moved = {"/tmp/": f"{folder}/tmp/", "/etc/haproxy/": f"{folder}/"}
        words = self.command("balancer")
        for where, instead in moved.items():
            words = [word.replace(where, instead) for word in words]
        behind = " ".join(f"{each.address}:{PORT}" for each in webs)
        self.running["balancer", "proxy"] = self.front.start(
            "balancer",
            words,
            {
                "POKMAS_WEB": behind or self.dotenv["POKMAS_WEB"],
                "PATH": f"{os.defpath}:/usr/sbin",
            },
        )

    def hold(self, host: Host, user: str) -> None:
        """A program of the portal locks a row there, and keeps it."""
        environment = self.environment("web", host) | {"HELD": user}
        host.start("hold", ["python", "-c", HOLD], environment)
        wait_until(lambda: "held" in host.logged("hold"), "the lock")

    def psql(self, query: str, *, database: str = "pokmas") -> list[list[str]]:
        """What the owner is answered, over the network."""
        done = subprocess.run(
            [f"{self.postgres.parent}/psql", "-XAtq", "-F", "\t", "-c", query],
            env={
                "PGHOST": self.services.address,
                "PGUSER": "pokmas",
                "PGPASSWORD": self.secret("owner-password"),
                "PGDATABASE": database,
                "PGCONNECT_TIMEOUT": "5",
                "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
            },
            check=True,
            capture_output=True,
            text=True,
        )
        return [line.split("\t") for line in done.stdout.splitlines()]

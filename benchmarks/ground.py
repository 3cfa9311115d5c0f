"""A PostgreSQL and a Valkey of a benchmark's own, in a folder that it names."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


@contextmanager
def servers_in(folder: Path, **settings: str):
    """Servers in `folder`, and the environment that leads to them; `settings` are
    more of it."""
    from pokmas.launch import keys
    from pokmas.launch.place import Place
    from pokmas.launch.servers import OWNER_URL, Servers

    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    place = Place(ROOT, folder.resolve())
    place.prepare()
    secrets = keys.load(place)
    servers = Servers(place, secrets)
    servers.start()
    os.environ.update(
        servers.addresses,
        # Rows are put there by the million, behind the back of the portal's role.
        DATABASE_URL=servers.owner[OWNER_URL],
        DJANGO_SETTINGS_MODULE="pokmas.settings",
        POKMAS_FIRST_LOOK="1",
        POKMAS_SECURE="0",
        POKMAS_DATA_DIR=str(folder),
        POKMAS_SECRET_KEY=secrets["POKMAS_SECRET_KEY"],
        POKMAS_DATA_KEYS=secrets["POKMAS_DATA_KEYS"],
        POKMAS_SEAL_KEYS=secrets["POKMAS_SEAL_KEYS"],
        POKMAS_LOG_LEVEL="ERROR",
        **settings,
    )
    try:
        yield servers
    finally:
        servers.stop()


@contextmanager
def portal_in(folder: Path):
    """Servers in `folder`, made if they are not there, and Django set up upon them."""
    with servers_in(folder, POKMAS_STATEMENT_TIMEOUT="0") as servers:
        django("migrate", "--verbosity=0")
        django("load_offices")
        import_django()
        yield servers


def django(*words: str) -> None:
    command = [sys.executable, "-m", "django", *words]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def import_django() -> None:
    import django as framework

    framework.setup()


def serve_plainly() -> None:
    """Let pages be asked for here, whose files nobody has gathered."""
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }


def processor(act) -> tuple[float, float]:
    """Milliseconds that this thread and its database work at it, whatever else the
    machine does meanwhile."""
    before = time.thread_time(), database_ms()
    act()
    return (time.thread_time() - before[0]) * 1000, database_ms() - before[1]


def database_ms() -> float:
    from django.db import connection

    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6

"""The programs that make up the portal, and the environment they are given."""

import os
import socket
from pathlib import Path

from pokmas.launch.address import Address
from pokmas.launch.place import Place
from pokmas.launch.process import Child
from pokmas.launch.servers import OWNER_URL, Servers

# Names the pipe that is closed when the database is ready.
PREPARED = "POKMAS_PREPARED"
# What is left of a web server ends by itself before that.
OUTLIVED_BY = 60.0


def settings(
    place: Place,
    secrets: dict[str, str],
    servers: Servers,
    where: Address,
) -> dict[str, str]:
    """The environment of every program of ours; what the caller set comes first.

    None of them comes in as the owner of the database, whoever started us.
    """
    defaults = {
        "DJANGO_SETTINGS_MODULE": "pokmas.settings",
        "POKMAS_FIRST_LOOK": "1",
        "POKMAS_SECURE": "0",
        **{name: value for name, value in secrets.items() if name.isupper()},
        "POKMAS_BASE_URL": where.url,
        "POKMAS_ALLOWED_HOSTS": ",".join(where.names),
    }
    fixed = {
        "POKMAS_DATA_DIR": str(place.data),
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "",  # every start would compile everything again
        OWNER_URL: "",
    }
    return defaults | os.environ | servers.addresses | fixed


def build(
    place: Place, settings: dict[str, str], bound: socket.socket, prepared: int
) -> list[Child]:
    """The web server, the worker and the clock.

    The first of them loads, and lets nobody in before the pipe `prepared` is closed.
    """
    celery = ["-m", "celery", "-A", "pokmas.celery"]
    worker = ["worker", "--queues=default,pdf,notify", "--concurrency=2"]
    worker += ["--without-gossip", "--without-mingle", "--loglevel=INFO"]
    beat = ["beat", "--pidfile=", "--loglevel=INFO"]
    lines = {"worker": [*celery, *worker], "beat": [*celery, *beat]}
    others = [
        Child(
            name,
            [str(place.python), *line],
            place.log / f"{name}.log",
            settings,
            place.root,
        )
        for name, line in lines.items()
    ]
    log = place.log / "web.log"
    waiting = settings | {PREPARED: str(prepared)}
    served = web(str(place.python), waiting, place.root, log, bound, prepared)
    return [served, *others]


def web(
    python: str,
    environment: dict[str, str],
    folder: Path,
    log: Path | None,
    bound: socket.socket,
    *open_too: int,
) -> Child:
    """gunicorn upon a socket that stays: if its master dies, the processes that it
    forked answer until the next master has its own."""
    # Open for as long as this process lives.
    number = bound.detach()
    command = ["-m", "gunicorn", "--config=python:pokmas.launch.web"]
    return Child(
        "web",
        [python, *command, f"--bind=fd://{number}"],
        log,
        environment,
        folder,
        change={"pass_fds": (number, *open_too)},
        outlived_by=OUTLIVED_BY,
    )

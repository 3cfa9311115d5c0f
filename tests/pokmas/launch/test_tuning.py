"""PostgreSQL is tuned to the machine, in both launchers."""

import re

import pytest
import yaml

from pokmas.launch import tuning
from tests.pokmas.launch.conftest import ROOT


@pytest.mark.parametrize(
    ("megabytes", "sizes"),
    [
        (512, ["128MB", "256MB", "4MB", "64MB"]),
        (2048, ["512MB", "1024MB", "8MB", "128MB"]),
        (200_000, ["8192MB", "32768MB", "32MB", "1024MB"]),
    ],
)
def test_its_memory_follows_from_the_machine(megabytes, sizes):
    said = tuning.settings(megabytes)

    names = ["shared_buffers", "effective_cache_size", "work_mem"]
    assert [said[name] for name in [*names, "maintenance_work_mem"]] == sizes


def test_a_container_counts_as_a_machine_of_the_size_of_its_limit(
    monkeypatch, tmp_path
):
    machine = tuning.memory()
    monkeypatch.setattr(tuning, "LIMIT", tmp_path / "memory.max")
    tuning.LIMIT.write_text("max\n")
    unlimited = tuning.memory()
    tuning.LIMIT.write_text(f"{256 * 1024**2}\n")

    assert (unlimited >= machine, tuning.memory()) == (True, 256)


def test_the_compose_file_says_the_same_as_the_launcher():
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    command = compose["services"]["db"]["command"]
    said = dict(re.findall(r"--(\w+)=(\S+)", command))
    usual = {
        name: re.sub(r"\$\{\w+:-(\w+)\}", r"\1", value)
        for name, value in said.items()
        if not name.startswith("archive_")
    }

    assert usual == tuning.settings(2048)

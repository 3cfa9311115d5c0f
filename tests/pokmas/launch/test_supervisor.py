"""The supervisor as a process of its own, with small children that are real."""

import json
import os
import signal
import subprocess
import sys

import pytest

from pokmas.launch import process
from tests.pokmas.launch.conftest import ROOT
from tests.waiting import PATIENCE, wait_until

SUPERVISOR = """
import os, sys
from pathlib import Path
from pokmas.launch.process import Child
from pokmas.launch.supervisor import Ending, Signals, Supervisor

folder = Path(sys.argv[1])
supervisor = Supervisor(folder / "children.json", Signals())
for name in ("postgres", "web"):
    # Ends by itself after a while, should a test leave it behind.
    wait = "for turn in $(seq 6000); do sleep 0.05; done"
    line = f"trap 'echo {name} >> ended; exit' TERM; {wait}"
    log = folder / f"{name}.log"
    supervisor.start(Child(name, ["sh", "-c", line], log, dict(os.environ), folder))
try:
    print("up", flush=True)
    supervisor.watch()
except Ending:
    pass
supervisor.stop(last={"postgres"})
"""


@pytest.fixture
def supervisor(tmp_path):
    program = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout.readline() == "up\n"
    yield program
    program.kill()
    program.wait()


def pids(folder) -> list[int]:
    return [pid for pid, _ in json.loads((folder / "children.json").read_text())]


def test_a_dead_child_is_started_again(supervisor, tmp_path):
    postgres, web = pids(tmp_path)

    os.kill(web, signal.SIGKILL)

    assert "web berhenti" in supervisor.stdout.readline()
    wait_until(lambda: pids(tmp_path) != [postgres, web])
    again = pids(tmp_path)
    assert again[0] == postgres
    assert again[1] != web
    assert process.birth(again[1]) != ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_all_the_servers_last(supervisor, tmp_path, number):
    children = pids(tmp_path)

    supervisor.send_signal(number)

    assert supervisor.wait(PATIENCE) == 0
    assert [process.birth(pid) for pid in children] == ["", ""]
    assert (tmp_path / "ended").read_text().split() == ["web", "postgres"]
    assert not (tmp_path / "children.json").exists()

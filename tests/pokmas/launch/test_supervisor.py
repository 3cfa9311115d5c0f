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
for name, outlived_by in (("postgres", 0), ("web", 600)):
    # Ends by itself after a while, should a test leave it behind.
    wait = "for turn in $(seq 6000); do sleep 0.05; done"
    fork = f"{{ {wait}; }} & echo $! >> {name}.forked"
    line = f"trap 'echo {name} >> ended; exit' TERM; {fork}; {wait}"
    log = folder / f"{name}.log"
    child = Child(name, ["sh", "-c", line], log, dict(os.environ), folder)
    child.outlived_by = outlived_by
    supervisor.start(child)
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


def forked(folder, name, count) -> list[int]:
    """What the child of that name has forked, in so many lives."""
    kept = folder / f"{name}.forked"
    wait_until(lambda: kept.exists() and len(kept.read_text().split()) == count)
    return [int(pid) for pid in kept.read_text().split()]


def test_what_a_dead_web_server_forked_answers_until_all_ends(supervisor, tmp_path):
    (left,) = forked(tmp_path, "web", 1)

    os.kill(pids(tmp_path)[1], signal.SIGKILL)
    _left, again = forked(tmp_path, "web", 2)
    assert process.birth(left) != ""

    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(PATIENCE) == 0
    wait_until(lambda: [process.birth(pid) for pid in (left, again)] == ["", ""])


def test_what_another_dead_child_forked_goes_with_it(supervisor, tmp_path):
    (left,) = forked(tmp_path, "postgres", 1)

    os.kill(pids(tmp_path)[0], signal.SIGKILL)

    wait_until(lambda: process.birth(left) == "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_all_the_servers_last(supervisor, tmp_path, number):
    children = pids(tmp_path)

    supervisor.send_signal(number)

    assert supervisor.wait(PATIENCE) == 0
    assert [process.birth(pid) for pid in children] == ["", ""]
    assert (tmp_path / "ended").read_text().split() == ["web", "postgres"]
    assert not (tmp_path / "children.json").exists()

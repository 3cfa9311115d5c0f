import os
import subprocess
import sys
import time

from pokmas.launch import process
from pokmas.launch.place import write_private
from pokmas.launch.supervisor import end_forgotten
from tests.waiting import PATIENCE, wait_until

# A program that forks a child of its own and prints both numbers.
FAMILY = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(os.getpid(), child.pid, flush=True)
time.sleep(60)
"""


def gone(pid: int) -> bool:
    return wait_until(lambda: not process.birth(pid), what=f"{pid} is gone")


def family() -> tuple[int, int, subprocess.Popen[str]]:
    program = subprocess.Popen(
        [sys.executable, "-c", FAMILY],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    parent, child = program.stdout.readline().split()
    return int(parent), int(child), program


def test_children_of_a_killed_launcher_are_ended_with_all_they_forked(tmp_path):
    parent, child, program = family()
    write_private(tmp_path / "record", [[parent, process.birth(parent)]])

    ended = end_forgotten(tmp_path / "record")

    program.wait()
    assert ended == 1
    assert (gone(parent), gone(child)) == (True, True)
    assert not (tmp_path / "record").exists()


def test_what_a_dead_child_left_behind_is_ended_too(tmp_path):
    parent, child, program = family()
    write_private(tmp_path / "record", [[parent, process.birth(parent)]])
    program.kill()
    program.wait()

    end_forgotten(tmp_path / "record")

    assert gone(child)


def test_a_number_that_belongs_to_somebody_else_by_now_is_left_alone(tmp_path):
    parent, child, program = family()
    write_private(tmp_path / "record", [[parent, "another boot 1"]])

    ended = end_forgotten(tmp_path / "record")

    assert ended == 0
    assert (process.birth(parent) != "", process.birth(child) != "") == (True, True)
    process.kill_group(parent)
    program.wait()


def test_a_child_is_not_reached_by_the_ctrl_c_of_the_terminal(tmp_path):
    child = process.Child(
        "sleeper", ["sleep", "60"], tmp_path / "log", dict(os.environ), tmp_path
    )
    child.start()

    assert os.getpgid(child.process.pid) != os.getpgid(0)
    process.end([child], 5, lambda: False)
    assert not child.alive


def test_a_child_that_will_not_end_is_killed(tmp_path):
    stubborn = "trap '' TERM; echo ready; while true; do sleep 1; done"
    child = process.Child(
        "stubborn", ["sh", "-c", stubborn], tmp_path / "log", dict(os.environ), tmp_path
    )
    child.start()
    wait_until(lambda: "ready" in (tmp_path / "log").read_text())

    process.end([child], 0.2, lambda: False)

    assert not child.alive


def test_a_log_that_has_grown_long_makes_room(tmp_path, monkeypatch):
    monkeypatch.setattr(process, "LOG_LIMIT", 10)
    child = process.Child(
        "talker", ["echo", "0123456789 ten and more"], tmp_path / "t.log", {}, tmp_path
    )
    child.environment = dict(os.environ)
    child.start()
    child.wait(time.monotonic() + PATIENCE)

    child.trim_log()

    assert (tmp_path / "t.log").read_text() == ""
    assert (tmp_path / "t.log.1").read_text() == "0123456789 ten and more\n"

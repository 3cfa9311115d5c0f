from datetime import UTC, datetime

import pytest
import time_machine

from pokmas.launch import apt, cli, clock
from pokmas.launch.console import LaunchError

LEAP_DAY = datetime(2028, 2, 29, 10, tzinfo=UTC)


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A library where Debian keeps it."""
    path = tmp_path / "x86_64-linux-gnu" / "faketime" / clock.LIBRARY
    path.parent.mkdir(parents=True)
    path.write_bytes(b"names\0time\0epoll_wait\0rest\0epoll_wait\0")
    monkeypatch.setattr(clock, "FOLDERS", [tmp_path])
    return path


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2028-02-29 10:00", LEAP_DAY),
        ("2028-02-29T10:00", LEAP_DAY),
        ("2026-12-31", datetime(2026, 12, 31, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_utc(words, moment):
    assert clock.moment(words) == moment


def test_a_moment_that_does_not_exist_is_refused_before_anything_is_done(capsys):
    assert cli.run(["test", "--on", "2027-02-29 10:00"]) == 1
    assert "“2027-02-29 10:00” tidak dikenali" in capsys.readouterr().err


def test_every_program_is_told_the_same_distance_from_the_real_clock(library, tmp_path):
    with time_machine.travel("2026-11-28 09:59:30Z", tick=False):
        told = clock.moved_to(LEAP_DAY, tmp_path)

    assert told == {
        "LD_PRELOAD": str(tmp_path / clock.LIBRARY),
        "FAKETIME": f"+{458 * 24 * 3600 + 30}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }


def test_a_day_gone_by_lies_in_the_other_direction(library, tmp_path):
    with time_machine.travel("2026-11-28 10:00Z", tick=False):
        told = clock.moved_to(datetime(2026, 11, 27, 10, tzinfo=UTC), tmp_path)

    assert told["FAKETIME"] == "-86400"


def test_the_copy_of_the_library_leaves_waiting_alone(library, tmp_path):
    clock.moved_to(LEAP_DAY, tmp_path)

    copy = (tmp_path / clock.LIBRARY).read_bytes()
    assert copy == b"names\0time\0-poll_wait\0rest\0epoll_wait\0"


def test_who_may_not_install_it_hears_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "FOLDERS", [tmp_path])
    monkeypatch.setattr(apt, "available", lambda: False)

    with pytest.raises(LaunchError, match="Pasang: sudo apt install faketime"):
        clock.moved_to(LEAP_DAY, tmp_path)


def test_words_for_pytest_arrive_as_they_were_said():
    words = ["-q", "tests/a.py::test_b[c d]", "-k", "not e", "-p", "no:randomly"]

    options, rest = cli._test_options(["--fast", *words, "-n0", "--on", "2028-02-29"])

    assert (options.fast, options.on, rest) == (True, "2028-02-29", words)
    assert options.processes == "0"

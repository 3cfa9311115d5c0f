import os
import stat
from pathlib import Path

import pytest

from pokmas.launch.console import LaunchError
from pokmas.launch.place import (
    LONGEST_SOCKET,
    fits,
    hold,
    read_json,
    socket_folder,
    try_hold,
    write_private,
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def short(tmp_path_factory, monkeypatch):
    """A runtime folder with a short path, as a login session has."""
    folder = Path("/tmp") / f"pokmas-test-{os.getpid()}"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    for path in [*folder.iterdir(), folder]:
        path.rmdir()


def test_a_socket_name_of_107_bytes_fits_and_one_more_does_not():
    name = "/.s.PGSQL.5432"
    longest = "/" + "d" * (LONGEST_SOCKET - len(name) - 1)

    assert len(longest + name) == LONGEST_SOCKET
    assert (fits(Path(longest)), fits(Path(longest + "d"))) == (True, False)


def test_a_path_with_a_comma_does_not_fit():
    assert not fits(Path("/srv/one, two"))


def test_sockets_stand_beside_the_data_if_the_path_is_short_enough(short):
    folder = socket_folder(short / "sockets", "mark", os.geteuid())

    assert folder == short / "sockets"
    assert mode(folder) == 0o700


def test_sockets_move_to_the_runtime_folder_if_the_path_is_too_long(short, tmp_path):
    folder = socket_folder(tmp_path / ("d" * 100), "mark", os.geteuid())

    assert folder == short / "pokmas-mark"
    assert mode(folder) == 0o700


def test_a_socket_folder_that_others_may_enter_is_closed(short):
    (short / "sockets").mkdir(mode=0o777)

    folder = socket_folder(short / "sockets", "mark", os.geteuid())

    assert mode(folder) == 0o700


def test_a_link_laid_in_place_of_the_socket_folder_is_refused(short, tmp_path):
    (short / "sockets").symlink_to(tmp_path)

    with pytest.raises(LaunchError, match="milik orang lain"):
        socket_folder(short / "sockets", "mark", os.geteuid())

    (short / "sockets").unlink()


def test_what_is_written_private_is_for_its_owner_alone(tmp_path):
    write_private(tmp_path / "file", {"a": 1})

    assert mode(tmp_path / "file") == 0o600
    assert read_json(tmp_path / "file") == {"a": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_lock_is_held_by_one_and_free_once_it_is_closed(tmp_path):
    first = hold(tmp_path / "lock")

    assert try_hold(tmp_path / "lock") is None
    first.close()
    assert try_hold(tmp_path / "lock") is not None


def test_a_data_folder_lets_nobody_look_in(place):
    assert mode(place.data) in (0o700, 0o711)
    assert (mode(place.run), mode(place.log)) == (0o700, 0o700)

"""A backup of one machine, and the way back into an empty data folder."""

import os
import subprocess
import sys

import pytest

from pokmas.launch import backup, cli
from pokmas.launch.console import LaunchError
from tests.pokmas.launch.conftest import ROOT, place_in


@pytest.fixture
def source(tmp_path):
    """A folder of documents, one of them a level deeper."""
    folder = tmp_path / "media"
    (folder / "papers").mkdir(parents=True)
    (folder / "mark").write_text("mark")
    (folder / "papers" / "a.pdf").write_text("paper")
    return folder


def content(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_text() for path in files}


def whole(folder, *names):
    for name in names:
        (folder / name).mkdir(parents=True)
        (folder / name / backup.VERSION).write_text("")


def test_documents_are_copied_with_their_folders(source, tmp_path):
    backup.copy(source, tmp_path / "copy")

    assert content(tmp_path / "copy") == {"mark": "mark", "papers/a.pdf": "paper"}


def test_a_document_that_an_older_backup_has_takes_no_room(source, tmp_path):
    backup.copy(source, tmp_path / "old")
    (source / "new").write_text("new")

    backup.copy(source, tmp_path / "copy", tmp_path / "old")

    same = [(tmp_path / name / "mark").stat().st_ino for name in ("old", "copy")]
    assert same[0] == same[1]
    assert content(tmp_path / "copy") == content(source)


def test_what_was_half_written_at_the_first_look_is_copied_whole_at_the_second(
    source, tmp_path
):
    (source / "new").write_text("ha")
    backup.copy(source, tmp_path / "copy")
    (source / "new").write_text("half")
    (source / "mark").unlink()

    backup.copy(source, tmp_path / "copy")

    # What was removed since may still be named by a row of the dump.
    assert content(tmp_path / "copy") == {
        "mark": "mark",
        "papers/a.pdf": "paper",
        "new": "half",
    }


def test_only_the_newest_are_kept_and_nothing_of_a_broken_one(tmp_path):
    names = [f"2026-11-{day}T010000Z" for day in (27, 28, 29)]
    whole(tmp_path, *names)
    (tmp_path / f"2026-11-30T010000Z{backup.PART}").mkdir()
    (tmp_path / "letters").mkdir()

    backup.forget(tmp_path, 2)

    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [*names[1:], "letters"]


@pytest.mark.parametrize("inside", ["", "keys"])
def test_the_keys_do_not_lie_in_the_backup(place, tmp_path, inside):
    with pytest.raises(LaunchError, match="terpisah"):
        backup.keep_apart(place, tmp_path, tmp_path / inside)


def test_a_data_folder_in_use_is_not_written_over(place, tmp_path):
    (place.data / "secrets.json").write_text("{}")
    (tmp_path / backup.DUMP).write_text("")

    with pytest.raises(LaunchError, match="sudah berisi"):
        backup.lay_out(place, {}, tmp_path, place.data / "secrets.json")


def test_a_folder_without_a_dump_is_no_backup(place, tmp_path):
    with pytest.raises(LaunchError, match="bukan cadangan"):
        backup.lay_out(place, {}, tmp_path, tmp_path / "secrets.json")


def test_without_the_keys_nothing_is_restored(place, tmp_path):
    (tmp_path / backup.DUMP).write_text("")

    with pytest.raises(LaunchError, match="tidak terbaca"):
        backup.lay_out(place, {}, tmp_path, tmp_path / "secrets.json")

    assert not (place.data / "media").exists()


def test_documents_in_a_bucket_are_left_to_its_versions(place):
    assert backup.documents(place, {"POKMAS_S3_BUCKET": "papers"}) is None


def test_nothing_is_kept_of_none(place, tmp_path, capsys):
    with pytest.raises(SystemExit):
        cli.run(["backup", str(tmp_path), "--keep", "0", "--data", str(place.data)])

    assert "--keep" in capsys.readouterr().err


def manage(place, *words):
    """A command as at the terminal, on servers of its own."""
    environment = os.environ | {"POKMAS_DATA_DIR": str(place.data)}
    for name in ("DATABASE_URL", "REDIS_URL", "POKMAS_OWNER_DATABASE_URL"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, words)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )


def asked(place, query):
    return manage(place, "run", "psql", "-XAtc", query).stdout.split()


@pytest.mark.worker
@pytest.mark.xdist_group("production")
def test_a_portal_comes_back_from_its_backup_and_knows_of_it(place, tmp_path):
    kept, secrets = tmp_path / "kept", tmp_path / "keys"
    offices = "SELECT count(*) FROM offices_office"
    noted = "SELECT part FROM jobs_heartbeat"
    for words in (["migrate", "--no-input"], ["load_offices"], ["adopt_storage"]):
        done = manage(place, *words)
        assert done.returncode == 0, done.stderr

    broken = manage(place, "backup", place.data / "secrets.json", "--secrets", secrets)
    parts = [asked(place, noted)]
    made = manage(place, "backup", kept, "--secrets", secrets, "--keep", "2")
    parts.append(asked(place, noted))
    (whole,) = backup.those_in(kept)
    with place_in(tmp_path / "again") as again:
        back = manage(
            again, "restore", whole, "--secrets", secrets / "secrets.json",
            "--data", again.data,
        )  # fmt: skip
        assert (made.returncode, back.returncode) == (0, 0), made.stderr + back.stderr
        assert asked(again, offices) == asked(place, offices) != ["0"]
        assert content(again.data / "media") == content(place.data / "media") != {}

    assert (broken.returncode, parts) == (
        1,
        [["backup_failed"], ["backup_failed", "backup"]],
    )

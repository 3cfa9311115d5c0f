"""A backup of one machine, in a folder, and the way back into an empty data folder.

The database is dumped between two looks at the documents: what is removed meanwhile
was copied before, what comes is copied after. A document never changes, so one that an
older backup has is the same file once more, where the disk allows it.
"""

import os
import shutil
import subprocess
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from pokmas.launch.console import LaunchError, step
from pokmas.launch.place import Place

DUMP, MEDIA, VERSION, SECRETS = "portal.dump", "media", "version", "secrets.json"
PART = ".part"


def make(place: Place, settings: dict[str, str], folder: Path) -> Path:
    """A backup of this moment in `folder`; it takes its name only when it is whole."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    older = those_in(folder)
    fresh = folder / f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}{PART}"
    fresh.mkdir(mode=0o700)
    media = documents(place, settings)
    before = older[-1] / MEDIA if older else None
    if media:
        with step("Menyalin berkas"):
            copy(media, fresh / MEDIA, before)
    dump = fresh / DUMP
    with step("Menyalin basis data"):
        _run(["pg_dump", "--format=custom", f"--file={dump}"], settings)
    with step("Membaca ulang salinannya"):
        _run(["pg_restore", f"--file={os.devnull}", str(dump)], settings)
    if media:
        copy(media, fresh / MEDIA, before)
    (fresh / VERSION).write_text(f"{version(place.root)}\n")
    os.sync()
    return fresh.rename(fresh.with_suffix(""))


def keep_apart(place: Place, folder: Path, secrets: Path) -> None:
    """The keys lie elsewhere: who finds the backup cannot read what they protect."""
    if secrets.resolve().is_relative_to(folder.resolve()):
        raise LaunchError(
            f"{secrets} ada di dalam {folder}. Simpan kunci terpisah dari cadangannya."
        )
    secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copy2(place.data / SECRETS, secrets / SECRETS)


def forget(folder: Path, keep: int) -> None:
    """Only the newest are kept, and nothing of one that was broken off."""
    for old in [*those_in(folder)[:-keep], *folder.glob(f"20*Z{PART}")]:
        shutil.rmtree(old)


def bring_back(place: Place, settings: dict[str, str], kept: Path) -> None:
    """Into servers that are up and empty; the portal's programs then say if it fits."""
    with step("Mengembalikan basis data"):
        order = ["pg_restore", "--no-owner", "--no-privileges", "--single-transaction"]
        _run([*order, "--exit-on-error", "--dbname=pokmas", str(kept / DUMP)], settings)
    for words in (["migrate", "--no-input"], ["check_data"], ["check_audit"]):
        with step(f"Menjalankan {words[0]}"):
            _run([str(place.python), str(place.root / "manage.py"), *words], settings)


def lay_out(place: Place, settings: dict[str, str], kept: Path, secrets: Path) -> None:
    """What must be there before the servers are: their passwords, the documents."""
    media = documents(place, settings)
    if not (kept / DUMP).is_file():
        raise LaunchError(f"{kept} bukan cadangan: {DUMP} tidak ada di dalamnya.")
    if (place.data / SECRETS).exists() or (media and media.exists()):
        raise LaunchError(
            f"{place.data} sudah berisi. Pulihkan ke folder kosong: --data FOLDER"
        )
    if not secrets.is_file():
        raise LaunchError(
            f"{secrets} tidak ada. Tanpa kunci itu data yang dilindungi tidak terbaca."
        )
    shutil.copy2(secrets, place.data / SECRETS)
    (place.data / SECRETS).chmod(0o600)
    if media and (kept / MEDIA).exists():
        with step("Mengembalikan berkas"):
            shutil.copytree(kept / MEDIA, media)


def documents(place: Place, settings: dict[str, str]) -> Path | None:
    """Where they are; None if in a bucket, whose versions are its backup."""
    if settings.get("POKMAS_S3_BUCKET"):
        return None
    return Path(settings.get("POKMAS_MEDIA_ROOT") or place.data / MEDIA)


def those_in(folder: Path) -> list[Path]:
    """The backups that are whole, the oldest first."""
    return sorted(each.parent for each in folder.glob(f"20*Z/{VERSION}"))


def copy(source: Path, target: Path, before: Path | None = None) -> None:
    """What is new or unlike; what `before` has already is taken from there."""
    for path in source.rglob("*"):
        there = target / path.relative_to(source)
        if path.is_dir():
            continue
        with suppress(FileNotFoundError):  # somebody has removed it by now
            if like(path, there):
                continue
            there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            there.unlink(missing_ok=True)
            old = before / path.relative_to(source) if before else None
            if not (old and like(path, old) and _linked(old, there)):
                shutil.copy2(path, there)


def like(path: Path, other: Path) -> bool:
    """As far as size and time say; False if the other is not there."""
    mine = path.stat()
    try:
        theirs = other.stat()
    except FileNotFoundError:
        return False
    return (mine.st_size, mine.st_mtime_ns) == (theirs.st_size, theirs.st_mtime_ns)


def _linked(old: Path, new: Path) -> bool:
    try:
        os.link(old, new)
    except OSError:
        return False
    return True


def version(root: Path) -> str:
    """Of the code, which belongs to the data; "" where git does not know."""
    asked = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True
    )
    return asked.stdout.strip()


def tell(place: Place, settings: dict[str, str], *, failed: bool) -> None:
    """The portal's health page hears how it went."""
    words = ["--failed"] if failed else []
    manage = [str(place.python), str(place.root / "manage.py")]
    _run([*manage, "note_backup", *words], settings)


def _run(command: list[str], settings: dict[str, str]) -> None:
    done = subprocess.run(command, env=settings, capture_output=True, text=True)
    if done.returncode:
        words = (done.stderr + done.stdout).strip()
        raise LaunchError(f"{Path(command[0]).name} gagal: {words[-2000:]}")

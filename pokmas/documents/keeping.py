"""Copies of the documents on another disk, as many as the kept databases speak of."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from pokmas.documents import belonging
from pokmas.launch.backup import like

MEDIA, GONE, PART = "media", "gone", ".part"


class Vanished(Exception):
    """There are documents in the copy and none where they should be; says so."""


def keep(source: Path, kept: Path, today: date) -> int:
    """Copy what is new, and lay aside what is gone from the source; how many are new.

    A document never changes, but it may be looked at while it is still being written.
    """
    if (kept / MEDIA / belonging.NAME).exists() and not (
        source / belonging.NAME
    ).exists():
        raise Vanished(_("Penyimpanan berkas kosong atau bukan yang dipakai portal."))
    copied = sum(_copy(source / name, kept / MEDIA / name) for name in _files(source))
    for name in list(_files(kept / MEDIA)):
        if not (source / name).exists():
            aside = kept / GONE / f"{today}" / name
            aside.parent.mkdir(parents=True, exist_ok=True)
            (kept / MEDIA / name).replace(aside)
    return copied


def forget(kept: Path, oldest: date) -> None:
    """Of what was laid aside, only what a backup from `oldest` on may still name stays.

    A day that began before the oldest backup did may hold what it names.
    """
    for day in (kept / GONE).glob("????-??-??"):
        if date.fromisoformat(day.name) < oldest:
            shutil.rmtree(day)


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.relative_to(folder)


def _copy(path: Path, there: Path) -> bool:
    with suppress(FileNotFoundError):  # somebody has removed it by now
        if like(path, there):
            return False
        there.parent.mkdir(parents=True, exist_ok=True)
        part = there.with_name(f"{there.name}{PART}")
        shutil.copy2(path, part)
        part.replace(there)
        return True
    return False

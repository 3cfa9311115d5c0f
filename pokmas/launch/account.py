"""Root may start the portal, but PostgreSQL never runs as root: it gets an account."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pokmas.launch.console import LaunchError

NAME = "pokmas-db"


@dataclass(frozen=True)
class Account:
    """Who the servers run as; `change` is empty if that is the present user."""

    uid: int
    change: dict[str, Any]

    def reaches(self, path: Path) -> bool:
        """Can this account enter the folder, or run the program?"""
        test = ["test", "-x", str(path)]
        return subprocess.run(test, cwd="/", **self.change).returncode == 0

    def own(self, folder: Path) -> None:
        """Make a folder that this account alone may enter."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.change:
            os.chown(folder, self.uid, -1)


def for_servers() -> Account:
    """The present user; for root a system account, made if it does not exist."""
    if os.geteuid():
        return Account(os.geteuid(), {})
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        entry = _create()
    change = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    return Account(entry.pw_uid, change)


def _create() -> pwd.struct_passwd:
    shell = shutil.which("nologin") or "/bin/false"
    try:
        subprocess.run(
            [
                *("useradd", "--system", "--user-group", "--no-create-home"),
                *("--home-dir", "/nonexistent", "--shell", shell, NAME),
            ],
            check=True,
            capture_output=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise LaunchError(
            "PostgreSQL tidak boleh berjalan sebagai root, dan akun khususnya tidak "
            "dapat dibuat. Jalankan perintah ini sebagai pengguna biasa."
        ) from error
    return pwd.getpwnam(NAME)

"""Where things are kept, on disk and in the file system's short names."""

import fcntl
import hashlib
import json
import os
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pokmas.launch.console import LaunchError

# The kernel keeps the name of a socket in a fixed field of 108 bytes (104 on macOS).
LONGEST_SOCKET = 107 if sys.platform == "linux" else 103
LONGEST_NAME = len("/.s.PGSQL.5432")


@dataclass(frozen=True)
class Place:
    """One checkout and one data folder."""

    root: Path
    data: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def run(self) -> Path:
        return self.data / "run"

    @property
    def log(self) -> Path:
        return self.data / "log"

    @property
    def mark(self) -> str:
        """A short name that belongs to this data folder alone."""
        return hashlib.sha256(str(self.data).encode()).hexdigest()[:12]

    def prepare(self) -> None:
        """Make the folders. Others may pass through, as the servers' own account
        must when root starts them, but may look into none."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.data.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for folder in (self.run, self.log):
            folder.mkdir(mode=0o700, exist_ok=True)


def fits(folder: Path) -> bool:
    """May a socket live in this folder? A comma would part two hosts for PostgreSQL."""
    short = len(os.fsencode(folder)) + LONGEST_NAME <= LONGEST_SOCKET
    return short and "," not in str(folder)


def socket_folder(preferred: Path, mark: str, owner: int) -> Path:
    """A private folder for sockets: the preferred one, or one with a shorter path."""
    folder = preferred
    if not fits(folder):
        runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        folder = runtime / f"pokmas-{mark}"
        if not fits(folder) or owner != os.geteuid():
            folder = Path("/tmp") / f"pokmas-{owner}-{mark}"
    try:
        folder.mkdir(mode=0o700, parents=True)
        os.chown(folder, owner, -1)
    except FileExistsError:
        pass
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != owner:
        raise LaunchError(
            f"Folder {folder} milik orang lain. Hapus folder itu, lalu coba lagi."
        )
    folder.chmod(0o700)
    return folder


def hold(path: Path, *, shared: bool = False) -> IO[str]:
    """Lock a file until it is closed or this process ends, however it ends."""
    file = path.open("a")
    fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
    return file


def try_hold(path: Path) -> IO[str] | None:
    """The same without waiting; None if another has it."""
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def write_private(path: Path, content: Any) -> None:
    """Write JSON that only its owner may read, whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def read_json(path: Path) -> Any:
    """What `write_private` wrote; an empty dict if it never did."""
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return {}

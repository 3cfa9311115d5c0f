"""Debian's packages: installed by root, or unpacked into the data folder by anyone."""

import os
import shutil
import subprocess
import threading
from pathlib import Path

from pokmas.launch.console import LaunchError

ONE_AT_A_TIME = threading.Lock()


def available() -> bool:
    return bool(shutil.which("apt-get") and shutil.which("dpkg"))


def install(packages: list[str]) -> None:
    """Install system packages as root; the package lists are fetched if need be."""
    order = ["install", "--yes", "--no-install-recommends", *packages]
    with ONE_AT_A_TIME:
        try:
            _apt(*order)
        except LaunchError:
            _apt("update")
            _apt(*order)


def unpack(packages: list[str], into: Path, scratch: Path) -> None:
    """Fetch packages without what they depend on, and unpack them without root.

    Nothing outside the two folders changes.
    """
    lists, cache = scratch / "lists", scratch / "cache"
    for folder in (lists / "partial", cache / "archives" / "partial", into):
        folder.mkdir(parents=True, exist_ok=True)
    own = [
        "-o", f"Dir::State::Lists={lists}",
        "-o", f"Dir::Cache={cache}",
        "-o", "Debug::NoLocking=1",
        "-o", "APT::Sandbox::User=",
    ]  # fmt: skip
    _apt(*own, "update")
    _apt(*own, "download", *packages, folder=cache)
    for package in cache.glob("*.deb"):
        _run(["dpkg", "-x", str(package), str(into)])
    shutil.rmtree(scratch)


def _apt(*arguments: str, folder: Path | None = None) -> str:
    return _run(
        ["apt-get", "--quiet", "-o", "DPkg::Lock::Timeout=120", *arguments], folder
    )


def _run(command: list[str], folder: Path | None = None) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,  # Ctrl-C must not leave a package half installed
    )
    if done.returncode:
        words = done.stderr.strip().splitlines() or ["tanpa keterangan"]
        raise LaunchError(f"{' '.join(command[:2])}: {words[-1]}")
    return done.stdout

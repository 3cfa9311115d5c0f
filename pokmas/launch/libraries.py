"""What Python packages cannot bring: Pango for PDF, and a browser with fonts for tests.

Root gets Pango from the system's packages; anyone else unpacks it into the data folder,
and the programs are told where before they start. Without it the portal starts all the
same, and says that PDF files cannot be made. Fonts of a PDF are the portal's own.
"""

import ctypes
import os
import shutil
import sys
from pathlib import Path

from pokmas.launch import apt
from pokmas.launch.console import LINE, LaunchError, step, warn
from pokmas.launch.fonts import FontSet
from pokmas.launch.place import Place

LIBRARIES = ["libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"]
PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]


def ensure(place: Place) -> dict[str, str]:
    """See to Pango; returns what the programs' environment needs to say."""
    if _in_system():
        return {}
    unpacked = place.data / "libraries"
    if not unpacked.exists():
        try:
            with step("Menyiapkan Pango untuk PDF (sekali saja)", aside=True):
                _get(place, unpacked)
        except LaunchError as error:
            with LINE:
                warn(
                    f"  PDF belum dapat dibuat: Pango belum ada ({error}). {_advice()}"
                )
            return {}
    return {} if _in_system() else _environment(unpacked)


def browser() -> str | None:
    """The path of a Chromium for the journeys; installed if root may."""
    if path := _browser():
        return path
    if os.geteuid() == 0 and apt.available():
        with step("Memasang Chromium untuk uji peramban (sekali saja, 200 MB)"):
            apt.install(["chromium"])
    return _browser()


def fonts(chosen: FontSet) -> bool:
    """Are the fonts there that a browser is tested with? Installed if root may."""
    if not chosen.installed and os.geteuid() == 0 and apt.available():
        with step(f"Memasang huruf {chosen.sans} untuk uji peramban (sekali saja)"):
            apt.install([chosen.package])
    return chosen.installed


def _browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _in_system() -> bool:
    """Can a process of ours load Pango as it is?"""
    if sys.platform == "darwin":
        places = [Path("/opt/homebrew/lib"), Path("/usr/local/lib")]
        return any((place / "libpango-1.0.dylib").exists() for place in places)
    try:
        for name in LIBRARIES:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _get(place: Place, unpacked: Path) -> None:
    if not apt.available():
        raise LaunchError("apt-get tidak ada")
    if os.geteuid() == 0:
        apt.install(PACKAGES)
        return
    part = unpacked.with_name("libraries.new")
    shutil.rmtree(part, ignore_errors=True)
    apt.unpack(PACKAGES, part, place.data / "apt-libraries", alone=False)
    part.rename(unpacked)


def _environment(unpacked: Path) -> dict[str, str]:
    folders = sorted({str(path.parent) for path in unpacked.rglob("*.so.*")})
    if former := os.environ.get("LD_LIBRARY_PATH"):
        folders.append(former)
    return {"LD_LIBRARY_PATH": ":".join(folders)}


def _advice() -> str:
    if sys.platform == "darwin":
        return "Pasang: brew install pango"
    if apt.available():
        return f"Pasang: sudo apt install {' '.join(PACKAGES)}"
    return "Pasang Pango 1.44 atau lebih baru."

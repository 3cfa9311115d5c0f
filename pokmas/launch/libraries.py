"""What Python packages cannot bring, for tests alone: a browser, and its fonts."""

import os
import shutil

from pokmas.launch import apt
from pokmas.launch.console import step
from pokmas.launch.fonts import FontSet

BROWSERS = ["chromium", "chromium-browser", "google-chrome"]


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

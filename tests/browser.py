"""Debian's Chromium for the tests marked `browser`, and the one set of fonts it sees.

Without either they do not run: how wide a page is must not depend on the machine.
"""

import os
import shutil
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from pokmas.launch.fonts import SETS, USUAL, FontSet
from tests.waiting import PATIENCE

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
FONTS_CONF = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>{sans}</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>{mono}</family></prefer></alias>
</fontconfig>
"""


def pytest_addoption(parser):
    parser.addoption(
        "--fonts",
        choices=sorted(SETS),
        default=USUAL,
        help="the only fonts that the browser sees (default: %(default)s)",
    )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, pytestconfig, tmp_path_factory):
    """Debian's Chromium instead of a downloaded one, with the chosen fonts alone."""
    chromium = os.environ.get("POKMAS_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs Chromium: apt install chromium")
    fonts = SETS[pytestconfig.getoption("fonts")]
    if not fonts.installed:
        pytest.skip(f"needs the fonts {fonts.sans}: apt install {fonts.package}")
    conf = fonts_conf(fonts, tmp_path_factory.mktemp("fonts"))
    return browser_type_launch_args | {
        "executable_path": chromium,
        "args": FLAGS,
        "env": os.environ | {"FONTCONFIG_FILE": str(conf)},
    }


def fonts_conf(fonts: FontSet, folder: Path) -> Path:
    """A configuration of fontconfig for which nothing but these fonts exists."""
    files = folder / "files"
    files.mkdir()
    for path in fonts.paths:
        (files / path.name).symlink_to(path)
    conf = folder / "fonts.conf"
    conf.write_text(
        FONTS_CONF.format(
            folder=escape(str(files)),
            cache=escape(str(folder / "cache")),
            sans=fonts.sans,
            mono=fonts.mono,
        )
    )
    return conf


@pytest.fixture(scope="session")
def browser(browser):
    """A browser whose pages wait as long as a busy machine may need."""
    from playwright.sync_api import expect

    milliseconds = PATIENCE * 1000
    new_context = browser.new_context

    def patient_context(**options):
        context = new_context(**options)
        context.set_default_timeout(milliseconds)
        return context

    expect.set_options(timeout=milliseconds)
    browser.new_context = patient_context
    return browser

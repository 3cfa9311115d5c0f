"""Debian's Chromium for the tests marked `browser`; without it they do not run."""

import os
import shutil

import pytest

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


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium instead of a downloaded one."""
    chromium = os.environ.get("POKMAS_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs Chromium: apt install chromium")
    return browser_type_launch_args | {"executable_path": chromium, "args": FLAGS}


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

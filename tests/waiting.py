"""Waiting for what will come, on a machine of any speed."""

import time

# Long enough for a machine with much else to do; who waits goes on at once.
PATIENCE = 60


def wait_until(condition, *, what="", seconds=PATIENCE):
    """The first true value of `condition`, asked for again and again."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"Not within {seconds} seconds: {what or condition}")

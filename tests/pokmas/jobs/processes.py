"""Real workers and beats, started against the database and broker of a test."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from tests.waiting import PATIENCE


def environment(database: str, **more: str) -> dict[str, str]:
    """The environment of this process, for a database that it does not own."""
    url = urlsplit(os.environ["DATABASE_URL"])
    return {
        **os.environ,
        "DATABASE_URL": urlunsplit(url._replace(path=f"/{database}")),
        "POKMAS_OWNER_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "POKMAS_JOB_LEASE_SECONDS": "2",
        **more,
    }


class Process:
    """One celery program with its children, as one group that can be killed."""

    def __init__(self, *words: str, env: dict[str, str], log):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", *words],
            env=env,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def kill(self) -> None:
        """kill -9, for the program and all its children at once."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, number: int) -> None:
        try:
            os.killpg(self.process.pid, number)
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)
        except ProcessLookupError:
            self.process.wait(PATIENCE)


@contextmanager
def running(*words: str, env: dict[str, str], log):
    program = Process(*words, env=env, log=log)
    try:
        yield program
    finally:
        program.kill()


WORKER = (
    *("-A", "tests.pokmas.jobs.worker_app", "worker", "--concurrency=1"),
    *("--without-gossip", "--without-mingle", "--loglevel=INFO"),
)
BEAT = ("-A", "tests.pokmas.jobs.beat_app", "beat", "--pidfile=", "--loglevel=DEBUG")

"""Real workers and beats, started against the database and broker of a test."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import redis
from django.conf import settings

from tests.waiting import PATIENCE

PREFIX = settings.CELERY["broker_transport_options"].get("global_keyprefix", "")


class Broker:
    """The tests' corner of the broker."""

    def __init__(self):
        url = settings.REDIS_URL.replace("redis+socket://", "unix://")
        self.server = redis.Redis.from_url(url)

    def keys(self):
        return list(self.server.scan_iter(f"{PREFIX}*"))

    def flush(self):
        if keys := self.keys():
            self.server.delete(*keys)

    def tasks(self, queue):
        """The names of the tasks that wait in a queue."""
        messages = self.server.lrange(f"{PREFIX}{queue}", 0, -1)
        return [json.loads(message)["headers"]["task"] for message in messages]

    def dump(self) -> str:
        """All that stands there, whatever its kind."""
        read = {
            b"string": self.server.get,
            b"list": lambda key: self.server.lrange(key, 0, -1),
            b"hash": self.server.hgetall,
            b"set": self.server.smembers,
            b"zset": lambda key: self.server.zrange(key, 0, -1, withscores=True),
        }
        found = [(key, self.server.type(key)) for key in self.keys()]
        return "\n".join(str(read[kind](key)) for key, kind in found if kind in read)


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

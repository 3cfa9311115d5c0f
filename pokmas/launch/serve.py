"""The web server of a container: `python -m pokmas.launch.serve HOST:PORT`.

Holds the socket and keeps gunicorn alive upon it, as `manage.py up` does; without the
database, the worker and the clock, which have containers of their own.
"""

import os
import signal
import sys
import time
from pathlib import Path

from pokmas.launch import process, programs
from pokmas.launch.address import Address
from pokmas.launch.process import Child
from pokmas.launch.supervisor import TICK, Ending, Signals, Supervisor

ROOT = Path(__file__).resolve().parent.parent.parent
# Seconds. A balancer that asks each second whether this host is ready has left it by
# then, and whatever it had sent has its answer; together less than the container has.
NOTICE, LAST = 5, 22


def main(where: str) -> int:
    host, _colon, port = where.rpartition(":")
    # gunicorn listens on it when the portal is loaded; until then a proxy is refused at
    # once and asks another host.
    bound = Address(host.strip("[]"), int(port)).bind()
    number = bound.fileno()
    signals = Signals()
    supervisor = Supervisor(None, signals)
    web = programs.web(sys.executable, dict(os.environ), ROOT, None, bound)
    try:
        supervisor.start(web)
        supervisor.watch()
    except Ending:
        pass
    finally:
        leave(web, number, signals)
    return 0


def leave(web: Child, number: int, signals: Signals) -> None:
    """Say that no more should come, serve what comes all the same, then end."""
    web.signal(signal.SIGUSR1)
    until = time.monotonic() + NOTICE
    while web.alive and not signals.impatient and time.monotonic() < until:
        time.sleep(TICK)
    os.close(number)
    process.end([web], LAST, lambda: signals.impatient)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""The web server of a container: `python -m pokmas.launch.serve HOST:PORT`.

Holds the socket and keeps gunicorn alive upon it, as `manage.py up` does; without the
database, the worker and the clock, which have containers of their own.
"""

import os
import sys
from pathlib import Path

from pokmas.launch import programs
from pokmas.launch.address import Address
from pokmas.launch.supervisor import Ending, Signals, Supervisor

ROOT = Path(__file__).resolve().parent.parent.parent


def main(where: str) -> int:
    host, _colon, port = where.rpartition(":")
    listening = Address(host.strip("[]"), int(port)).listen()
    supervisor = Supervisor(None, Signals())
    environment = dict(os.environ)
    web = programs.web(sys.executable, environment, ROOT, None, listening)
    try:
        supervisor.start(web)
        supervisor.watch()
    except Ending:
        pass
    finally:
        supervisor.stop(last=set())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

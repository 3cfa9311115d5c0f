"""How gunicorn serves the portal, here and in production: `gunicorn -c python:…`."""

import os
from itertools import count

from pokmas.launch.programs import PREPARED

wsgi_app = "pokmas.wsgi:application"
worker_class = "pokmas.server.reception.ReceivingWorker"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(os.cpu_count() or 1, 4))
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 20
max_requests = 10_000
max_requests_jitter = 2_000
backlog = 1024
control_socket_disable = True
if os.environ.get("POKMAS_JSON_LOGS", "0") not in ("", "0"):
    logconfig_dict = {"formatters": {"generic": {"()": "pokmas.server.logs.Json"}}}


def on_starting(server):
    """The portal is loaded; whoever started us may still be at work on the database."""
    if prepared := os.environ.get(PREPARED):
        os.read(int(prepared), 1)


def pre_fork(server, worker):
    """A process counts its requests where none of the living does."""
    taken = {each.place for each in server.WORKERS.values()}
    worker.place = next(place for place in count() if place not in taken)

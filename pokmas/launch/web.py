"""How gunicorn serves the portal, here and in production: `gunicorn -c python:…`."""

import os

wsgi_app = "pokmas.wsgi:application"
worker_class = "pokmas.server.reception.ReceivingWorker"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(os.cpu_count() or 1, 4))
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 10
max_requests = 10_000
max_requests_jitter = 2_000
backlog = 1024
control_socket_disable = True

"""Whether this process ends soon: proxies are told, and send nothing more."""

import threading

soon = threading.Event()

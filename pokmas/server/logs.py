"""What is written into the log, and how: lines for people, or JSON for machines."""

import json
import logging
import time
from datetime import UTC, datetime

from django.conf import settings
from django.db.backends.signals import connection_created

from pokmas.server import tracing
from pokmas.server.masking import masked

slow = logging.getLogger("pokmas.slow")
# Of a long question the beginning says which one it is.
SHOWN = 2000


class Json(logging.Formatter):
    """One object a line: when, how bad, who says it, for which request, from where."""

    def format(self, record):
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": tracing.number.get(),
            "address": tracing.address.get(),
            "process": record.process,
        }
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return masked(json.dumps(said))


def note_slow(execute, sql, params, many, context):
    """Tell of a question that took long, without the values, which are private."""
    before = time.monotonic()
    try:
        return execute(sql, params, many, context)
    finally:
        ms = (time.monotonic() - before) * 1000
        if ms > settings.SLOW_QUERY_MS:
            slow.warning("%d ms: %s", ms, str(sql)[:SHOWN])


def watch(connection, **kwargs):
    if note_slow not in connection.execute_wrappers:
        # In front: whoever wraps for a while takes the last one off afterwards.
        connection.execute_wrappers.insert(0, note_slow)


def begin() -> None:
    if settings.SLOW_QUERY_MS:
        connection_created.connect(watch)

"""What is remembered for a while: counted tries, a code that was used.

It stands in the database, so that nothing is believed, or forgotten, because a server
beside it was away. Django and allauth know it as their cache.
"""

import hashlib
import json
from datetime import UTC, datetime

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils import timezone

from pokmas.records.models import Mark

ALWAYS = datetime(9999, 1, 1, tzinfo=UTC)


class Marks(BaseCache):
    """Values that JSON can say, each read, added and counted by one statement."""

    def __init__(self, _location, params):
        super().__init__(params)

    def get(self, key, default=None, version=None):
        found = self._living(key, version).values_list("value", flat=True)
        return found[0] if found else default

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self._put(key, value, timeout, version, over=ALWAYS)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._put(key, value, timeout, version, over=timezone.now())

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return bool(self._living(key, version).update(until=self._until(timeout)))

    def delete(self, key, version=None):
        return bool(self._living(key, version).delete()[0])

    def incr(self, key, delta=1, version=None):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE records_mark SET value = to_jsonb(value::bigint + %s) "
                "WHERE key = %s AND until > %s RETURNING value::bigint",
                [delta, self._key(key, version), timezone.now()],
            )
            counted = cursor.fetchone()
        if counted is None:
            raise ValueError(f"Key '{key}' not found")
        return counted[0]

    def clear(self):
        Mark.objects.all().delete()

    def _put(self, key, value, timeout, version, *, over) -> bool:
        """Whether it was put; what is kept longer than `over` stays."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO records_mark AS kept (key, value, until) "
                "VALUES (%s, %s, %s) ON CONFLICT (key) DO UPDATE "
                "SET value = excluded.value, until = excluded.until "
                "WHERE kept.until <= %s",
                [
                    *(self._key(key, version), json.dumps(value)),
                    *(self._until(timeout), over),
                ],
            )
            return cursor.rowcount == 1

    def _living(self, key, version):
        return Mark.objects.filter(
            key=self._key(key, version), until__gt=timezone.now()
        )

    def _key(self, key, version):
        """Of one length, and telling nothing of addresses and codes."""
        whole = self.make_key(key, version)
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()

    def _until(self, timeout):
        seconds = self.get_backend_timeout(timeout)
        return ALWAYS if seconds is None else datetime.fromtimestamp(seconds, UTC)

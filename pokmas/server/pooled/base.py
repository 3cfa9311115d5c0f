"""PostgreSQL as Django knows it, but with time limits that leave with the transaction.

Such a pool knows nothing of what a connection was started with, and lends it to another
program after each transaction: what was set for the session would go along.
"""

import re

from django.conf import settings
from django.db.backends.postgresql import base
from psycopg import sql
from psycopg.pq import TransactionStatus

# May be refused in a transaction, as two statements at once are one; and has no time
# limit, for it takes as long as it takes.
MAINTENANCE = re.compile(
    r"\s*(CREATE|DROP|ALTER|REINDEX|CLUSTER|VACUUM|ANALYZE)\b", re.I
)


class Cursor(base.Cursor):
    """Says how long it may take together with the first words of a transaction."""

    def execute(self, query, params=None, **options):
        limits = settings.TIME_LIMITS
        is_first = self.connection.info.transaction_status == TransactionStatus.IDLE
        if not is_first or not limits["statement_timeout"] or self._is_alone(query):
            return super().execute(query, params, **options)
        words = "".join(f"SET LOCAL {name} = {ms}; " for name, ms in limits.items())
        if not isinstance(query, str):
            words = sql.SQL(words)
        super().execute(words + query, params, **options)
        for _each in limits:
            self.nextset()
        return self

    def _is_alone(self, query) -> bool:
        if not self.connection.autocommit:
            return False
        text = query if isinstance(query, str) else query.as_string(self)
        return bool(MAINTENANCE.match(text))


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self):
        return super().get_connection_params() | {"cursor_factory": Cursor}

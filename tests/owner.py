"""The role that owns the tables, for what the portal's role may not do."""

from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from psycopg import sql


@contextmanager
def as_owner():
    """A cursor in the hands of the owner; afterwards the portal's role is back."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        yield cursor
        cursor.execute(
            sql.SQL("SET ROLE {}").format(sql.Identifier(settings.DATABASE_ROLE))
        )

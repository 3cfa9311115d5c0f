"""What a request wrote, asked of PostgreSQL; all else need not be read again."""

from collections import Counter

from django.db import connection

COUNTED = """
    SELECT relname, pg_stat_get_xact_tuples_inserted(oid)
        + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid)
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def writes() -> Counter[str]:
    """How often this transaction wrote into each table; what was taken back counts."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        return Counter(dict(cursor.fetchall()))


def written_since(before: Counter[str]) -> set[str]:
    return {table for table, times in writes().items() if times != before[table]}

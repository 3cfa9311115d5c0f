"""What the portal's role may do in the database; said anew after each `migrate`.

It reads and writes rows. In the trail it may only add some: no right and no setting
lets it change or take away what stands there, or work past the triggers that write the
history. What a table is follows from its model, so that a new one is covered by itself.
"""

from collections.abc import Iterator

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from pokmas.audit.chain import sealed_models
from pokmas.audit.models import Seal

LOCK = 0x6772616E
READ = {"SELECT"}
ADD = READ | {"INSERT"}
WRITE = ADD | {"UPDATE", "DELETE"}
FRAME = """
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};
    REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role};
    GRANT USAGE ON SCHEMA public TO {role};
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    -- A table of its own would stand before ours for whatever names no schema.
    REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC;
"""
# pgtrigger lets a session switch triggers off by a setting that anybody may set, and
# catches an error for each row, after which PostgreSQL looks through all checks that
# wait for the end of the transaction: that grows with the square of the rows.
IGNORE = """
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name)
    RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN
        IF current_user <> {owner} THEN
            RETURN false;
        END IF;
        RETURN trigger_name = ANY(string_to_array(
            trim('{{}}' FROM current_setting('pgtrigger.ignore', true)), ','
        ));
    END $$;
"""
# A context is written by the first event that it belongs to. Whom it names stays.
CONTEXT = """
    CREATE OR REPLACE FUNCTION public._pgh_attach_context()
    RETURNS {table}.id%TYPE LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        named uuid := nullif(current_setting('pghistory.context_id', true), '');
        said jsonb := nullif(current_setting('pghistory.context_metadata', true), '');
    BEGIN
        IF named IS NULL OR said IS NULL THEN
            RETURN NULL;
        END IF;
        INSERT INTO {table} (id, metadata, created_at, updated_at)
        VALUES (named, said, now(), now())
        ON CONFLICT (id) DO UPDATE
        SET metadata = excluded.metadata, updated_at = excluded.updated_at
        WHERE {table}.metadata ->> 'user' IS NULL
        AND {table}.metadata <> excluded.metadata;
        RETURN named;
    END $$;
"""


def rights() -> dict[str, set[str]]:
    """What the portal may do with each table."""
    added = {model._meta.db_table for model in [*sealed_models(), Seal]}
    contexts = pghistory.models.Context._meta.db_table
    return {
        MigrationRecorder.Migration._meta.db_table: READ,
        **{table: ADD if table in added else WRITE for table in _tables()},
        contexts: READ,
    }


def _tables() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model._meta.db_table


def apply(*, plan=None, **kwargs) -> None:
    """Give the portal's role its rights; called by `migrate`, as the owner."""
    if plan is None:  # the tables were emptied, not migrated
        return
    role = settings.DATABASE_ROLE
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("SELECT current_user, current_database()")
        owner, database = cursor.fetchone()
        words = [
            sql.SQL(IGNORE).format(owner=sql.Literal(owner)),
            sql.SQL(CONTEXT).format(
                table=sql.Identifier(pghistory.models.Context._meta.db_table)
            ),
        ]
        if owner != role:  # one role for all: production refuses that (checks.py)
            _make_role(cursor, role)
            words += _frame(cursor, role, database)
        cursor.execute(sql.SQL(";").join(words))


def _frame(cursor, role: str, database: str) -> Iterator[sql.Composable]:
    names = {"role": sql.Identifier(role), "database": sql.Identifier(database)}
    yield sql.SQL(FRAME).format(**names)
    there = set(connection.introspection.table_names(cursor))
    for table, given in rights().items():
        if table in there:
            yield _grant(table, given, role)


def _grant(table: str, given: set[str], role: str) -> sql.Composable:
    return sql.SQL("GRANT {} ON {} TO {}").format(
        sql.SQL(", ".join(sorted(given))), sql.Identifier(table), sql.Identifier(role)
    )


def _make_role(cursor, role: str) -> None:
    """The role with the password of DATABASE_URL, unless it is there already."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone():
        return
    password = settings.DATABASES["default"]["PASSWORD"].encode()
    secret = connection.connection.pgconn.encrypt_password(
        password, role.encode(), b"scram-sha-256"
    )
    cursor.execute(
        sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(secret.decode())
        )
    )


def is_bound() -> bool:
    """Whether the connection's role can do nothing to the trail but add to it."""
    tables = [model._meta.db_table for model in [*sealed_models(), Seal]]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT bool_or(pg_has_role(relowner, 'USAGE') OR "
            "has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')) "
            "FROM pg_class WHERE relname = ANY(%s) AND relkind IN ('r', 'p')",
            [tables],
        )
        return cursor.fetchone()[0] is not False

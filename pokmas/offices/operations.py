"""Migration operations for tables whose rows belong to an office."""

from django.db.migrations.operations import RunSQL


def keep_region(table: str) -> RunSQL:
    """The composite foreign key that keeps `region_id` true for rows of `table`.

    When an office moves to another Kanwil, the rows follow (ON UPDATE CASCADE).
    """
    name = f"{table}_office_region"
    return RunSQL(_added(table, name), f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def keep_region_where_missing(table: str) -> RunSQL:
    """The same for a table that may have it already; it stays on the way back."""
    name = f"{table}_office_region"
    is_missing = f"NOT EXISTS (SELECT FROM pg_constraint WHERE conname = '{name}')"
    return RunSQL(
        f"DO $$ BEGIN IF {is_missing} THEN {_added(table, name)}; END IF; END $$",
        RunSQL.noop,
    )


def _added(table: str, name: str) -> str:
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {name} "
        "FOREIGN KEY (office_id, region_id) "
        "REFERENCES offices_office (id, region_id) ON UPDATE CASCADE "
        "DEFERRABLE INITIALLY DEFERRED"
    )

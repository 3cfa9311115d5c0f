"""Migration operations for tables whose rows belong to an office."""

from django.db.migrations.operations import RunSQL


def keep_region(table: str) -> RunSQL:
    """The composite foreign key that keeps `region_id` true for rows of `table`.

    When an office moves to another Kanwil, the rows follow (ON UPDATE CASCADE).
    """
    name = f"{table}_office_region"
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} "
        "FOREIGN KEY (office_id, region_id) "
        "REFERENCES offices_office (id, region_id) ON UPDATE CASCADE "
        "DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )

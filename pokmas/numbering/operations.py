"""Migration operation: the function that gives a number its one form; see keys.py."""

from django.db.migrations.operations import RunSQL

from pokmas.numbering.keys import STEPS, in_sql

# In this collation only the letters A to Z have capitals, as for Python.
CREATE = f"""
CREATE FUNCTION numbering_bare_number(typed text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(
        nullif({in_sql(STEPS, 'upper(typed COLLATE "C")')}, ''),
        upper(replace(typed, ' ', '') COLLATE "C"))
$$
"""
BARE_NUMBER = RunSQL(CREATE, "DROP FUNCTION numbering_bare_number(text)")

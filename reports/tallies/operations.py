"""Migration operations that keep the sums of activities true, whoever writes them."""

from collections.abc import Iterator

from django.db.migrations.operations import RunSQL

# Where an activity stands; the figures say the same, and a recount compares the two.
STAND = """
CREATE FUNCTION reports_stand(status text, superseded_on date) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN status IN ('verified', 'locked') AND superseded_on IS NULL THEN 'counted'
        WHEN status IN ('reported', 'returned') THEN 'waiting'
        WHEN status = 'planned' THEN 'planned'
    END
$$;
CREATE FUNCTION reports_month(day date) RETURNS date
LANGUAGE sql IMMUTABLE AS $$ SELECT date_trunc('month', day::timestamp)::date $$;
"""
NO_STAND = """
DROP FUNCTION reports_stand(text, date);
DROP FUNCTION reports_month(date);
"""
# What a statement wrote over, and what it wrote.
ROWS = {
    "insert": ["SELECT 1 AS sign, * FROM new_rows"],
    "update": ["SELECT -1 AS sign, * FROM old_rows", "SELECT 1, * FROM new_rows"],
    "delete": ["SELECT -1 AS sign, * FROM old_rows"],
}
# Of "activities" and "people", rows with what they add to the sums.
APPEND = """
    by_stand AS (
        INSERT INTO reports_activitytally
            (office_id, region_id, month, is_new, stand, activities, served)
        SELECT office_id, region_id, month, {is_new}, stand,
            sum(activities), sum(served)
        FROM (
            SELECT office_id, region_id, month, stand, sign AS activities, 0 AS served
            FROM activities
            UNION ALL
            SELECT office_id, region_id, month, 'counted', 0, number FROM people
        ) AS each
        GROUP BY office_id, region_id, month, stand
        HAVING sum(activities) <> 0 OR sum(served) <> 0
    ), by_type AS (
        INSERT INTO reports_typetally
            (office_id, region_id, month, is_new, type_id, activities, served)
        SELECT office_id, region_id, month, {is_new}, type_id,
            sum(activities), sum(served)
        FROM (
            SELECT office_id, region_id, month, type_id, sign AS activities, 0 AS served
            FROM activities WHERE stand = 'counted'
            UNION ALL
            SELECT office_id, region_id, month, type_id, 0, number FROM people
        ) AS each
        GROUP BY office_id, region_id, month, type_id
        HAVING sum(activities) <> 0 OR sum(served) <> 0
    )
    INSERT INTO reports_servedtally
        (office_id, region_id, month, is_new, category, sex, number)
    SELECT office_id, region_id, month, {is_new}, category, sex, sum(number)
    FROM people GROUP BY office_id, region_id, month, category, sex
    HAVING sum(number) <> 0
"""
# Whom an activity served is asked while its row is held, so no count of it changes.
OF_ACTIVITIES = """
    WITH activities AS MATERIALIZED (
        SELECT id, office_id, region_id, type_id, reports_month(held_on) AS month,
            reports_stand(status, superseded_on) AS stand, sum(sign) AS sign
        FROM ({rows}) AS each
        WHERE reports_stand(status, superseded_on) IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(sign) <> 0
    ), people AS MATERIALIZED (
        SELECT office_id, region_id, month, type_id,
            category, sex, sign * number AS number
        FROM activities JOIN outreach_beneficiarycount ON activity_id = activities.id
        WHERE stand = 'counted'
    ),
"""
# Who changes counts holds their activities first, and takes them as they are by then.
HOLD = """
    PERFORM FROM outreach_activity
    WHERE id IN (SELECT activity_id FROM ({rows}) AS each)
    ORDER BY id FOR NO KEY UPDATE;
"""
OF_COUNTS = """
    WITH activities AS (
        SELECT office_id, region_id, type_id, held_on AS month, '' AS stand, 0 AS sign
        FROM outreach_activity WHERE false
    ), people AS MATERIALIZED (
        SELECT office_id, region_id, reports_month(held_on) AS month, type_id,
            category, sex, sum(sign * number) AS number
        FROM ({rows}) AS each JOIN outreach_activity a ON a.id = activity_id
        WHERE reports_stand(status, superseded_on) = 'counted'
        GROUP BY office_id, region_id, 3, type_id, category, sex
        HAVING sum(sign * number) <> 0
    ),
"""
TRIGGER = """
CREATE FUNCTION reports_tally_{table}_{act}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
{words};
    RETURN NULL;
END $$;
CREATE TRIGGER reports_tally_{act} AFTER {act} ON {table}
    REFERENCING {named} FOR EACH STATEMENT
    EXECUTE FUNCTION reports_tally_{table}_{act}();
"""
NO_TRIGGER = """
DROP TRIGGER reports_tally_{act} ON {table};
DROP FUNCTION reports_tally_{table}_{act}();
"""
NAMED = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}
STANDING = OF_ACTIVITIES.format(rows="SELECT 1 AS sign, * FROM outreach_activity")


def _triggers() -> Iterator[RunSQL]:
    append = APPEND.format(is_new="true")
    for table, words in (
        ("outreach_activity", OF_ACTIVITIES + append),
        ("outreach_beneficiarycount", HOLD + OF_COUNTS + append),
    ):
        for act, rows in ROWS.items():
            filled = words.format(rows=" UNION ALL ".join(rows))
            yield RunSQL(
                TRIGGER.format(table=table, act=act, words=filled, named=NAMED[act]),
                NO_TRIGGER.format(table=table, act=act),
            )


def keep_tallies() -> list[RunSQL]:
    """The triggers, and the sums of what stands already.

    Nobody writes activities from the first of them on until the sums are there.
    """
    return [
        RunSQL(STAND, NO_STAND),
        *_triggers(),
        RunSQL(STANDING + APPEND.format(is_new="false"), RunSQL.noop),
    ]

"""Examinations that run keep the questions of the day on which they were handed in."""

from django.db import migrations

FILL = """
    UPDATE partners_partnership p
    SET submitted_on = (p.status_since AT TIME ZONE o.zone)::date
    FROM offices_office o
    WHERE o.id = p.office_id AND p.status IN ('submitted', 'verifying');
    SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0007_questions_by_date")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]

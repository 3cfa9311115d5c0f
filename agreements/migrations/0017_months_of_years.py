from django.db import migrations

# PostgreSQL reads no statistics of an index that leaves rows out (`agreement_years`).
# Without them it takes one in two hundred agreements for what begins in a month, and
# looks up the evaluations of thousands one by one.
KNOW = """
    CREATE STATISTICS agreement_months ON (date_part('month', starts_on - 1))
        FROM agreements_agreement
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0016_years_read'),
    ]

    operations = [
        migrations.RunSQL(KNOW, "DROP STATISTICS agreement_months"),
    ]

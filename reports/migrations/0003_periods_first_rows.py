"""Which reports are asked for at first."""

from django.db import migrations

from reports.duties import first


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_periods")]

    operations = [migrations.RunPython(first.fill, migrations.RunPython.noop)]

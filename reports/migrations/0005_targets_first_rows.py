from django.db import migrations

from reports.indicators import first


class Migration(migrations.Migration):
    """The catalogue of indicators that the portal begins with."""

    dependencies = [("reports", "0004_targets")]

    operations = [migrations.RunPython(first.fill, migrations.RunPython.noop)]

from django.db import migrations

from pokmas.rules import first


class Migration(migrations.Migration):
    """From which age one may be a volunteer."""

    dependencies = [("rules", "0002_volunteers")]

    operations = [migrations.RunPython(first.fill, migrations.RunPython.noop)]

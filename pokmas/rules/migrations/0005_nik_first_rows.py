from django.db import migrations

from pokmas.rules import first


class Migration(migrations.Migration):
    """For how long the number of a person is kept."""

    dependencies = [("rules", "0004_nik")]

    operations = [migrations.RunPython(first.fill, migrations.RunPython.noop)]

"""The ladder of warnings that the portal begins with."""

from django.db import migrations

from agreements.warnings.first import fill


class Migration(migrations.Migration):
    dependencies = [("agreements", "0004_life")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

"""What is asked of a plan of cooperation."""

from django.db import migrations

from agreements.feasibility.first import fill


class Migration(migrations.Migration):
    dependencies = [("agreements", "0004_parties")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

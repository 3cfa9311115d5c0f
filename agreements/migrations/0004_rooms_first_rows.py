"""What the rooms begin with."""

from django.db import migrations

from agreements.feasibility import first as feasibility
from agreements.proofs import first as proofs
from agreements.texts import first as texts
from agreements.warnings import first as warnings


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_rooms")]

    operations = [
        migrations.RunPython(feasibility.fill, migrations.RunPython.noop),
        migrations.RunPython(texts.fill, migrations.RunPython.noop),
        migrations.RunPython(proofs.fill, migrations.RunPython.noop),
        migrations.RunPython(warnings.fill, migrations.RunPython.noop),
    ]

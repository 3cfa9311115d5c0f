from django.db import migrations

from agreements.proofs import first


class Migration(migrations.Migration):
    """The elements of the evidence card."""

    dependencies = [("agreements", "0008_proofs")]

    operations = [migrations.RunPython(first.fill, migrations.RunPython.noop)]

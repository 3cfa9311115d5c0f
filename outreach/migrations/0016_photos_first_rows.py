"""Why photos are refused."""

from django.db import migrations

from outreach.evidence import first


class Migration(migrations.Migration):
    dependencies = [("outreach", "0015_photos")]

    operations = [migrations.RunPython(first.fill, migrations.RunPython.noop)]

"""What may be said of a session and of people."""

from django.db import migrations

from outreach.presence import first


class Migration(migrations.Migration):
    dependencies = [("outreach", "0009_presence")]

    operations = [migrations.RunPython(first.fill, migrations.RunPython.noop)]

from django.db import migrations

from outreach.restorative.first import fill


class Migration(migrations.Migration):
    dependencies = [("outreach", "0004_reporting")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

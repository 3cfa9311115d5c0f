from django.db import migrations

from outreach.ambassadors.first import fill


class Migration(migrations.Migration):
    dependencies = [("outreach", "0007_ambassadors")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

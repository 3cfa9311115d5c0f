"""What decrees and letters about groups say when the portal begins."""

from django.db import migrations

from partners.decrees.first import fill


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0013_groups'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

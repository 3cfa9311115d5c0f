"""What texts of agreements say when the portal begins."""

from django.db import migrations

from agreements.texts.first import fill


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0006_texts'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

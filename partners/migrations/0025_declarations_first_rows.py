"""What partners declare when they register, from the beginning."""

from django.db import migrations

from partners.declarations.first import fill


class Migration(migrations.Migration):
    dependencies = [("partners", "0024_declarations")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

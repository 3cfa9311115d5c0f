"""The kinds that partners have had so far, as rows."""

from django.db import migrations

from partners.kinds.first import fill


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_kinds")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

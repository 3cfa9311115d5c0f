"""The kinds that partners have had so far, as rows."""

from django.db import migrations

from partners.kinds.first import fill_kinds


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_kinds")]

    operations = [migrations.RunPython(fill_kinds, migrations.RunPython.noop)]

"""The papers that are asked for from the beginning."""

from django.db import migrations

from partners.kinds.first import fill_papers


class Migration(migrations.Migration):
    dependencies = [("partners", "0016_legal")]

    operations = [migrations.RunPython(fill_papers, migrations.RunPython.noop)]

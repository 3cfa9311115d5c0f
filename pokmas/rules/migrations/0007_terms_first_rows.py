from django.db import migrations

from pokmas.rules import first


class Migration(migrations.Migration):
    """How long a partner is approved for."""

    dependencies = [("rules", "0006_visits_and_terms")]

    operations = [migrations.RunPython(first.fill, migrations.RunPython.noop)]

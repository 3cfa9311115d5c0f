from django.db import migrations

from pokmas.rules import first


class Migration(migrations.Migration):
    """For how long a volunteer is accepted: without an end, until it is set."""

    dependencies = [("rules", "0008_volunteer_terms")]

    operations = [migrations.RunPython(first.fill, migrations.RunPython.noop)]

from django.db import migrations

from pokmas.numbering import first


class Migration(migrations.Migration):
    """The archive codes that the portal begins with."""

    dependencies = [("numbering", "0001_initial")]

    operations = [migrations.RunPython(first.fill, migrations.RunPython.noop)]

from django.db import migrations

from partners.volunteers import first


class Migration(migrations.Migration):
    """The skills, the promise and the consent text that volunteers begin with."""

    dependencies = [
        ("partners", "0011_volunteers"),
        ("accounts", "0001_initial"),
    ]

    operations = [migrations.RunPython(first.fill, migrations.RunPython.noop)]

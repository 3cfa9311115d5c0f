"""What is looked at on a visit."""

from django.db import migrations

from partners.visits.first import fill


class Migration(migrations.Migration):
    dependencies = [("partners", "0020_visits_and_terms")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

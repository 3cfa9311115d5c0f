"""The function that spells names in one way."""

from django.db import migrations

from partners.registry.operations import PLAIN_NAME


class Migration(migrations.Migration):
    dependencies = [("partners", "0008_submitted_days")]
    operations = [PLAIN_NAME]

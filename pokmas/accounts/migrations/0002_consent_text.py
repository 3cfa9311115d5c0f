import pgtrigger
from django.db import migrations

from pokmas.accounts import consent_texts


def add(apps, schema_editor):
    consent_texts.load(
        apps.get_model("accounts", "ConsentText"), consent_texts.ACCOUNT
    )


def remove(apps, schema_editor):
    with pgtrigger.ignore():
        apps.get_model("accounts", "ConsentText").objects.filter(
            purpose="account", version=1
        ).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]

from django.db import migrations, models

from agreements.register.validity import MonthOfYears


class Migration(migrations.Migration):
    dependencies = [("agreements", "0015_scale")]

    operations = [
        migrations.RemoveIndex("agreement", "agreement_years"),
        migrations.AddIndex(
            "agreement",
            models.Index(
                MonthOfYears(),
                models.F("region"),
                models.F("office"),
                include=("starts_on", "ends_on", "id"),
                condition=models.Q(("amends", None), ("status", "signed")),
                name="agreement_years",
            ),
        ),
    ]

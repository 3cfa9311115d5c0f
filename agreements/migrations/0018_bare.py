from django.db import migrations, models

import pokmas.numbering.keys


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0017_months_of_years'),
        ('numbering', '0006_bare'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='agreement',
            name='agreement_number_once_a_year',
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(models.F('office'), pokmas.numbering.keys.Bare('our_number'), models.F('number_year'), condition=models.Q(('our_number', ''), _negated=True), name='agreement_number_once_a_year', violation_error_message='Nomor ini sudah dipakai pada tahun yang sama.'),
        ),
    ]

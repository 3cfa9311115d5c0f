from django.db import migrations, models

import pokmas.numbering.keys
from pokmas.numbering.operations import BARE_NUMBER


class Migration(migrations.Migration):

    dependencies = [
        ('numbering', '0005_busier'),
    ]

    operations = [
        BARE_NUMBER,
        migrations.RemoveConstraint(
            model_name='number',
            name='number_once_a_year',
        ),
        migrations.AddConstraint(
            model_name='number',
            constraint=models.UniqueConstraint(models.F('office'), models.F('year'), pokmas.numbering.keys.Bare('text'), condition=models.Q(('cancelled_at', None)), name='number_once_a_year', violation_error_message='Nomor ini sudah ada di buku nomor tahun itu.'),
        ),
    ]

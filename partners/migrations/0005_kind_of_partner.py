"""A partner names its kind; the column keeps the codes that it held."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("partners", "0004_kinds_first_rows")]

    operations = [
        migrations.AlterField(
            model_name='partner',
            name='kind',
            field=models.ForeignKey(db_column='kind', on_delete=django.db.models.deletion.PROTECT, related_name='partners', to='partners.partnerkind', to_field='code', verbose_name='jenis mitra'),
        ),
        migrations.AlterField(
            model_name='partnerevent',
            name='kind',
            field=models.ForeignKey(db_column='kind', db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.partnerkind', to_field='code', verbose_name='jenis mitra'),
        ),
    ]

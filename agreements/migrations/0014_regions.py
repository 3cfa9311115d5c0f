"""An agreement, a sheet, a signing day and a page of a month follow their office."""

from django.db import migrations

from pokmas.offices.operations import keep_region_where_missing


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0013_rest'),
    ]

    operations = [
        keep_region_where_missing('agreements_agreement'),
        keep_region_where_missing('agreements_feasibility'),
        keep_region_where_missing('agreements_signingday'),
        keep_region_where_missing('agreements_regionmonth'),
    ]

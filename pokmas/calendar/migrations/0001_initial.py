"""Where `agreements` made the tables, they stand already, with the tokens that people gave
to their programmes."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


MODELS = ['calendarfeed', 'calendarfeedevent']


def take_over(apps, schema_editor):
    _rename(apps, 'agreements', 'calendar')


def give_back(apps, schema_editor):
    _rename(apps, 'calendar', 'agreements')


def _rename(apps, was, now):
    """What the trail says of them names them by their content type."""
    kinds = apps.get_model('contenttypes', 'ContentType').objects
    kinds.filter(app_label=was, model__in=MODELS).update(app_label=now)


class CreateWhereMissing(migrations.CreateModel):
    """The table stays on the way back: there, it is one of `agreements`."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        table = to_state.apps.get_model(app_label, self.name)._meta.db_table
        if table not in schema_editor.connection.introspection.table_names():
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        pass


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('agreements', '0012_calendar_moves'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateWhereMissing(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('renewed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='alamat dibuat')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.assignment')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'alamat kalender',
                'db_table': 'agreements_calendarfeed',
            },
        ),
        CreateWhereMissing(
            name='CalendarFeedEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('renewed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='alamat dibuat')),
                ('assignment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.assignment')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='calendar.calendarfeed')),
                ('user', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'agreements_calendarfeedevent',
                'abstract': False,
            },
        ),
        migrations.RunPython(take_over, give_back),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarfeed',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agreements_calendarfeedevent" ("assignment_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renewed_at", "user_id") VALUES (NEW."assignment_id", NEW."id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."renewed_at", NEW."user_id"); RETURN NULL;', hash='580a705897a5efea6d53701f773daa0d3de3c020', operation='INSERT', pgid='pgtrigger_insert_insert_d391e', table='agreements_calendarfeed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarfeed',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."assignment_id" IS DISTINCT FROM (NEW."assignment_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."renewed_at" IS DISTINCT FROM (NEW."renewed_at") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "agreements_calendarfeedevent" ("assignment_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renewed_at", "user_id") VALUES (NEW."assignment_id", NEW."id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."renewed_at", NEW."user_id"); RETURN NULL;', hash='149d5b18aab7da2a696a53af9bd8c0ed548b0e48', operation='UPDATE', pgid='pgtrigger_update_update_6225b', table='agreements_calendarfeed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarfeed',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agreements_calendarfeedevent" ("assignment_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renewed_at", "user_id") VALUES (OLD."assignment_id", OLD."id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."renewed_at", OLD."user_id"); RETURN NULL;', hash='6a373c63c26c1a0c057435eaa5d9f56522b4f4c5', operation='DELETE', pgid='pgtrigger_delete_delete_9e902', table='agreements_calendarfeed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarfeedevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0c97269eaf304da5c378673c151dfc0897a68daf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2f7db', table='agreements_calendarfeedevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarfeedevent',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='dcddb5889556498f7561912a50e83c2981e482d5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_b1b98', table='agreements_calendarfeedevent', when='BEFORE')),
        ),
    ]

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from pokmas.offices.operations import keep_region


class Migration(migrations.Migration):

    replaces = [('coordination', '0001_initial'), ('coordination', '0002_lists')]

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('offices', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('status_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('reason', models.TextField(blank=True, editable=False, max_length=1000, verbose_name='alasan')),
                ('what', models.CharField(max_length=200, verbose_name='tugas')),
                ('details', models.TextField(blank=True, max_length=2000, verbose_name='penjelasan')),
                ('until', models.DateField(verbose_name='selesai paling lambat')),
                ('about_id', models.BigIntegerField(editable=False, null=True)),
                ('batch', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('answer', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='hasil')),
                ('status', models.CharField(choices=[('unassigned', 'Belum ditunjuk'), ('assigned', 'Dikerjakan'), ('done', 'Selesai'), ('handed_back', 'Dikembalikan'), ('withdrawn', 'Dibatalkan')], default='unassigned', editable=False, max_length=11, verbose_name='status')),
                ('about_type', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_from', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office', verbose_name='pemberi tugas')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office', verbose_name='unit')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pelaksana')),
                ('region', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'verbose_name': 'tugas',
                'ordering': ['until', 'pk'],
                'indexes': [models.Index(fields=['office', 'until', 'id'], name='coordinatio_office__ae04cc_idx'), models.Index(fields=['region', 'until', 'id'], name='coordinatio_region__a71e8d_idx'), models.Index(fields=['given_from', 'until', 'id'], name='coordinatio_given_f_f69238_idx'), models.Index(fields=['about_type', 'about_id'], name='coordinatio_about_t_3f32de_idx'), models.Index(condition=models.Q(('status', 'assigned')), fields=['owner'], name='tasks_of_an_officer'), models.Index(fields=['until', 'id'], name='coordinatio_until_b2480b_idx'), models.Index(condition=models.Q(('status__in', ['unassigned', 'assigned', 'handed_back'])), fields=['until', 'id'], name='tasks_running'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('what'), name='gin_trgm_ops'), fastupdate=False, name='task_what_words'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('details'), name='gin_trgm_ops'), fastupdate=False, name='task_details_words')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'assigned'), _negated=True), ('owner__isnull', False), _connector='OR'), name='assigned_task_has_owner', violation_error_message='Pilih pelaksananya.'), models.CheckConstraint(condition=models.Q(models.Q(('about_id', None), ('about_type', None)), models.Q(('about_id__isnull', False), ('about_type__isnull', False)), _connector='OR'), name='task_is_about_a_record_or_none')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000, verbose_name='kabar')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='coordination.task')),
            ],
            options={
                'verbose_name': 'kabar tugas',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='TaskEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('status_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('reason', models.TextField(blank=True, editable=False, max_length=1000, verbose_name='alasan')),
                ('what', models.CharField(max_length=200, verbose_name='tugas')),
                ('details', models.TextField(blank=True, max_length=2000, verbose_name='penjelasan')),
                ('until', models.DateField(verbose_name='selesai paling lambat')),
                ('about_id', models.BigIntegerField(editable=False, null=True)),
                ('batch', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('answer', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='hasil')),
                ('status', models.CharField(choices=[('unassigned', 'Belum ditunjuk'), ('assigned', 'Dikerjakan'), ('done', 'Selesai'), ('handed_back', 'Dikembalikan'), ('withdrawn', 'Dibatalkan')], default='unassigned', editable=False, max_length=11, verbose_name='status')),
                ('about_type', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contenttypes.contenttype')),
                ('created_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_from', models.ForeignKey(db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='offices.office', verbose_name='pemberi tugas')),
                ('office', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='offices.office', verbose_name='unit')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pelaksana')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='coordination.task')),
                ('region', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='offices.office')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MessageEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('text', models.TextField(max_length=2000, verbose_name='kabar')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='coordination.message')),
                ('task', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='coordination.task')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['task'], name='coordinatio_task_id_fcb6ed_idx')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coordination_messageevent" ("at", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id", "text") VALUES (NEW."at", NEW."by_id", NEW."id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."task_id", NEW."text"); RETURN NULL;', hash='66f4765ea5be322aec3317b41702a5f9f786e8fe', operation='INSERT', pgid='pgtrigger_insert_insert_55ef9', table='coordination_message', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "coordination_messageevent" ("at", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id", "text") VALUES (NEW."at", NEW."by_id", NEW."id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."task_id", NEW."text"); RETURN NULL;', hash='341894f66fb75008d43427c4ad90b33058964ab7', operation='UPDATE', pgid='pgtrigger_update_update_868c5', table='coordination_message', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coordination_messageevent" ("at", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id", "text") VALUES (OLD."at", OLD."by_id", OLD."id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."task_id", OLD."text"); RETURN NULL;', hash='b0333a26b33c12c23767c02747dae24a162e4516', operation='DELETE', pgid='pgtrigger_delete_delete_acb7b', table='coordination_message', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='messageevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d7239b11edba4469500da0dde195354955d7300b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e73bc', table='coordination_messageevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='messageevent',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='57cb16bd6e1216d71b6d482c5852541c85fd9577', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_de5b5', table='coordination_messageevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='task',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coordination_taskevent" ("about_id", "about_type_id", "answer", "batch", "created_at", "created_by_id", "details", "given_from_id", "id", "office_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "region_id", "revision", "status", "status_since", "submission_key", "until", "what") VALUES (NEW."about_id", NEW."about_type_id", NEW."answer", NEW."batch", NEW."created_at", NEW."created_by_id", NEW."details", NEW."given_from_id", NEW."id", NEW."office_id", NEW."owner_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."reason", NEW."region_id", NEW."revision", NEW."status", NEW."status_since", NEW."submission_key", NEW."until", NEW."what"); RETURN NULL;', hash='04b7796356bf38cf6c23dbd27c5c25c834e3386f', operation='INSERT', pgid='pgtrigger_insert_insert_d80c7', table='coordination_task', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='task',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "coordination_taskevent" ("about_id", "about_type_id", "answer", "batch", "created_at", "created_by_id", "details", "given_from_id", "id", "office_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "region_id", "revision", "status", "status_since", "submission_key", "until", "what") VALUES (NEW."about_id", NEW."about_type_id", NEW."answer", NEW."batch", NEW."created_at", NEW."created_by_id", NEW."details", NEW."given_from_id", NEW."id", NEW."office_id", NEW."owner_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."reason", NEW."region_id", NEW."revision", NEW."status", NEW."status_since", NEW."submission_key", NEW."until", NEW."what"); RETURN NULL;', hash='74c172ee41a31a287b8b5a199c5c9bd055b05447', operation='UPDATE', pgid='pgtrigger_update_update_0f0ef', table='coordination_task', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='task',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "coordination_taskevent" ("about_id", "about_type_id", "answer", "batch", "created_at", "created_by_id", "details", "given_from_id", "id", "office_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "region_id", "revision", "status", "status_since", "submission_key", "until", "what") VALUES (OLD."about_id", OLD."about_type_id", OLD."answer", OLD."batch", OLD."created_at", OLD."created_by_id", OLD."details", OLD."given_from_id", OLD."id", OLD."office_id", OLD."owner_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."reason", OLD."region_id", OLD."revision", OLD."status", OLD."status_since", OLD."submission_key", OLD."until", OLD."what"); RETURN NULL;', hash='1251f3402046cb030e7c1df24cc9163fa0794856', operation='DELETE', pgid='pgtrigger_delete_delete_53968', table='coordination_task', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taskevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8d8b5ac096542118ef5d716c11007c27ac945ff3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b7bfb', table='coordination_taskevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taskevent',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='39753a979a371f2894e137c1896c1e8690f3d06c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_32734', table='coordination_taskevent', when='BEFORE')),
        ),
        keep_region("coordination_task"),
    ]

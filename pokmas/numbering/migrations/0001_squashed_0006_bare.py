import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import pokmas.numbering.keys
import pokmas.offices.letters
import uuid
from django.conf import settings
from django.db import migrations, models

from pokmas.numbering import first
from pokmas.numbering.operations import BARE_NUMBER
from pokmas.offices.operations import keep_region


class Migration(migrations.Migration):

    replaces = [('numbering', '0001_initial'), ('numbering', '0002_first_rows'), ('numbering', '0003_scale'), ('numbering', '0004_years'), ('numbering', '0005_busier'), ('numbering', '0006_bare')]

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('documents', '0005_texts'),
        ('offices', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BARE_NUMBER,
        migrations.CreateModel(
            name='Classification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('is_active', models.BooleanField(default=True, editable=False, verbose_name='masih dipakai')),
                ('code', models.CharField(max_length=20, verbose_name='kode')),
                ('name', models.CharField(max_length=150, verbose_name='uraian')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'klasifikasi arsip',
                'ordering': ['code', 'pk'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Upper('code'), name='classification_once', violation_error_message='Kode klasifikasi ini sudah ada.')],
            },
        ),
        migrations.CreateModel(
            name='NumberBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('series', models.CharField(blank=True, choices=[('agreement', 'Kerja sama (nota kesepahaman, PKS)'), ('decree', 'Surat keputusan'), ('letter', 'Surat keluar'), ('assignment', 'Surat tugas'), ('minutes', 'Berita acara'), ('certificate', 'Piagam'), ('other', 'Naskah lain')], max_length=12)),
                ('last', models.PositiveIntegerField(default=0, verbose_name='nomor urut terakhir')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office', verbose_name='unit')),
                ('region', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'verbose_name': 'buku nomor',
                'ordering': ['-year', 'series', 'pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('office', 'year', 'series'), name='one_number_book_a_year', violation_error_message='Buku nomor ini sudah ada.')],
            },
        ),
        migrations.CreateModel(
            name='OfficeCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('code', models.CharField(max_length=20, verbose_name='kode')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office', verbose_name='unit')),
                ('region', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'verbose_name': 'kode kantor',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('office',), name='office_code_once', violation_error_message='Kantor ini sudah punya kode.')],
            },
        ),
        migrations.CreateModel(
            name='ClassificationEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('is_active', models.BooleanField(default=True, editable=False, verbose_name='masih dipakai')),
                ('code', models.CharField(max_length=20, verbose_name='kode')),
                ('name', models.CharField(max_length=150, verbose_name='uraian')),
                ('created_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='numbering.classification')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Number',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('agreement', 'Kerja sama (nota kesepahaman, PKS)'), ('decree', 'Surat keputusan'), ('letter', 'Surat keluar'), ('assignment', 'Surat tugas'), ('minutes', 'Berita acara'), ('certificate', 'Piagam'), ('other', 'Naskah lain')], max_length=12, verbose_name='jenis naskah')),
                ('year', models.PositiveSmallIntegerField(editable=False, verbose_name='tahun')),
                ('sequence', models.PositiveIntegerField(editable=False, null=True, verbose_name='no. urut')),
                ('text', models.CharField(max_length=100, verbose_name='nomor naskah')),
                ('plain', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Upper(django.db.models.functions.text.Replace('text', models.Value(' '))), output_field=models.TextField())),
                ('dated', models.DateField(verbose_name='tanggal')),
                ('addressed_to', models.CharField(blank=True, max_length=200, verbose_name='ditujukan kepada')),
                ('gist', models.CharField(max_length=300, verbose_name='isi singkat')),
                ('source', models.CharField(choices=[('portal', 'Portal'), ('srikandi', 'SRIKANDI'), ('outside', 'Diketik')], editable=False, max_length=10, verbose_name='nomor diberi oleh')),
                ('owner_id', models.BigIntegerField(editable=False, null=True)),
                ('cancelled_at', models.DateTimeField(editable=False, null=True, verbose_name='dibatalkan')),
                ('reason', models.TextField(blank=True, editable=False, max_length=1000, verbose_name='alasan pembatalan')),
                ('search_text', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Upper(django.db.models.functions.text.Concat('text', models.Value(' '), 'gist', models.Value(' '), 'addressed_to')), output_field=models.TextField())),
                ('cancelled_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('classification', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='numbering.classification', verbose_name='klasifikasi')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document', verbose_name='naskah bertanda tangan')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office', verbose_name='unit')),
                ('owner_type', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype')),
                ('region', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='numbers', to='numbering.numberbook')),
            ],
            options={
                'verbose_name': 'nomor naskah',
                'ordering': ['-dated', '-pk'],
                'abstract': False,
                'indexes': [models.Index(fields=['owner_type', 'owner_id'], name='numbering_n_owner_t_8da96b_idx'), models.Index(fields=['region', '-dated', '-id'], name='numbering_n_region__8bd2ce_idx'), models.Index(fields=['office', '-dated', '-id'], name='numbering_n_office__e5b34f_idx'), models.Index(fields=['-dated', '-id'], name='numbering_n_dated_44cae6_idx'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search_text'], name='number_search', opclasses=['gin_trgm_ops']), models.Index(fields=['year', '-dated', '-id'], name='numbering_n_year_271d1d_idx'), models.Index(fields=['kind', '-dated', '-id'], name='numbering_n_kind_cd3c04_idx')],
                'constraints': [models.UniqueConstraint(fields=('book', 'sequence'), name='number_sequence_once', violation_error_message='Nomor urut ini sudah dipakai.'), models.UniqueConstraint(models.F('office'), models.F('year'), pokmas.numbering.keys.Bare('text'), condition=models.Q(('cancelled_at', None)), name='number_once_a_year', violation_error_message='Nomor ini sudah ada di buku nomor tahun itu.'), models.CheckConstraint(condition=models.Q(('cancelled_at', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='cancelled_number_has_reason', violation_error_message='Alasan wajib diisi.')],
            },
        ),
        migrations.CreateModel(
            name='NumberTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('agreement', 'Kerja sama (nota kesepahaman, PKS)'), ('decree', 'Surat keputusan'), ('letter', 'Surat keluar'), ('assignment', 'Surat tugas'), ('minutes', 'Berita acara'), ('certificate', 'Piagam'), ('other', 'Naskah lain')], max_length=12, verbose_name='jenis naskah')),
                ('source', models.CharField(choices=[('portal', 'Portal'), ('srikandi', 'SRIKANDI')], default='portal', max_length=10, verbose_name='nomor diberi oleh')),
                ('pattern', models.CharField(blank=True, max_length=80, validators=[pokmas.offices.letters.check_number_pattern], verbose_name='pola nomor')),
                ('has_own_series', models.BooleanField(default=False, verbose_name='nomor urutnya sendiri, terpisah dari naskah lain')),
                ('valid_from', models.DateField(verbose_name='berlaku sejak')),
                ('classification', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='numbering.classification', verbose_name='klasifikasi')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office', verbose_name='unit')),
                ('region', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'verbose_name': 'pola nomor',
                'ordering': ['kind', '-valid_from', '-pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('office', 'kind', 'valid_from'), name='number_template_once_a_day', violation_error_message='Sudah ada pola untuk jenis ini yang berlaku sejak tanggal itu.'), models.CheckConstraint(condition=models.Q(models.Q(('source', 'portal'), _negated=True), models.Q(('pattern', ''), _negated=True), _connector='OR'), name='number_template_has_pattern', violation_error_message='Isi pola nomor.')],
            },
        ),
        migrations.CreateModel(
            name='OfficeCodeEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('code', models.CharField(max_length=20, verbose_name='kode')),
                ('created_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='offices.office', verbose_name='unit')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='numbering.officecode')),
                ('region', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='offices.office')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NumberEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('agreement', 'Kerja sama (nota kesepahaman, PKS)'), ('decree', 'Surat keputusan'), ('letter', 'Surat keluar'), ('assignment', 'Surat tugas'), ('minutes', 'Berita acara'), ('certificate', 'Piagam'), ('other', 'Naskah lain')], max_length=12, verbose_name='jenis naskah')),
                ('year', models.PositiveSmallIntegerField(editable=False, verbose_name='tahun')),
                ('sequence', models.PositiveIntegerField(editable=False, null=True, verbose_name='no. urut')),
                ('text', models.CharField(max_length=100, verbose_name='nomor naskah')),
                ('dated', models.DateField(verbose_name='tanggal')),
                ('addressed_to', models.CharField(blank=True, max_length=200, verbose_name='ditujukan kepada')),
                ('gist', models.CharField(max_length=300, verbose_name='isi singkat')),
                ('source', models.CharField(choices=[('portal', 'Portal'), ('srikandi', 'SRIKANDI'), ('outside', 'Diketik')], editable=False, max_length=10, verbose_name='nomor diberi oleh')),
                ('owner_id', models.BigIntegerField(editable=False, null=True)),
                ('cancelled_at', models.DateTimeField(editable=False, null=True, verbose_name='dibatalkan')),
                ('reason', models.TextField(blank=True, editable=False, max_length=1000, verbose_name='alasan pembatalan')),
                ('book', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='numbering.numberbook')),
                ('cancelled_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('classification', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='numbering.classification', verbose_name='klasifikasi')),
                ('created_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document', verbose_name='naskah bertanda tangan')),
                ('office', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='offices.office', verbose_name='unit')),
                ('owner_type', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contenttypes.contenttype')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='numbering.number')),
                ('region', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='offices.office')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NumberTemplateEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('agreement', 'Kerja sama (nota kesepahaman, PKS)'), ('decree', 'Surat keputusan'), ('letter', 'Surat keluar'), ('assignment', 'Surat tugas'), ('minutes', 'Berita acara'), ('certificate', 'Piagam'), ('other', 'Naskah lain')], max_length=12, verbose_name='jenis naskah')),
                ('source', models.CharField(choices=[('portal', 'Portal'), ('srikandi', 'SRIKANDI')], default='portal', max_length=10, verbose_name='nomor diberi oleh')),
                ('pattern', models.CharField(blank=True, max_length=80, validators=[pokmas.offices.letters.check_number_pattern], verbose_name='pola nomor')),
                ('has_own_series', models.BooleanField(default=False, verbose_name='nomor urutnya sendiri, terpisah dari naskah lain')),
                ('valid_from', models.DateField(verbose_name='berlaku sejak')),
                ('classification', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='numbering.classification', verbose_name='klasifikasi')),
                ('created_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='offices.office', verbose_name='unit')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='numbering.numbertemplate')),
                ('region', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='offices.office')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classification',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "numbering_classificationevent" ("code", "created_at", "created_by_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "submission_key") VALUES (NEW."code", NEW."created_at", NEW."created_by_id", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."revision", NEW."submission_key"); RETURN NULL;', hash='1f67e8f83fea9e7b2defb20adf73c7742128faa4', operation='INSERT', pgid='pgtrigger_insert_insert_fcb1a', table='numbering_classification', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classification',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "numbering_classificationevent" ("code", "created_at", "created_by_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "submission_key") VALUES (NEW."code", NEW."created_at", NEW."created_by_id", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."revision", NEW."submission_key"); RETURN NULL;', hash='ec806857994609d80585219937f1e811936cfcb2', operation='UPDATE', pgid='pgtrigger_update_update_3aea2', table='numbering_classification', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classification',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "numbering_classificationevent" ("code", "created_at", "created_by_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "submission_key") VALUES (OLD."code", OLD."created_at", OLD."created_by_id", OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."revision", OLD."submission_key"); RETURN NULL;', hash='38961822336190ba9aebe7e0ba696b73f56c20e0', operation='DELETE', pgid='pgtrigger_delete_delete_47e48', table='numbering_classification', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classificationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b7853eea2db8cfdd1a542b395e33d01a88c99d85', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5ac1d', table='numbering_classificationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='classificationevent',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='fda96fa21639411b1001c3c0941b9e33151458f6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_145c8', table='numbering_classificationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='number',
            trigger=pgtrigger.compiler.Trigger(name='region_of_office', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    NEW.region_id := (SELECT region_id FROM offices_office\n                                      WHERE id = NEW.office_id);\n                    RETURN NEW;\n                ', hash='ba72a5395453b18e220b9e23d25411ef887c6b74', operation='INSERT OR UPDATE OF "office_id"', pgid='pgtrigger_region_of_office_bbaf6', table='numbering_number', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='number',
            trigger=pgtrigger.compiler.Trigger(name='number_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."book_id" IS DISTINCT FROM (NEW."book_id") OR OLD."file_id" IS DISTINCT FROM (NEW."file_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."sequence" IS DISTINCT FROM (NEW."sequence") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."year" IS DISTINCT FROM (NEW."year"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b6bfc8d9b9ff029d160d6b3b2a3d349ec3e84d07', operation='UPDATE', pgid='pgtrigger_number_is_final_85575', table='numbering_number', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='number',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ce1a21c7593681cd0e53d16ed7ab4e28ef639719', operation='DELETE', pgid='pgtrigger_never_deleted_d52cc', table='numbering_number', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='number',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "numbering_numberevent" ("addressed_to", "book_id", "cancelled_at", "cancelled_by_id", "classification_id", "created_at", "created_by_id", "dated", "file_id", "gist", "id", "kind", "office_id", "owner_id", "owner_type_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "region_id", "revision", "sequence", "source", "submission_key", "text", "year") VALUES (NEW."addressed_to", NEW."book_id", NEW."cancelled_at", NEW."cancelled_by_id", NEW."classification_id", NEW."created_at", NEW."created_by_id", NEW."dated", NEW."file_id", NEW."gist", NEW."id", NEW."kind", NEW."office_id", NEW."owner_id", NEW."owner_type_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."reason", NEW."region_id", NEW."revision", NEW."sequence", NEW."source", NEW."submission_key", NEW."text", NEW."year"); RETURN NULL;', hash='b8f7c070d1a7f81e7e84ebc7b3a1a0117a7781b8', operation='INSERT', pgid='pgtrigger_insert_insert_27f2f', table='numbering_number', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='number',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."addressed_to" IS DISTINCT FROM (NEW."addressed_to") OR OLD."book_id" IS DISTINCT FROM (NEW."book_id") OR OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."cancelled_by_id" IS DISTINCT FROM (NEW."cancelled_by_id") OR OLD."classification_id" IS DISTINCT FROM (NEW."classification_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."dated" IS DISTINCT FROM (NEW."dated") OR OLD."file_id" IS DISTINCT FROM (NEW."file_id") OR OLD."gist" IS DISTINCT FROM (NEW."gist") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."owner_type_id" IS DISTINCT FROM (NEW."owner_type_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."revision" IS DISTINCT FROM (NEW."revision") OR OLD."sequence" IS DISTINCT FROM (NEW."sequence") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."submission_key" IS DISTINCT FROM (NEW."submission_key") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."year" IS DISTINCT FROM (NEW."year"))', func='INSERT INTO "numbering_numberevent" ("addressed_to", "book_id", "cancelled_at", "cancelled_by_id", "classification_id", "created_at", "created_by_id", "dated", "file_id", "gist", "id", "kind", "office_id", "owner_id", "owner_type_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "region_id", "revision", "sequence", "source", "submission_key", "text", "year") VALUES (NEW."addressed_to", NEW."book_id", NEW."cancelled_at", NEW."cancelled_by_id", NEW."classification_id", NEW."created_at", NEW."created_by_id", NEW."dated", NEW."file_id", NEW."gist", NEW."id", NEW."kind", NEW."office_id", NEW."owner_id", NEW."owner_type_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."reason", NEW."region_id", NEW."revision", NEW."sequence", NEW."source", NEW."submission_key", NEW."text", NEW."year"); RETURN NULL;', hash='8b88700922b8bdc78009fa2efc127af0e81cabfe', operation='UPDATE', pgid='pgtrigger_update_update_dfb46', table='numbering_number', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='number',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "numbering_numberevent" ("addressed_to", "book_id", "cancelled_at", "cancelled_by_id", "classification_id", "created_at", "created_by_id", "dated", "file_id", "gist", "id", "kind", "office_id", "owner_id", "owner_type_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "region_id", "revision", "sequence", "source", "submission_key", "text", "year") VALUES (OLD."addressed_to", OLD."book_id", OLD."cancelled_at", OLD."cancelled_by_id", OLD."classification_id", OLD."created_at", OLD."created_by_id", OLD."dated", OLD."file_id", OLD."gist", OLD."id", OLD."kind", OLD."office_id", OLD."owner_id", OLD."owner_type_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."reason", OLD."region_id", OLD."revision", OLD."sequence", OLD."source", OLD."submission_key", OLD."text", OLD."year"); RETURN NULL;', hash='b346798781d043061f79fdc489f9680d0cb0ba3a', operation='DELETE', pgid='pgtrigger_delete_delete_ca465', table='numbering_number', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='numberbook',
            trigger=pgtrigger.compiler.Trigger(name='region_of_office', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    NEW.region_id := (SELECT region_id FROM offices_office\n                                      WHERE id = NEW.office_id);\n                    RETURN NEW;\n                ', hash='704b85bc5fa0037b43cf1d70f8a7198d37b3fba3', operation='INSERT OR UPDATE OF "office_id"', pgid='pgtrigger_region_of_office_d05ad', table='numbering_numberbook', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='numberevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d7dd9ff88ffd2b7ca6f1cf83a31d698d5ae8aba7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c6081', table='numbering_numberevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='numberevent',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='a55216e73866f09de6be81b00758ce279016d5a7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_df952', table='numbering_numberevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='numbertemplate',
            trigger=pgtrigger.compiler.Trigger(name='region_of_office', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    NEW.region_id := (SELECT region_id FROM offices_office\n                                      WHERE id = NEW.office_id);\n                    RETURN NEW;\n                ', hash='557522c9c1dd92065bd766d13c31591e5c1ee2f9', operation='INSERT OR UPDATE OF "office_id"', pgid='pgtrigger_region_of_office_a030f', table='numbering_numbertemplate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='numbertemplate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "numbering_numbertemplateevent" ("classification_id", "created_at", "created_by_id", "has_own_series", "id", "kind", "office_id", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "revision", "source", "submission_key", "valid_from") VALUES (NEW."classification_id", NEW."created_at", NEW."created_by_id", NEW."has_own_series", NEW."id", NEW."kind", NEW."office_id", NEW."pattern", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."region_id", NEW."revision", NEW."source", NEW."submission_key", NEW."valid_from"); RETURN NULL;', hash='de96426fd1f4998bc16e4bce20e62bc013a23e94', operation='INSERT', pgid='pgtrigger_insert_insert_ed7e6', table='numbering_numbertemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='numbertemplate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "numbering_numbertemplateevent" ("classification_id", "created_at", "created_by_id", "has_own_series", "id", "kind", "office_id", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "revision", "source", "submission_key", "valid_from") VALUES (NEW."classification_id", NEW."created_at", NEW."created_by_id", NEW."has_own_series", NEW."id", NEW."kind", NEW."office_id", NEW."pattern", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."region_id", NEW."revision", NEW."source", NEW."submission_key", NEW."valid_from"); RETURN NULL;', hash='8e986e9ff1e5086a0bcccdbf7b5fa8623ea28a4f', operation='UPDATE', pgid='pgtrigger_update_update_fba0b', table='numbering_numbertemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='numbertemplate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "numbering_numbertemplateevent" ("classification_id", "created_at", "created_by_id", "has_own_series", "id", "kind", "office_id", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "revision", "source", "submission_key", "valid_from") VALUES (OLD."classification_id", OLD."created_at", OLD."created_by_id", OLD."has_own_series", OLD."id", OLD."kind", OLD."office_id", OLD."pattern", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."region_id", OLD."revision", OLD."source", OLD."submission_key", OLD."valid_from"); RETURN NULL;', hash='2d47b49b0d91fb296145441dc55d742b66dbfc53', operation='DELETE', pgid='pgtrigger_delete_delete_198d0', table='numbering_numbertemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='numbertemplateevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='099547101ef53b24ded7ce563eb65c2fe46b9ca8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3d18e', table='numbering_numbertemplateevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='numbertemplateevent',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='92c5579255843ec1445d699e842c9dead7f590ae', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_8e542', table='numbering_numbertemplateevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officecode',
            trigger=pgtrigger.compiler.Trigger(name='region_of_office', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    NEW.region_id := (SELECT region_id FROM offices_office\n                                      WHERE id = NEW.office_id);\n                    RETURN NEW;\n                ', hash='392a6d4a382b08e55b07e4852c3dddc5adf3b917', operation='INSERT OR UPDATE OF "office_id"', pgid='pgtrigger_region_of_office_ed967', table='numbering_officecode', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officecode',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "numbering_officecodeevent" ("code", "created_at", "created_by_id", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "revision", "submission_key") VALUES (NEW."code", NEW."created_at", NEW."created_by_id", NEW."id", NEW."office_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."region_id", NEW."revision", NEW."submission_key"); RETURN NULL;', hash='1341845e63a32ced20f23c483d20cc23b63792e1', operation='INSERT', pgid='pgtrigger_insert_insert_628e0', table='numbering_officecode', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officecode',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "numbering_officecodeevent" ("code", "created_at", "created_by_id", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "revision", "submission_key") VALUES (NEW."code", NEW."created_at", NEW."created_by_id", NEW."id", NEW."office_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."region_id", NEW."revision", NEW."submission_key"); RETURN NULL;', hash='2bf20a6c9568136786a6a2946e71d27cdf0b5545', operation='UPDATE', pgid='pgtrigger_update_update_7a4e2', table='numbering_officecode', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officecode',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "numbering_officecodeevent" ("code", "created_at", "created_by_id", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "revision", "submission_key") VALUES (OLD."code", OLD."created_at", OLD."created_by_id", OLD."id", OLD."office_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."region_id", OLD."revision", OLD."submission_key"); RETURN NULL;', hash='4e1b0f8bed8db762bb3b94c497b1de52ca3f5982', operation='DELETE', pgid='pgtrigger_delete_delete_c3741', table='numbering_officecode', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officecodeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='90cbda62b459babddd928fd4b01913682e668803', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4c3a4', table='numbering_officecodeevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officecodeevent',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='31b791a1756955b0c8cbedc7a6b223a9c03d737c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_0e3e7', table='numbering_officecodeevent', when='BEFORE')),
        ),
        keep_region("numbering_officecode"),
        keep_region("numbering_numbertemplate"),
        keep_region("numbering_numberbook"),
        keep_region("numbering_number"),
        migrations.RunPython(first.fill, migrations.RunPython.noop),
    ]

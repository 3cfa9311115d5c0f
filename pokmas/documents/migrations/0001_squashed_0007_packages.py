import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import pokmas.documents.models
from django.conf import settings
from django.db import migrations, models

from pokmas.offices.operations import keep_region


class Migration(migrations.Migration):

    replaces = [('documents', '0001_initial'), ('documents', '0002_drafts'), ('documents', '0003_lists'), ('documents', '0004_certificates'), ('documents', '0005_texts'), ('documents', '0006_scale'), ('documents', '0007_packages')]

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('jobs', '0001_initial'),
        ('offices', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner_id', models.BigIntegerField(null=True)),
                ('file', models.FileField(max_length=120, upload_to='')),
                ('thumbnail', models.FileField(blank=True, max_length=120, upload_to='')),
                ('name', models.CharField(max_length=120, verbose_name='nama berkas')),
                ('kind', models.CharField(choices=[('application/pdf', 'PDF'), ('image/jpeg', 'JPEG'), ('image/png', 'PNG'), ('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'XLSX'), ('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'DOCX'), ('application/vnd.ms-excel', 'XLS'), ('application/vnd.oasis.opendocument.spreadsheet', 'ODS'), ('text/csv', 'CSV')], max_length=80, verbose_name='jenis')),
                ('size', models.PositiveIntegerField(verbose_name='ukuran (bita)')),
                ('width', models.PositiveSmallIntegerField(null=True, verbose_name='lebar')),
                ('height', models.PositiveSmallIntegerField(null=True, verbose_name='tinggi')),
                ('pages', models.PositiveSmallIntegerField(null=True, verbose_name='jumlah halaman')),
                ('is_signed', models.BooleanField(default=False, verbose_name='bertanda tangan elektronik')),
                ('is_locked', models.BooleanField(default=False, verbose_name='terkunci untuk disunting')),
                ('sha256', models.CharField(max_length=64)),
                ('scan', models.CharField(choices=[('off', 'Tidak dipindai'), ('waiting', 'Menunggu pemindaian'), ('clean', 'Bersih'), ('infected', 'Terinfeksi')], default='off', max_length=8, verbose_name='pemindaian')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diunggah')),
                ('certificates', models.JSONField(editable=False, null=True)),
                ('owner_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diunggah oleh')),
            ],
            options={
                'verbose_name': 'berkas',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['owner_type', 'owner_id'], name='documents_d_owner_t_ebdf3f_idx'), models.Index(condition=models.Q(('owner_type', None)), fields=['uploaded_at'], name='documents_kept'), models.Index(condition=models.Q(('scan__in', ['waiting', 'infected'])), fields=['scan'], name='documents_to_watch'), models.Index(fields=['sha256'], name='documents_d_sha256_e75cfc_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('owner_id', None), ('owner_type', None)), models.Q(('owner_id__isnull', False), ('owner_type__isnull', False)), _connector='OR'), name='document_owner_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='IssuedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('reason', models.TextField(blank=True, editable=False, max_length=1000, verbose_name='alasan')),
                ('kind', models.CharField(max_length=40, verbose_name='jenis')),
                ('code', models.CharField(default=pokmas.documents.models.new_code, max_length=14, unique=True, verbose_name='kode')),
                ('title', models.CharField(max_length=200, verbose_name='judul')),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='nomor')),
                ('holder', models.CharField(max_length=200, verbose_name='pemegang')),
                ('period', models.CharField(blank=True, max_length=60, verbose_name='periode')),
                ('office_name', models.CharField(max_length=120, verbose_name='unit penerbit')),
                ('letterhead', models.JSONField(default=dict, editable=False)),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='versi')),
                ('owner_revision', models.PositiveIntegerField(blank=True, null=True)),
                ('status', models.CharField(choices=[('draft', 'Konsep'), ('pending', 'Belum disahkan'), ('valid', 'Sah'), ('replaced', 'Digantikan versi baru'), ('withdrawn', 'Ditarik')], default='pending', max_length=10, verbose_name='keadaan')),
                ('issued_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='diterbitkan')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('file', models.FileField(max_length=120, upload_to='')),
                ('word', models.FileField(blank=True, max_length=120, upload_to='')),
                ('size', models.PositiveIntegerField(default=0, verbose_name='ukuran (bita)')),
                ('sha256', models.CharField(blank=True, db_index=True, max_length=64)),
                ('pages', models.PositiveSmallIntegerField(default=0, verbose_name='jumlah halaman')),
                ('owner_id', models.BigIntegerField()),
                ('certified_by', models.CharField(blank=True, max_length=200, verbose_name='segel elektronik')),
                ('package', models.FileField(blank=True, max_length=120, upload_to='')),
                ('package_size', models.PositiveIntegerField(default=0, verbose_name='ukuran ZIP (bita)')),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office', verbose_name='unit')),
                ('owner_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype')),
                ('region', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'verbose_name': 'dokumen terbitan',
                'ordering': ['-pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'valid'), _negated=True), ('sha256__gt', ''), _connector='OR'), name='issued_valid_has_file', violation_error_message='Berkas dokumen ini belum selesai dibuat.'), models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('issued_on')), _connector='OR'), name='issued_dates_in_order', violation_error_message='Masa berlaku berakhir sebelum diterbitkan.'), models.UniqueConstraint(fields=('owner_type', 'owner_id', 'kind', 'version'), name='issued_version_once', violation_error_message='Versi dokumen ini sudah ada.')],
            },
        ),
        migrations.CreateModel(
            name='DocumentEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('owner_id', models.BigIntegerField(null=True)),
                ('file', models.FileField(max_length=120, upload_to='')),
                ('thumbnail', models.FileField(blank=True, max_length=120, upload_to='')),
                ('name', models.CharField(max_length=120, verbose_name='nama berkas')),
                ('kind', models.CharField(choices=[('application/pdf', 'PDF'), ('image/jpeg', 'JPEG'), ('image/png', 'PNG'), ('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'XLSX'), ('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'DOCX'), ('application/vnd.ms-excel', 'XLS'), ('application/vnd.oasis.opendocument.spreadsheet', 'ODS'), ('text/csv', 'CSV')], max_length=80, verbose_name='jenis')),
                ('size', models.PositiveIntegerField(verbose_name='ukuran (bita)')),
                ('width', models.PositiveSmallIntegerField(null=True, verbose_name='lebar')),
                ('height', models.PositiveSmallIntegerField(null=True, verbose_name='tinggi')),
                ('pages', models.PositiveSmallIntegerField(null=True, verbose_name='jumlah halaman')),
                ('is_signed', models.BooleanField(default=False, verbose_name='bertanda tangan elektronik')),
                ('is_locked', models.BooleanField(default=False, verbose_name='terkunci untuk disunting')),
                ('sha256', models.CharField(max_length=64)),
                ('scan', models.CharField(choices=[('off', 'Tidak dipindai'), ('waiting', 'Menunggu pemindaian'), ('clean', 'Bersih'), ('infected', 'Terinfeksi')], default='off', max_length=8, verbose_name='pemindaian')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diunggah')),
                ('certificates', models.JSONField(editable=False, null=True)),
                ('owner_type', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contenttypes.contenttype')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.document')),
                ('uploaded_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diunggah oleh')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IssuedDocumentEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('status_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('reason', models.TextField(blank=True, editable=False, max_length=1000, verbose_name='alasan')),
                ('kind', models.CharField(max_length=40, verbose_name='jenis')),
                ('code', models.CharField(default=pokmas.documents.models.new_code, max_length=14, verbose_name='kode')),
                ('title', models.CharField(max_length=200, verbose_name='judul')),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='nomor')),
                ('holder', models.CharField(max_length=200, verbose_name='pemegang')),
                ('period', models.CharField(blank=True, max_length=60, verbose_name='periode')),
                ('office_name', models.CharField(max_length=120, verbose_name='unit penerbit')),
                ('letterhead', models.JSONField(default=dict, editable=False)),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='versi')),
                ('owner_revision', models.PositiveIntegerField(blank=True, null=True)),
                ('status', models.CharField(choices=[('draft', 'Konsep'), ('pending', 'Belum disahkan'), ('valid', 'Sah'), ('replaced', 'Digantikan versi baru'), ('withdrawn', 'Ditarik')], default='pending', max_length=10, verbose_name='keadaan')),
                ('issued_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='diterbitkan')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('file', models.FileField(max_length=120, upload_to='')),
                ('word', models.FileField(blank=True, max_length=120, upload_to='')),
                ('size', models.PositiveIntegerField(default=0, verbose_name='ukuran (bita)')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('pages', models.PositiveSmallIntegerField(default=0, verbose_name='jumlah halaman')),
                ('owner_id', models.BigIntegerField()),
                ('certified_by', models.CharField(blank=True, max_length=200, verbose_name='segel elektronik')),
                ('package', models.FileField(blank=True, max_length=120, upload_to='')),
                ('package_size', models.PositiveIntegerField(default=0, verbose_name='ukuran ZIP (bita)')),
                ('job', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='jobs.job')),
                ('office', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='offices.office', verbose_name='unit')),
                ('owner_type', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contenttypes.contenttype')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.issueddocument')),
                ('region', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='offices.office')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DocumentText',
            fields=[
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='said', serialize=False, to='documents.document')),
                ('text', models.TextField(blank=True)),
                ('words', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('text', config='indonesian'), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'verbose_name': 'isi berkas',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='document_words')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='content_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN ((OLD.sha256, OLD.size, OLD.kind, OLD.uploaded_by_id) IS DISTINCT FROM (NEW.sha256, NEW.size, NEW.kind, NEW.uploaded_by_id) OR (OLD.file <> NEW.file AND NEW.file <> ''))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0954c5fa91dd924f7a3a80a4f2715c3949a8a744', operation='UPDATE', pgid='pgtrigger_content_is_final_4395c', table='documents_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='owner_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.owner_id IS NOT NULL AND (OLD.owner_type_id, OLD.owner_id) IS DISTINCT FROM (NEW.owner_type_id, NEW.owner_id))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5f88396196661f808aebf8213f67cf348bcee32a', operation='UPDATE', pgid='pgtrigger_owner_is_final_f3e81', table='documents_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_documentevent" ("certificates", "file", "height", "id", "is_locked", "is_signed", "kind", "name", "owner_id", "owner_type_id", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scan", "sha256", "size", "thumbnail", "uploaded_at", "uploaded_by_id", "width") VALUES (NEW."certificates", NEW."file", NEW."height", NEW."id", NEW."is_locked", NEW."is_signed", NEW."kind", NEW."name", NEW."owner_id", NEW."owner_type_id", NEW."pages", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."scan", NEW."sha256", NEW."size", NEW."thumbnail", NEW."uploaded_at", NEW."uploaded_by_id", NEW."width"); RETURN NULL;', hash='ef50c4e80207213a1c6e1c19f41fc0eb4d561dd1', operation='INSERT', pgid='pgtrigger_insert_insert_be524', table='documents_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "documents_documentevent" ("certificates", "file", "height", "id", "is_locked", "is_signed", "kind", "name", "owner_id", "owner_type_id", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scan", "sha256", "size", "thumbnail", "uploaded_at", "uploaded_by_id", "width") VALUES (NEW."certificates", NEW."file", NEW."height", NEW."id", NEW."is_locked", NEW."is_signed", NEW."kind", NEW."name", NEW."owner_id", NEW."owner_type_id", NEW."pages", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."scan", NEW."sha256", NEW."size", NEW."thumbnail", NEW."uploaded_at", NEW."uploaded_by_id", NEW."width"); RETURN NULL;', hash='a3791d9cb1e6817c5ce9ec275c7d5046447ce8df', operation='UPDATE', pgid='pgtrigger_update_update_a3ed6', table='documents_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_documentevent" ("certificates", "file", "height", "id", "is_locked", "is_signed", "kind", "name", "owner_id", "owner_type_id", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scan", "sha256", "size", "thumbnail", "uploaded_at", "uploaded_by_id", "width") VALUES (OLD."certificates", OLD."file", OLD."height", OLD."id", OLD."is_locked", OLD."is_signed", OLD."kind", OLD."name", OLD."owner_id", OLD."owner_type_id", OLD."pages", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."scan", OLD."sha256", OLD."size", OLD."thumbnail", OLD."uploaded_at", OLD."uploaded_by_id", OLD."width"); RETURN NULL;', hash='cc39cfbcc92f36fd41733b131bc3893e47dc638e', operation='DELETE', pgid='pgtrigger_delete_delete_0c008', table='documents_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='401291d04b3fa5f3d2b51241f67950bd6896846e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9e7ed', table='documents_documentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentevent',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='d00cdc7c99dad634d8e25d244fbbbaca4825f079', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_41c7d', table='documents_documentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issueddocument',
            trigger=pgtrigger.compiler.Trigger(name='region_of_office', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    NEW.region_id := (SELECT region_id FROM offices_office\n                                      WHERE id = NEW.office_id);\n                    RETURN NEW;\n                ', hash='222954228345cc43261216c2d527325d4b6c19c0', operation='INSERT OR UPDATE OF "office_id"', pgid='pgtrigger_region_of_office_46fb5', table='documents_issueddocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issueddocument',
            trigger=pgtrigger.compiler.Trigger(name='identity_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."holder" IS DISTINCT FROM (NEW."holder") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."letterhead" IS DISTINCT FROM (NEW."letterhead") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."office_name" IS DISTINCT FROM (NEW."office_name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."owner_revision" IS DISTINCT FROM (NEW."owner_revision") OR OLD."owner_type_id" IS DISTINCT FROM (NEW."owner_type_id") OR OLD."period" IS DISTINCT FROM (NEW."period") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."valid_until" IS DISTINCT FROM (NEW."valid_until") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a9411e211a0d9b7d1ca18becdac0bf024bbfd390', operation='UPDATE', pgid='pgtrigger_identity_is_final_87d35', table='documents_issueddocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issueddocument',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e9c1e91b8cffb7f9cf552a2d7d14a8627374f43a', operation='DELETE', pgid='pgtrigger_never_deleted_e2d91', table='documents_issueddocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issueddocument',
            trigger=pgtrigger.compiler.Trigger(name='content_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.sha256 <> '' AND (OLD.file, OLD.word, OLD.package, OLD.package_size, OLD.sha256, OLD.size, OLD.pages) IS DISTINCT FROM (NEW.file, NEW.word, NEW.package, NEW.package_size, NEW.sha256, NEW.size, NEW.pages))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a2540990abf07cdfc25982f2666051edffde4436', operation='UPDATE', pgid='pgtrigger_content_is_final_57320', table='documents_issueddocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issueddocument',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_issueddocumentevent" ("certified_by", "code", "file", "holder", "id", "issued_on", "job_id", "kind", "letterhead", "number", "office_id", "office_name", "owner_id", "owner_revision", "owner_type_id", "package", "package_size", "pages", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "region_id", "sha256", "size", "status", "status_since", "title", "valid_until", "version", "word") VALUES (NEW."certified_by", NEW."code", NEW."file", NEW."holder", NEW."id", NEW."issued_on", NEW."job_id", NEW."kind", NEW."letterhead", NEW."number", NEW."office_id", NEW."office_name", NEW."owner_id", NEW."owner_revision", NEW."owner_type_id", NEW."package", NEW."package_size", NEW."pages", NEW."period", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."reason", NEW."region_id", NEW."sha256", NEW."size", NEW."status", NEW."status_since", NEW."title", NEW."valid_until", NEW."version", NEW."word"); RETURN NULL;', hash='54e96eac6bf172db1ff45a95fc0797df2fa8b667', operation='INSERT', pgid='pgtrigger_insert_insert_d00e4', table='documents_issueddocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issueddocument',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "documents_issueddocumentevent" ("certified_by", "code", "file", "holder", "id", "issued_on", "job_id", "kind", "letterhead", "number", "office_id", "office_name", "owner_id", "owner_revision", "owner_type_id", "package", "package_size", "pages", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "region_id", "sha256", "size", "status", "status_since", "title", "valid_until", "version", "word") VALUES (NEW."certified_by", NEW."code", NEW."file", NEW."holder", NEW."id", NEW."issued_on", NEW."job_id", NEW."kind", NEW."letterhead", NEW."number", NEW."office_id", NEW."office_name", NEW."owner_id", NEW."owner_revision", NEW."owner_type_id", NEW."package", NEW."package_size", NEW."pages", NEW."period", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."reason", NEW."region_id", NEW."sha256", NEW."size", NEW."status", NEW."status_since", NEW."title", NEW."valid_until", NEW."version", NEW."word"); RETURN NULL;', hash='eca62406935c3cad08600e324723feebd731aed4', operation='UPDATE', pgid='pgtrigger_update_update_f9d5c', table='documents_issueddocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issueddocument',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_issueddocumentevent" ("certified_by", "code", "file", "holder", "id", "issued_on", "job_id", "kind", "letterhead", "number", "office_id", "office_name", "owner_id", "owner_revision", "owner_type_id", "package", "package_size", "pages", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "region_id", "sha256", "size", "status", "status_since", "title", "valid_until", "version", "word") VALUES (OLD."certified_by", OLD."code", OLD."file", OLD."holder", OLD."id", OLD."issued_on", OLD."job_id", OLD."kind", OLD."letterhead", OLD."number", OLD."office_id", OLD."office_name", OLD."owner_id", OLD."owner_revision", OLD."owner_type_id", OLD."package", OLD."package_size", OLD."pages", OLD."period", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."reason", OLD."region_id", OLD."sha256", OLD."size", OLD."status", OLD."status_since", OLD."title", OLD."valid_until", OLD."version", OLD."word"); RETURN NULL;', hash='5d009a37414dfa3c7261cce2882d94b05ab2e111', operation='DELETE', pgid='pgtrigger_delete_delete_35cb0', table='documents_issueddocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issueddocumentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cb6ede435ecbe29e5efb82729211c43da4c26d3b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1fef2', table='documents_issueddocumentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issueddocumentevent',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='3fd7b66813612b5738fbd99061db9194ef485dd4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_79ade', table='documents_issueddocumentevent', when='BEFORE')),
        ),
        keep_region("documents_issueddocument"),
    ]

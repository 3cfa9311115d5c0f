"""One partner of the nation, and what each unit has with it, of what was one row.

Each partner had one office. Its partnership there gets the same number, so that the
addresses of pages stay. The way back needs that no partner has two partnerships.

Sealed rows of a history keep what they say: its columns stay in the database, though
the models do not know them any more, and new rows leave them empty. The way back drops
the history of partnerships, which their seals then miss.
"""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import pokmas.records.days
import uuid
from django.conf import settings
from django.db import migrations, models
from pokmas.offices.operations import keep_region

MOVED = (
    "revision, submission_key, created_at, created_by_id, status_since, reason, "
    "contact_name, phone, email, services, capacity, is_self_registered, status, "
    "decided_at, submitted_by_id, verified_by_id, decided_by_id, office_id, region_id"
)
# Of these the partner has its own.
SHARED = {"revision", "submission_key", "created_at", "created_by_id"}
STATE = "pgh_created_at, pgh_label, pgh_context_id"
NOW_CHECKED = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;"
POINTING = ["partners_finding", "partners_groupmembership"]
HISTORIES = [
    "partners_findingevent",
    "partners_groupmembershipevent",
    "partners_offerevent",
]
OWNERS = [
    ("documents_document", "owner_type_id", "owner_id"),
    ("documents_issueddocument", "owner_type_id", "owner_id"),
    ("notices_notice", "about_type_id", "about_id"),
]
OF_OFFICE = keep_region("partners_partner")


def kind_of(model):
    return (
        "(SELECT id FROM django_content_type "
        f"WHERE app_label = 'partners' AND model = '{model}')"
    )


THERE = (
    f"INSERT INTO partners_partnership (id, partner_id, active_days, {MOVED}) "
    f"SELECT id, id, active_days, {MOVED} FROM partners_partner;"
    "SELECT setval(pg_get_serial_sequence('partners_partnership', 'id'), "
    "(SELECT COALESCE(MAX(id), 1) FROM partners_partnership));"
    "INSERT INTO partners_partnership_fields (partnership_id, field_id) "
    "SELECT partner_id, field_id FROM partners_partner_fields;"
    "INSERT INTO partners_partnershipevent "
    f"(id, partner_id, pgh_obj_id, {STATE}, {MOVED}) "
    f"SELECT id, id, pgh_obj_id, {STATE}, {MOVED} FROM partners_partnerevent "
    "ORDER BY pgh_id;"
    + "".join(f"UPDATE {table} SET partnership_id = partner_id;" for table in POINTING)
    # A history is only added to; here it gets a column.
    + "".join(
        f"ALTER TABLE {table} DISABLE TRIGGER USER;"
        f"UPDATE {table} SET partnership_id = partner_id;"
        f"ALTER TABLE {table} ENABLE TRIGGER USER;"
        f"ALTER TABLE {table} ALTER COLUMN partner_id DROP NOT NULL;"
        for table in HISTORIES
    )
    + "INSERT INTO django_content_type (app_label, model) "
    "VALUES ('partners', 'partnership') ON CONFLICT DO NOTHING;"
    + "".join(
        f"UPDATE {table} SET {kind} = {kind_of('partnership')} "
        f"WHERE {kind} = {kind_of('partner')};"
        for table, kind, _number in OWNERS
    )
    # Each says where it comes from: what was written before is about the partner.
    + "INSERT INTO audit_entry "
    "(at, capacity, action, about_type_id, about_id, label, details, context) "
    f"SELECT now(), '', 'partnership.moved', {kind_of('partnership')}, id, name, "
    "'{}', gen_random_uuid() FROM partners_partner;"
    + "".join(
        f"ALTER TABLE partners_partnerevent ALTER COLUMN {name} DROP NOT NULL;"
        for name in MOVED.split(", ")
        if name not in SHARED
    )
    + NOW_CHECKED
)
BACK = (
    "DO $$ BEGIN IF EXISTS (SELECT FROM partners_partnership "
    "GROUP BY partner_id HAVING COUNT(*) > 1) THEN "
    "RAISE EXCEPTION 'A partner of two units has no way back to one office.'; "
    "END IF; END $$;"
    "DELETE FROM partners_partner partner WHERE NOT EXISTS "
    "(SELECT FROM partners_partnership WHERE partner_id = partner.id);"
    f"UPDATE partners_partner partner SET ({MOVED}, active_days) = "
    f"(SELECT {MOVED}, active_days FROM partners_partnership "
    "WHERE partner_id = partner.id);"
    "INSERT INTO partners_partner_fields (partner_id, field_id) "
    "SELECT partner_id, field_id FROM partners_partnership_fields "
    "JOIN partners_partnership ON partners_partnership.id = partnership_id;"
    + "".join(
        f"UPDATE {table} SET partner_id = (SELECT partner_id "
        f"FROM partners_partnership WHERE id = {table}.partnership_id);"
        for table in POINTING
    )
    + "".join(
        f"UPDATE {table} SET {kind} = {kind_of('partner')}, {number} = "
        f"(SELECT partner_id FROM partners_partnership WHERE id = {number}) "
        f"WHERE {kind} = {kind_of('partnership')};"
        for table, kind, number in OWNERS
    )
    + NOW_CHECKED
)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('offices', '0001_initial'),
        ('partners', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('documents', '0001_initial'),
        ('notices', '0001_initial'),
        ('audit', '0001_initial'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='finding',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='finding',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='finding',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='groupmembership',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='groupmembership',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='groupmembership',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='offer',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='offer',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='region_of_office',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='active_days',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='groupmembership',
            name='partner_once_in_group',
        ),
        migrations.RemoveConstraint(
            model_name='partner',
            name='partner_refusal_has_reason',
        ),
        migrations.RemoveConstraint(
            model_name='partner',
            name='submitted_partner_is_complete',
        ),
        migrations.RemoveIndex(
            model_name='offerevent',
            name='partners_of_partner_05d445_idx',
        ),
        migrations.RemoveIndex(
            model_name='partner',
            name='partners_pa_region__f7a983_idx',
        ),
        migrations.RemoveIndex(
            model_name='partner',
            name='partners_pa_office__cbd13a_idx',
        ),
        migrations.RemoveIndex(
            model_name='partner',
            name='partners_pa_created_a9e43d_idx',
        ),
        migrations.RemoveIndex(
            model_name='partner',
            name='partner_names_of_region',
        ),
        migrations.RemoveIndex(
            model_name='partner',
            name='partner_names_of_office',
        ),
        migrations.RemoveIndex(
            model_name='partner',
            name='partner_rare_status',
        ),
        migrations.RunSQL(OF_OFFICE.reverse_sql, OF_OFFICE.sql),
        migrations.DeleteModel(
            name='Offer',
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('submission_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('status_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('reason', models.TextField(blank=True, editable=False, max_length=1000, verbose_name='alasan')),
                ('contact_name', models.CharField(max_length=120, verbose_name='nama narahubung')),
                ('phone', models.CharField(max_length=20, verbose_name='nomor telepon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='alamat surel')),
                ('services', models.TextField(max_length=2000, verbose_name='layanan yang ditawarkan')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='kapasitas per bulan (orang)')),
                ('is_self_registered', models.BooleanField(default=False, editable=False, verbose_name='mendaftar sendiri')),
                ('status', models.CharField(choices=[('draft', 'Draf'), ('submitted', 'Diajukan'), ('verifying', 'Diverifikasi'), ('returned', 'Perlu perbaikan'), ('declined', 'Ditolak'), ('approved', 'Disetujui'), ('active', 'Aktif'), ('suspended', 'Ditangguhkan'), ('ended', 'Berakhir')], default='draft', editable=False, max_length=10, verbose_name='status')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='diputuskan')),
                ('active_days', pokmas.records.days.DaysField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'kemitraan',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PartnershipEvent',
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
                ('contact_name', models.CharField(max_length=120, verbose_name='nama narahubung')),
                ('phone', models.CharField(max_length=20, verbose_name='nomor telepon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='alamat surel')),
                ('services', models.TextField(max_length=2000, verbose_name='layanan yang ditawarkan')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='kapasitas per bulan (orang)')),
                ('is_self_registered', models.BooleanField(default=False, editable=False, verbose_name='mendaftar sendiri')),
                ('status', models.CharField(choices=[('draft', 'Draf'), ('submitted', 'Diajukan'), ('verifying', 'Diverifikasi'), ('returned', 'Perlu perbaikan'), ('declined', 'Ditolak'), ('approved', 'Disetujui'), ('active', 'Aktif'), ('suspended', 'Ditangguhkan'), ('ended', 'Berakhir')], default='draft', editable=False, max_length=10, verbose_name='status')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='diputuskan')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='partnership',
            name='created_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partnership',
            name='decided_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partnership',
            name='fields',
            field=models.ManyToManyField(related_name='partnerships', to='partners.field', verbose_name='bidang'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='partner',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='partnerships', to='partners.partner', verbose_name='mitra'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='region',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='submitted_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partnership',
            name='verified_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partnershipevent',
            name='created_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partnershipevent',
            name='decided_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partnershipevent',
            name='office',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='offices.office', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='partnershipevent',
            name='partner',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.partner', verbose_name='mitra'),
        ),
        migrations.AddField(
            model_name='partnershipevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='partnershipevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partners.partnership'),
        ),
        migrations.AddField(
            model_name='partnershipevent',
            name='region',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='offices.office'),
        ),
        migrations.AddField(
            model_name='partnershipevent',
            name='submitted_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partnershipevent',
            name='verified_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='finding',
            name='partnership',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='partners.partnership'),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    'ALTER TABLE partners_findingevent ADD COLUMN IF NOT EXISTS partnership_id bigint',
                    migrations.RunSQL.noop,
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='findingevent',
                    name='partnership',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.partnership'),
                ),
            ],
        ),
        migrations.AddField(
            model_name='groupmembership',
            name='partnership',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='partners.partnership', verbose_name='mitra'),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    'ALTER TABLE partners_groupmembershipevent ADD COLUMN IF NOT EXISTS partnership_id bigint',
                    migrations.RunSQL.noop,
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='groupmembershipevent',
                    name='partnership',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.partnership', verbose_name='mitra'),
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    'ALTER TABLE partners_offerevent ADD COLUMN IF NOT EXISTS partnership_id bigint',
                    migrations.RunSQL.noop,
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='offerevent',
                    name='partnership',
                    field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partners.partnership'),
                ),
            ],
        ),
        migrations.RunSQL(THERE, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='finding',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='partners.partnership'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='partner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='partners.partner'),
        ),
        migrations.AlterField(
            model_name='groupmembership',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='partners.partnership', verbose_name='mitra'),
        ),
        migrations.AlterField(
            model_name='groupmembership',
            name='partner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='partners.partner', verbose_name='mitra'),
        ),
        migrations.RemoveField(
            model_name='communitygroup',
            name='partners',
        ),
        migrations.AddField(
            model_name='communitygroup',
            name='partnerships',
            field=models.ManyToManyField(related_name='groups', through='partners.GroupMembership', to='partners.partnership'),
        ),
        migrations.AlterField(
            model_name='partner',
            name='contact_name',
            field=models.CharField(max_length=120, null=True, verbose_name='nama narahubung'),
        ),
        migrations.AlterField(
            model_name='partner',
            name='email',
            field=models.EmailField(blank=True, max_length=254, null=True, verbose_name='alamat surel'),
        ),
        migrations.AlterField(
            model_name='partner',
            name='is_self_registered',
            field=models.BooleanField(default=False, editable=False, null=True, verbose_name='mendaftar sendiri'),
        ),
        migrations.AlterField(
            model_name='partner',
            name='office',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office', verbose_name='unit'),
        ),
        migrations.AlterField(
            model_name='partner',
            name='phone',
            field=models.CharField(max_length=20, null=True, verbose_name='nomor telepon'),
        ),
        migrations.AlterField(
            model_name='partner',
            name='reason',
            field=models.TextField(blank=True, editable=False, max_length=1000, null=True, verbose_name='alasan'),
        ),
        migrations.AlterField(
            model_name='partner',
            name='services',
            field=models.TextField(max_length=2000, null=True, verbose_name='layanan yang ditawarkan'),
        ),
        migrations.AlterField(
            model_name='partner',
            name='status',
            field=models.CharField(choices=[('draft', 'Draf'), ('submitted', 'Diajukan'), ('verifying', 'Diverifikasi'), ('returned', 'Perlu perbaikan'), ('declined', 'Ditolak'), ('approved', 'Disetujui'), ('active', 'Aktif'), ('suspended', 'Ditangguhkan'), ('ended', 'Berakhir')], default='draft', editable=False, max_length=10, null=True, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='partner',
            name='status_since',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, BACK),
        migrations.RemoveField(
            model_name='finding',
            name='partner',
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='findingevent',
                    name='partner',
                ),
            ],
        ),
        migrations.RemoveField(
            model_name='groupmembership',
            name='partner',
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='groupmembershipevent',
                    name='partner',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='offerevent',
                    name='partner',
                ),
            ],
        ),
        migrations.RemoveField(
            model_name='partner',
            name='active_days',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='capacity',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='contact_name',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='decided_at',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='decided_by',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='email',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='fields',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='is_self_registered',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='office',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='phone',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='reason',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='region',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='services',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='status',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='status_since',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='submitted_by',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='verified_by',
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='capacity',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='contact_name',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='decided_at',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='decided_by',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='email',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='is_self_registered',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='office',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='phone',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='reason',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='region',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='services',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='status',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='status_since',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='submitted_by',
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='partnerevent',
                    name='verified_by',
                ),
            ],
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
            ],
            options={
                'verbose_name': 'bidang mitra',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('partners.partnership_fields',),
        ),
        migrations.AddIndex(
            model_name='offerevent',
            index=models.Index(fields=['partnership'], name='partners_of_partner_9989c0_idx'),
        ),
        migrations.AddIndex(
            model_name='partnership',
            index=models.Index(fields=['region', '-created_at', '-id'], name='partners_pa_region__9e65c4_idx'),
        ),
        migrations.AddIndex(
            model_name='partnership',
            index=models.Index(fields=['office', '-created_at', '-id'], name='partners_pa_office__1b10f2_idx'),
        ),
        migrations.AddIndex(
            model_name='partnership',
            index=models.Index(fields=['-created_at', '-id'], name='partners_pa_created_cdd5c4_idx'),
        ),
        migrations.AddIndex(
            model_name='partnership',
            index=models.Index(condition=models.Q(('status', 'active'), _negated=True), fields=['status', '-created_at', '-id'], name='partnership_rare_status'),
        ),
        migrations.AddConstraint(
            model_name='groupmembership',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('group', 'partnership'), name='partner_once_in_group', violation_error_message='Mitra ini sudah menjadi anggota kelompok.'),
        ),
        migrations.AddConstraint(
            model_name='partnership',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['declined', 'ended']), _negated=True), fields=('partner', 'office'), name='one_partnership_per_unit', violation_error_message='Mitra ini sudah dikenal unit itu.'),
        ),
        migrations.AddConstraint(
            model_name='partnership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['returned', 'declined', 'suspended', 'ended']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='partnership_refusal_has_reason', violation_error_message='Alasan wajib diisi.'),
        ),
        migrations.AddConstraint(
            model_name='partnership',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), models.Q(('contact_name', ''), ('phone', ''), ('services', ''), _connector='OR', _negated=True), _connector='OR'), name='submitted_partnership_is_complete', violation_error_message='Isian wajib belum lengkap.'),
        ),
        keep_region("partners_partnership"),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_findingevent" ("comment", "criterion_id", "found_at", "found_by_id", "id", "is_met", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."comment", NEW."criterion_id", NEW."found_at", NEW."found_by_id", NEW."id", NEW."is_met", NEW."partnership_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id"); RETURN NULL;', hash='57ab618db1546daca18e83c488a06c34e92a1d24', operation='INSERT', pgid='pgtrigger_insert_insert_3ad50', table='partners_finding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_findingevent" ("comment", "criterion_id", "found_at", "found_by_id", "id", "is_met", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."comment", NEW."criterion_id", NEW."found_at", NEW."found_by_id", NEW."id", NEW."is_met", NEW."partnership_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id"); RETURN NULL;', hash='c8dbfc54aafd397742268a8339ef4d9651d036a4', operation='UPDATE', pgid='pgtrigger_update_update_bf106', table='partners_finding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_findingevent" ("comment", "criterion_id", "found_at", "found_by_id", "id", "is_met", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."comment", OLD."criterion_id", OLD."found_at", OLD."found_by_id", OLD."id", OLD."is_met", OLD."partnership_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id"); RETURN NULL;', hash='8d3d763bec507c8223857931a272f41ec7f227ba', operation='DELETE', pgid='pgtrigger_delete_delete_076e8', table='partners_finding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupmembership',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_groupmembershipevent" ("ends_on", "group_id", "id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on") VALUES (NEW."ends_on", NEW."group_id", NEW."id", NEW."partnership_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."role", NEW."starts_on"); RETURN NULL;', hash='68ab72efbfd7781263e162d17348796cfce38104', operation='INSERT', pgid='pgtrigger_insert_insert_d49c9', table='partners_groupmembership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupmembership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partners_groupmembershipevent" ("ends_on", "group_id", "id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on") VALUES (NEW."ends_on", NEW."group_id", NEW."id", NEW."partnership_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."role", NEW."starts_on"); RETURN NULL;', hash='cdc3f306006573729143c197ef5ee5a3eaeb92bf', operation='UPDATE', pgid='pgtrigger_update_update_0d5a2', table='partners_groupmembership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupmembership',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_groupmembershipevent" ("ends_on", "group_id", "id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on") VALUES (OLD."ends_on", OLD."group_id", OLD."id", OLD."partnership_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."role", OLD."starts_on"); RETURN NULL;', hash='1efb1b6c035c3461043d03b458e1cee7488037cc', operation='DELETE', pgid='pgtrigger_delete_delete_be414', table='partners_groupmembership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_offerevent" ("field_id", "id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (NEW."field_id", NEW."id", NEW."partnership_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\'); RETURN NULL;', hash='1e1ed9ba8908b9ec5d2d00ab3b50f44f834f2869', operation='INSERT', pgid='pgtrigger_insert_insert_ab3a3', table='partners_partnership_fields', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_offerevent" ("field_id", "id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (OLD."field_id", OLD."id", OLD."partnership_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\'); RETURN NULL;', hash='534806a4bfb211c9ce8df3c1b6da7bd3a33bd068', operation='DELETE', pgid='pgtrigger_delete_delete_c8055', table='partners_partnership_fields', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='complete_once_submitted', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."name" = \'\' OR NEW."leader_name" = \'\' OR NEW."address" = \'\')', func="\n                    IF EXISTS (SELECT FROM partners_partnership\n                               WHERE partner_id = NEW.id AND status <> 'draft') THEN\n                        \n    RAISE EXCEPTION 'a submitted partner is complete' USING ERRCODE = 'check_violation';\n\n                    END IF;\n                    RETURN NEW;\n                ", hash='2cb875759a588daeb04a7e5cf260c692e72d4922', operation='UPDATE OF "name", "leader_name", "address"', pgid='pgtrigger_complete_once_submitted_1a02c', table='partners_partner', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_partnerevent" ("address", "created_at", "created_by_id", "id", "kind", "leader_name", "leader_position", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "regency_id", "registration_number", "revision", "submission_key", "tax_number", "village") VALUES (NEW."address", NEW."created_at", NEW."created_by_id", NEW."id", NEW."kind", NEW."leader_name", NEW."leader_position", NEW."name", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."reference", NEW."regency_id", NEW."registration_number", NEW."revision", NEW."submission_key", NEW."tax_number", NEW."village"); RETURN NULL;', hash='a258c029471775647274f1f8f1f8c6e3b1821e24', operation='INSERT', pgid='pgtrigger_insert_insert_71860', table='partners_partner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."leader_name" IS DISTINCT FROM (NEW."leader_name") OR OLD."leader_position" IS DISTINCT FROM (NEW."leader_position") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."regency_id" IS DISTINCT FROM (NEW."regency_id") OR OLD."registration_number" IS DISTINCT FROM (NEW."registration_number") OR OLD."revision" IS DISTINCT FROM (NEW."revision") OR OLD."submission_key" IS DISTINCT FROM (NEW."submission_key") OR OLD."tax_number" IS DISTINCT FROM (NEW."tax_number") OR OLD."village" IS DISTINCT FROM (NEW."village"))', func='INSERT INTO "partners_partnerevent" ("address", "created_at", "created_by_id", "id", "kind", "leader_name", "leader_position", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "regency_id", "registration_number", "revision", "submission_key", "tax_number", "village") VALUES (NEW."address", NEW."created_at", NEW."created_by_id", NEW."id", NEW."kind", NEW."leader_name", NEW."leader_position", NEW."name", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."reference", NEW."regency_id", NEW."registration_number", NEW."revision", NEW."submission_key", NEW."tax_number", NEW."village"); RETURN NULL;', hash='20be357a9ecf1d05b49bff4444c857dbcead7f2e', operation='UPDATE', pgid='pgtrigger_update_update_17ece', table='partners_partner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_partnerevent" ("address", "created_at", "created_by_id", "id", "kind", "leader_name", "leader_position", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "regency_id", "registration_number", "revision", "submission_key", "tax_number", "village") VALUES (OLD."address", OLD."created_at", OLD."created_by_id", OLD."id", OLD."kind", OLD."leader_name", OLD."leader_position", OLD."name", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."reference", OLD."regency_id", OLD."registration_number", OLD."revision", OLD."submission_key", OLD."tax_number", OLD."village"); RETURN NULL;', hash='5a5d357a2d3a15e74ff70d66d3440f82cec73833', operation='DELETE', pgid='pgtrigger_delete_delete_e7dd8', table='partners_partner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnership',
            trigger=pgtrigger.compiler.Trigger(name='region_of_office', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    NEW.region_id := (SELECT region_id FROM offices_office\n                                      WHERE id = NEW.office_id);\n                    RETURN NEW;\n                ', hash='68050e91f4cc637cca2b730d908b9e64d6ce1881', operation='INSERT OR UPDATE OF "office_id"', pgid='pgtrigger_region_of_office_af0f1', table='partners_partnership', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnership',
            trigger=pgtrigger.compiler.Trigger(name='active_days', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE known datemultirange; today date;', func="\n            IF TG_OP = 'UPDATE' THEN\n                known := OLD.active_days;\n                IF NEW.status = OLD.status THEN\n                    NEW.active_days := known;\n                    RETURN NEW;\n                END IF;\n            END IF;\n            known := COALESCE(known, '{}');\n            SELECT (NEW.status_since AT TIME ZONE zone)::date INTO today\n                FROM offices_office WHERE id = NEW.office_id;\n            IF NEW.status = 'active' THEN\n                IF isempty(known) THEN\n                    today := COALESCE(NULL, today);\n                END IF;\n                NEW.active_days := known + datemultirange(daterange(today, NULL));\n            ELSE\n                today := COALESCE(NULL, today);\n                NEW.active_days := known - datemultirange(daterange(today, NULL));\n            END IF;\n            RETURN NEW;\n        ", hash='8e9c5feab03de06e736bec15509e3eda56f79457', operation='INSERT OR UPDATE OF "status", "active_days"', pgid='pgtrigger_active_days_64989', table='partners_partnership', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnership',
            trigger=pgtrigger.compiler.Trigger(name='complete_once_submitted', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."status" = \'draft\'))', func="\n                    IF EXISTS (SELECT FROM partners_partner WHERE id = NEW.partner_id\n                               AND '' IN (name, leader_name, address)) THEN\n                        \n    RAISE EXCEPTION 'a submitted partner is complete' USING ERRCODE = 'check_violation';\n\n                    END IF;\n                    RETURN NEW;\n                ", hash='cacce3803cccc00f5e2b1be85a22276342f4bc69', operation='INSERT OR UPDATE OF "status"', pgid='pgtrigger_complete_once_submitted_4dcda', table='partners_partnership', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnership',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_partnershipevent" ("capacity", "contact_name", "created_at", "created_by_id", "decided_at", "decided_by_id", "email", "id", "is_self_registered", "office_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reason", "region_id", "revision", "services", "status", "status_since", "submission_key", "submitted_by_id", "verified_by_id") VALUES (NEW."capacity", NEW."contact_name", NEW."created_at", NEW."created_by_id", NEW."decided_at", NEW."decided_by_id", NEW."email", NEW."id", NEW."is_self_registered", NEW."office_id", NEW."partner_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."phone", NEW."reason", NEW."region_id", NEW."revision", NEW."services", NEW."status", NEW."status_since", NEW."submission_key", NEW."submitted_by_id", NEW."verified_by_id"); RETURN NULL;', hash='d6b04cfb9a39daf042d94fbb9a4ac56546857c42', operation='INSERT', pgid='pgtrigger_insert_insert_25544', table='partners_partnership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."contact_name" IS DISTINCT FROM (NEW."contact_name") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_self_registered" IS DISTINCT FROM (NEW."is_self_registered") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."revision" IS DISTINCT FROM (NEW."revision") OR OLD."services" IS DISTINCT FROM (NEW."services") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."status_since" IS DISTINCT FROM (NEW."status_since") OR OLD."submission_key" IS DISTINCT FROM (NEW."submission_key") OR OLD."submitted_by_id" IS DISTINCT FROM (NEW."submitted_by_id") OR OLD."verified_by_id" IS DISTINCT FROM (NEW."verified_by_id"))', func='INSERT INTO "partners_partnershipevent" ("capacity", "contact_name", "created_at", "created_by_id", "decided_at", "decided_by_id", "email", "id", "is_self_registered", "office_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reason", "region_id", "revision", "services", "status", "status_since", "submission_key", "submitted_by_id", "verified_by_id") VALUES (NEW."capacity", NEW."contact_name", NEW."created_at", NEW."created_by_id", NEW."decided_at", NEW."decided_by_id", NEW."email", NEW."id", NEW."is_self_registered", NEW."office_id", NEW."partner_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."phone", NEW."reason", NEW."region_id", NEW."revision", NEW."services", NEW."status", NEW."status_since", NEW."submission_key", NEW."submitted_by_id", NEW."verified_by_id"); RETURN NULL;', hash='c7ae4cd08ea0aba16c2bd2c00b1e07f8eaa29bf7', operation='UPDATE', pgid='pgtrigger_update_update_ec8f5', table='partners_partnership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnership',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partners_partnershipevent" ("capacity", "contact_name", "created_at", "created_by_id", "decided_at", "decided_by_id", "email", "id", "is_self_registered", "office_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reason", "region_id", "revision", "services", "status", "status_since", "submission_key", "submitted_by_id", "verified_by_id") VALUES (OLD."capacity", OLD."contact_name", OLD."created_at", OLD."created_by_id", OLD."decided_at", OLD."decided_by_id", OLD."email", OLD."id", OLD."is_self_registered", OLD."office_id", OLD."partner_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."phone", OLD."reason", OLD."region_id", OLD."revision", OLD."services", OLD."status", OLD."status_since", OLD."submission_key", OLD."submitted_by_id", OLD."verified_by_id"); RETURN NULL;', hash='87b14ffe6bc6ddddb41c491fcdb693006bd39970', operation='DELETE', pgid='pgtrigger_delete_delete_1fe92', table='partners_partnership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnershipevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4f16917ed8c58edad7ed48ae508ccd3b07731492', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3b763', table='partners_partnershipevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partnershipevent',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='8cc3c7444d0901f1b46812e036407d8a597ed6b1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_6455e', table='partners_partnershipevent', when='BEFORE')),
        ),
    ]

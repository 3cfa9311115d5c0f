import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('jobs', '0001_initial'), ('jobs', '0002_turns')]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FileStore',
            fields=[
                ('mark', models.CharField(max_length=40, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('part', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ScheduledRun',
            fields=[
                ('name', models.CharField(max_length=120, primary_key=True, serialize=False)),
                ('ran_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='jenis')),
                ('key', models.CharField(max_length=160, unique=True, verbose_name='kunci')),
                ('queue', models.CharField(default='default', max_length=20, verbose_name='antrean')),
                ('payload', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('queued', 'Menunggu'), ('running', 'Dikerjakan'), ('done', 'Selesai'), ('failed', 'Gagal'), ('stopped', 'Dibatalkan')], default='queued', max_length=8, verbose_name='keadaan')),
                ('percent', models.PositiveSmallIntegerField(default=0, verbose_name='kemajuan')),
                ('step', models.CharField(blank=True, max_length=120, verbose_name='langkah')),
                ('attempt', models.PositiveSmallIntegerField(default=0, verbose_name='percobaan')),
                ('attempts_allowed', models.PositiveSmallIntegerField(default=5)),
                ('reason', models.TextField(blank=True, verbose_name='sebab kegagalan')),
                ('url', models.CharField(blank=True, max_length=200, verbose_name='hasil')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diminta')),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='mulai paling cepat')),
                ('lease', models.UUIDField(null=True)),
                ('leased_until', models.DateTimeField(null=True)),
                ('started_at', models.DateTimeField(null=True, verbose_name='dimulai')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='berakhir')),
                ('told_failure_at', models.DateTimeField(null=True)),
                ('turn', models.PositiveIntegerField(db_default=0, default=0)),
                ('assignment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.assignment')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diminta oleh')),
            ],
            options={
                'verbose_name': 'pekerjaan',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'running'])), fields=['due_at'], name='jobs_open'), models.Index(fields=['-created_at', '-id'], name='jobs_by_age'), models.Index(condition=models.Q(('state', 'failed')), fields=['finished_at'], name='jobs_failed'), models.Index(fields=['requested_by', '-created_at'], name='jobs_of_person')],
            },
        ),
    ]

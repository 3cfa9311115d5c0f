from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0019_reminders'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('ends_at__gte', models.Func('held_on', output_field=models.DateTimeField(), template="((%(expressions)s + time '15:00') AT TIME ZONE 'UTC')"))), fields=['held_on'], name='activity_long'),
        ),
    ]

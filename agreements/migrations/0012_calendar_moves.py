"""The addresses of calendars move to the ground floor, with their tables and history:
`calendar.0001_initial` takes them over. Only the triggers, which bear the name of their
app, are made anew."""

import pgtrigger.migrations
from django.db import migrations

TRIGGERS = [
    ('calendarfeed', 'insert_insert'),
    ('calendarfeed', 'update_update'),
    ('calendarfeed', 'delete_delete'),
    ('calendarfeedevent', 'append_only'),
    ('calendarfeedevent', 'never_truncated'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0011_busier'),
    ]

    operations = [
        *[
            pgtrigger.migrations.RemoveTrigger(model_name=model, name=name)
            for model, name in TRIGGERS
        ],
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name='CalendarFeedEvent'),
                migrations.DeleteModel(name='CalendarFeed'),
            ],
        ),
    ]

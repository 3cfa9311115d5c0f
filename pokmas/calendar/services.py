"""A calendar address is made anew, or closed."""

from django.db import transaction

from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.calendar.models import CalendarFeed


@transaction.atomic
def renew_feed(*, by: User) -> str:
    """Another secret address for him; the one before opens nothing any more.

    Returns its token, to be shown once.
    """
    feed = CalendarFeed.objects.select_for_update().filter(user=by).first()
    feed = feed or CalendarFeed(user=by)
    feed.assignment = by.acting
    token = feed.renew()
    feed.save()
    Entry.record(by, "calendarfeed.renewed", feed)
    return token


@transaction.atomic
def close_feed(*, by: User) -> None:
    """The address opens nothing any more, and there is no other."""
    feed = CalendarFeed.objects.select_for_update().filter(user=by).first()
    if feed is not None:
        Entry.record(by, "calendarfeed.closed", feed)
        feed.delete()

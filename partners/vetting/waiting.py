"""What waits to be examined or decided, since when, and whether that is too long."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import ExtractDay
from django.utils import timezone

from partners.registry.models import Partnership
from pokmas.offices.models import Zone


def in_queue(rows: QuerySet, now: datetime | None = None) -> QuerySet:
    """Those of the partnerships that wait, with `waited` (days) and `is_late`."""
    now = now or timezone.now()
    return rows.filter(status__in=turns()).annotate(
        waited=ExtractDay(Value(now) - F("status_since")),
        is_late=ExpressionWrapper(late(now), output_field=BooleanField()),
    )


def turns() -> dict:
    """The statuses of the queue, each with its turn."""
    steps = [Partnership.STEPS[name] for name in ("verify", "decide")]
    return {status: turn for step in steps for status, turn in step.turns.items()}


def late(now: datetime) -> Q:
    """The same as the turn card says: the last day is over where the office stands."""
    found = Q(pk__in=[])
    for zone in Zone:
        clock = ZoneInfo(zone)
        midnight = datetime.combine(timezone.localdate(now, clock), time.min, clock)
        for status, turn in turns().items():
            over = Q(status_since__lt=midnight - timedelta(days=turn.days))
            found |= Q(status=status, office__zone=zone) & over
    return found

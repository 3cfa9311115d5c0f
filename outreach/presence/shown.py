"""Who was there in numbers: registered, scanned, and what is noted of them.

They are counted in different ways, and none of them are people served: never one sum.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from outreach.activities.models import Activity
from outreach.presence.models import Participant, SessionResult


@dataclass(frozen=True)
class Presence:
    registered: int
    scanned: int
    # What is noted of how many.
    outcomes: list[tuple[str, int]]
    result: SessionResult | None


def with_people(activities: QuerySet) -> QuerySet:
    """So that `presence` asks nothing more."""
    rows = Participant.objects.filter(activity=OuterRef("pk")).order_by()
    noted = rows.values("outcome__name").annotate(
        noted=JSONObject(
            outcome="outcome__name", number=Count("pk"), scanned=Count("scanned_at")
        )
    )
    return activities.annotate(people=ArraySubquery(noted.values("noted")))


def presence(activity: Activity) -> Presence:
    """Of one that was read `with_people`."""
    noted = Counter({each["outcome"]: each["number"] for each in activity.people})
    scanned = sum(each["scanned"] for each in activity.people)
    return _told(activity, noted, scanned)


def presence_of(activity: Activity, people: Iterable[Participant]) -> Presence:
    """Where the people are read anyway."""
    rows = list(people)
    noted = Counter(row.outcome and row.outcome.name for row in rows)
    return _told(activity, noted, sum(row.scanned_at is not None for row in rows))


def _told(activity, noted: Counter[str | None], scanned: int) -> Presence:
    """Last those of whom nothing is noted."""
    open_ = noted.pop(None, 0)
    rest = [(_("Belum dicatat"), open_)] if open_ else []
    return Presence(
        registered=noted.total() + open_,
        scanned=scanned,
        outcomes=noted.most_common() + rest,
        result=getattr(activity, "session_result", None),
    )

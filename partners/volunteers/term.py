"""How long an acceptance lasts, where headquarters asks for a term.

Its last day is written down when a unit accepts or renews, by the rule of that day. It
counts if a term is still asked for on that last day: a rule that comes or goes ends
nobody before its own day, and brings nobody back or down afterwards.
"""

from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from pokmas.offices.models import office_today
from pokmas.rules.models import Rule
from pokmas.words import dates

CODE = Rule.Code.VOLUNTEER_MONTHS
# So many days before its end it may be renewed.
DUE_DAYS = 30

_RULES = Rule.objects.filter(code=CODE, valid_from__lte=OuterRef("accepted_until"))
# Of a row: whether its last day counts.
COUNTS = GreaterThan(
    Coalesce(Subquery(_RULES.order_by("-valid_from").values("value")[:1]), 0), 0
)


def months(day: date) -> int:
    """How many months an acceptance of `day` lasts; 0 where it has no end."""
    return Rule.objects.holding(day).get(CODE, 0)


def is_known() -> bool:
    """Whether headquarters ever asked for a term, or will."""
    return Rule.objects.filter(code=CODE, value__gt=0).exists()


def last_day(since: date, today: date) -> date | None:
    """The end of a term that begins on `since`, by the rule of `today`."""
    term = months(today)
    return dates.months_later(since, term) if term else None


def ends_within(days: int) -> Q:
    """Whose end counts and is at most so many days ahead, or over."""
    # That most have none is told to the planner, who knows nothing of their days.
    last = Q(accepted_until__isnull=False, accepted_until__lte=office_today(ahead=days))
    return last & Q(COUNTS)


def soon_over() -> Q:
    """Not over yet; said by the day, so that those who went long ago are not read."""
    return ends_within(DUE_DAYS) & Q(accepted_until__gte=office_today())


def over() -> Q:
    return ends_within(-1)

"""What the tallies should say, from the records."""

from django.db.models import BigIntegerField, Count, Expression, F, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth

from outreach.models import Activity, BeneficiaryCount
from reports.tallies.models import ActivityTally, ServedTally, Tally, TypeTally

Stand = ActivityTally.Stand
NOTHING = Value(0, output_field=BigIntegerField())
SERVED = Sum("number")


def counted_anew(model: type[Tally]) -> tuple[str, tuple]:
    """A statement with the columns of a tally; rows of a kind add up."""
    rows = {
        ActivityTally: _by_stand,
        TypeTally: _by_type,
        ServedTally: _by_category,
    }[model]()
    parts = [each.query.sql_with_params() for each in rows]
    words = " UNION ALL ".join(f"({words})" for words, _params in parts)
    return words, tuple(value for _words, params in parts for value in params)


def at(stand: Stand) -> QuerySet:
    """The activities that stand there."""
    if stand == Stand.COUNTED:
        return Activity.objects.counted()
    if stand == Stand.WAITING:
        return Activity.objects.unverified()
    return Activity.objects.filter(status=Activity.Status.PLANNED)


def _by_stand() -> list[QuerySet]:
    return [
        *(_activities(at(stand), Value(stand.value)) for stand in Stand),
        _people(Value(Stand.COUNTED.value)).annotate(zero=NOTHING, served=SERVED),
    ]


def _by_type() -> list[QuerySet]:
    return [
        _activities(at(Stand.COUNTED), F("type")),
        _people(F("activity__type")).annotate(zero=NOTHING, served=SERVED),
    ]


def _by_category() -> list[QuerySet]:
    return [_people(F("category"), F("sex")).annotate(served=SERVED)]


def _activities(rows: QuerySet, by: Expression) -> QuerySet:
    month = TruncMonth("held_on")
    rows = rows.order_by().values_list(F("office"), F("region"), month, by)
    return rows.annotate(activities=Count("pk"), zero=NOTHING)


def _people(*by: Expression) -> QuerySet:
    rows = BeneficiaryCount.objects.filter(activity__in=at(Stand.COUNTED)).order_by()
    place = F("activity__office"), F("activity__region")
    return rows.values_list(*place, TruncMonth("activity__held_on"), *by)

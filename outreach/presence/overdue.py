"""Past sessions of which nobody has said how they went."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Min, Model, QuerySet
from django.utils import timezone

from outreach.activities.desks import held_by
from outreach.activities.models import Activity
from partners.models import Partner
from pokmas.accounts.models import User
from pokmas.offices.models import Office
from pokmas.words import dates

MOST = 100


@dataclass(frozen=True)
class Overdue:
    """How many, the day of the oldest, and the filter that lists them."""

    name: str
    number: int
    oldest: date
    query: str

    @property
    def age(self) -> str:
        return dates.distance(self.oldest, timezone.localdate())


def without_result_of(user: User) -> QuerySet[Activity]:
    """Those of which this person says how they went."""
    rows = Activity.objects.visible_to(user).filter(held_by(user))
    return rows.without_result()


def summary(user: User) -> dict:
    rows = without_result_of(user).order_by()
    return rows.aggregate(number=Count("pk"), oldest=Min("held_on"))


# How they are put together: the column, which is the filter too, and what names it.
WAYS: dict[str, tuple[str, type[Model] | None]] = {
    "unit": ("office", Office),
    "place": ("place", None),
    "partner": ("partners", Partner),
}


def grouped(user: User, way: str) -> list[Overdue]:
    """Per unit, place or partner, with the oldest first."""
    column, named = WAYS[way]
    rows = Activity.objects.visible_to(user).without_result().order_by()
    rows = rows.filter(**{f"{column}__isnull": False}).values(column)
    rows = rows.annotate(number=Count("pk"), oldest=Min("held_on"))
    found = list(rows.order_by("oldest", column)[:MOST])
    names = _names(named, [row[column] for row in found])
    overdue = [
        Overdue(
            names[row[column]],
            row["number"],
            row["oldest"],
            urlencode({"without_result": "true", column: row[column]}),
        )
        for row in found
    ]
    return sorted(overdue, key=lambda each: (each.oldest, each.name.casefold()))


def _names(model: type[Model] | None, keys: list) -> dict:
    if model is None:
        return {key: key for key in keys}
    return dict(model.objects.filter(pk__in=keys).values_list("pk", "name"))

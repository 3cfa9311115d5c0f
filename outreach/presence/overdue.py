"""Past sessions of which nobody has said how they went."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Min
from django.utils import timezone

from outreach.activities.models import Activity
from pokmas.accounts.models import User
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


def summary(user: User) -> dict:
    rows = Activity.objects.visible_to(user).without_result().order_by()
    return rows.aggregate(number=Count("pk"), oldest=Min("held_on"))


# How they are put together: the column that names, and the filter with its column.
WAYS = {
    "unit": ("office__name", "office", "office"),
    "place": ("place", "place", "place"),
    "partner": ("partners__name", "partners", "partners"),
}


def grouped(user: User, way: str) -> list[Overdue]:
    """Per unit, place or partner, with the oldest first."""
    named, asked, column = WAYS[way]
    rows = (
        Activity.objects.visible_to(user)
        .without_result()
        .exclude(**{column: None})
        .order_by()
        .values(named, column)
        .annotate(number=Count("pk", distinct=True), oldest=Min("held_on"))
        .order_by("oldest", named)
    )
    return [
        Overdue(
            row[named],
            row["number"],
            row["oldest"],
            urlencode({"without_result": "true", asked: row[column]}),
        )
        for row in rows[:MOST]
    ]

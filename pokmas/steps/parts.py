"""What rooms show on the page of a record: each says its part itself.

# agreements/register/parts.py
PARTS = Parts()

# agreements/review/parts.py
PARTS.add(
    Part(
        "reviews",
        _("Hasil telaah"),
        "agreements/review/_reviews.html",
        order=30,
        counted=rows_of(Agreement, "reviews"),
        given=lambda agreement, user: {"reviews": agreement.reviews.all()},
    )
)
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import IntegerField, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce

from pokmas.accounts.models import User
from pokmas.records.steps import Words
from pokmas.steps.tabs import opened, tabs_of


@dataclass(frozen=True)
class Part:
    """A tab of the page, or with `is_beside` a card in its right column.

    `serves` says to whom and when it is there, without a question to the database.
    `counted` is an expression over the records: the number is shown, and where it is 0
    there is no such part. `given` is what its template is given beyond the record,
    asked only when it is shown.
    """

    name: str
    label: Words
    template: str
    order: int
    is_beside: bool = False
    serves: Callable[[Model, User], bool] = lambda record, user: True
    counted: Coalesce | None = None
    given: Callable[[Model, User], dict] = lambda record, user: {}

    @property
    def counted_as(self) -> str:
        return f"number_of_{self.name}"

    def is_there(self, record: Model, user: User) -> bool:
        has_rows = self.counted is None or getattr(record, self.counted_as)
        return bool(has_rows and self.serves(record, user))

    def tab(self, record: Model) -> tuple:
        counts = () if self.counted is None else (getattr(record, self.counted_as),)
        return (self.name, self.label, *counts)


def rows_of(model: type[Model], relation: str, **only) -> Coalesce:
    """How many rows a record of `model` has there, to be `counted`."""
    field = model._meta.get_field(relation)
    rows = field.related_model.objects.filter(
        **{field.field.name: OuterRef("pk")}, **only
    ).order_by()
    return Coalesce(RowCount(rows.values("pk"), output_field=IntegerField()), 0)


class RowCount(Subquery):
    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"


class Parts:
    def __init__(self):
        self._parts = {}

    def add(self, *parts: Part) -> None:
        for part in parts:
            self._parts[part.name] = part

    def counts(self) -> dict:
        """To annotate the record with, in the question that reads it."""
        parts = self._parts.values()
        return {each.counted_as: each.counted for each in parts if each.counted}

    def shown(self, request, record: Model) -> dict:
        """For the template: `tabs`, the one that is `open` and those `beside`, each
        with what it is given. The record has been annotated with `counts`."""
        parts = sorted(self._parts.values(), key=lambda part: part.order)
        there = [part for part in parts if part.is_there(record, request.user)]
        tabbed = [part for part in there if not part.is_beside]
        tabs = tabs_of(request, *(part.tab(record) for part in tabbed))
        given = {
            part.name: {"part": part, "given": part.given(record, request.user)}
            for part in there
            if part.is_beside or part.name == opened(tabs)
        }
        return {
            "tabs": tabs,
            "open": given.get(opened(tabs)),
            "beside": [each for each in given.values() if each["part"].is_beside],
        }

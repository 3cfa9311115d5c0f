"""What the rooms show on the page of an agreement: each says its part itself.

# agreements/review/parts.py
PARTS.add(
    Part(
        "reviews",
        _("Hasil telaah"),
        "agreements/review/_reviews.html",
        order=30,
        counted=rows_of("reviews"),
        given=lambda agreement, user: {"reviews": agreement.reviews.all()},
    )
)
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.accounts.models import User
from pokmas.audit.services import timeline
from pokmas.records.steps import Words


@dataclass(frozen=True)
class Part:
    """A tab of the page, or with `is_beside` a card in its right column.

    `serves` says to whom and when it is there, without a question to the database.
    `counted` is an expression over agreements: the number is shown, and where it is 0
    there is no such part. `given` is what its template is given beyond `agreement`,
    asked only when it is shown.
    """

    name: str
    label: Words
    template: str
    order: int
    is_beside: bool = False
    serves: Callable[[Agreement, User], bool] = lambda agreement, user: True
    counted: Coalesce | None = None
    given: Callable[[Agreement, User], dict] = lambda agreement, user: {}

    @property
    def counted_as(self) -> str:
        return f"number_of_{self.name}"

    def is_there(self, agreement: Agreement, user: User) -> bool:
        has_rows = self.counted is None or getattr(agreement, self.counted_as)
        return bool(has_rows and self.serves(agreement, user))

    def tab(self, agreement: Agreement) -> tuple:
        counts = () if self.counted is None else (getattr(agreement, self.counted_as),)
        return (self.name, self.label, *counts)


def rows_of(relation: str, **only) -> Coalesce:
    """How many rows an agreement has there, to be `counted`."""
    field = Agreement._meta.get_field(relation)
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
        """To annotate the agreement with, in the question that reads it."""
        parts = self._parts.values()
        return {each.counted_as: each.counted for each in parts if each.counted}

    def of(self, agreement: Agreement, user: User) -> list[Part]:
        """Those there are for `user`, in their order; needs `counts`."""
        parts = sorted(self._parts.values(), key=lambda part: part.order)
        return [part for part in parts if part.is_there(agreement, user)]


# name → part; filled by `add` in the rooms' parts.py.
PARTS = Parts()

PARTS.add(
    Part(
        "history",
        _("Riwayat"),
        "agreements/register/_history.html",
        order=90,
        given=lambda agreement, user: {"entries": timeline(agreement, user)},
    )
)

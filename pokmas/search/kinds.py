"""What the search of the portal finds: each room says its part in its finds.py.

    FINDS = [
        Kind(
            "partners",
            Partner,
            title=_("Mitra"),
            icon="partners",
            permission="partners.view_partner",
            listing="partners:index",
            named="name",
            about="regency__name",
        ),
    ]

The QuerySet of the model has `visible_to`, `words` and `matching`, and its list takes
the same words as `q`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from django.db.models import Model
from django.db.models.expressions import Combinable

from pokmas.records.steps import Words
from pokmas.server.rooms import collect


@dataclass(frozen=True)
class Kind:
    """One kind of record, and how a line of the result names it."""

    name: str
    model: type[Model]
    title: Words
    icon: str
    permission: str
    listing: str
    # Columns, or expressions: what it is called, and what tells it from others of that
    # name.
    named: str | Combinable
    about: str
    # What a line is called that has no name yet.
    unnamed: Words = "–"
    # Columns that are searched as well; said where it is they that fit.
    also: tuple[str, ...] = ()
    order: tuple[str, ...] = ("-created_at", "-pk")
    # Its rows are also found by those of another kind: the number of the column.
    through: str = ""
    # deeper(keys, meanings): where the words stand of these rows, that are found by
    # nothing a line shows; by their key.
    deeper: Callable[..., dict] | None = None
    place: int = 0


@cache
def _kinds() -> tuple[Kind, ...]:
    found = [kind for room in set(collect("finds")) for kind in room.FINDS]
    return tuple(sorted(found, key=lambda kind: kind.place))


def kinds_for(user) -> Iterator[Kind]:
    """Those of which this person may see a list."""
    return (kind for kind in _kinds() if user.has_perm(kind.permission))

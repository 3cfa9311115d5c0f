"""The lists of the portal, each registered by the room it belongs to.

    # partners/fields/reference.py
    register(ReferenceList("fields", Field, FieldForm, "partners.manage_field", …))

One page shows any of them and one form changes any row: a new list is a model, a form
and this line.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise

LISTS: dict[str, "ReferenceList"] = {}


@dataclass(frozen=True)
class ReferenceList:
    """`columns` are heads and how a row reads below them; the first one is its name."""

    slug: str
    model: type[Model]
    form: type
    permission: str
    title: str | Promise
    lead: str | Promise
    add: str | Promise
    columns: tuple[tuple[str | Promise, Callable[[Model], str]], ...]
    # Relations that the columns read.
    related: tuple[str, ...] = ()
    # Rows that only ever come: what held before stays as it was.
    is_fixed: bool = False

    def rows(self):
        return self.model._default_manager.select_related(*self.related)


def register(reference: ReferenceList) -> None:
    LISTS[reference.slug] = reference


def lists_for(user) -> list[ReferenceList]:
    """Those that `user` keeps."""
    return [each for each in LISTS.values() if user.has_perm(each.permission)]

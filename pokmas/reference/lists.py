"""The lists of the portal, each registered by the room it belongs to.

    # partners/fields/reference.py
    register(ReferenceList("fields", Field, FieldForm, "partners.manage_field", …))

One page shows any of them and one form changes any row: a new list is a model, a form
and this line.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pokmas.lists.columns import Badge, Button, Column, Nothing, Order, Table

LISTS: dict[str, "ReferenceList"] = {}
IN_USE = Badge(
    name="state",
    label=_("Keadaan"),
    value="is_active",
    words={True: _("Dipakai"), False: _("Diarsipkan")},
    tones={True: "good"},
)


@dataclass(frozen=True)
class ReferenceList:
    """The first of `columns` is the name of a row."""

    slug: str
    model: type[Model]
    form: type
    permission: str
    title: str | Promise
    lead: str | Promise
    add: str | Promise
    columns: tuple[Column, ...]
    # Rows that only ever come: what held before stays as it was.
    is_fixed: bool = False
    # Which list of `pokmas.imports.kinds` brings many of them in at once.
    sheet: str = ""

    def rows(self) -> QuerySet:
        return self.model._default_manager.all()

    @cached_property
    def table(self) -> Table:
        use = (IN_USE, Button(name="use", does=self._use))
        order = dict.fromkeys([*self.model._meta.ordering, "pk"])
        return Table(
            model=self.model,
            title=self.title,
            list_page="reference:index",
            page="" if self.is_fixed else self._address,
            order="kept",
            orders=[Order("kept", _("Susunan daftar"), tuple(order))],
            nothing=Nothing(_("Daftar ini masih kosong"), self.lead),
            columns=self.columns if self.is_fixed else (*self.columns, *use),
        )

    def _address(self, row: Model) -> str:
        return reverse("reference:change", args=[self.slug, row.pk])

    def _use(self, row: Model) -> tuple[str | Promise, str]:
        verb = "archive" if row.is_active else "restore"
        words = _("Arsipkan") if row.is_active else _("Pakai lagi")
        return words, reverse(f"reference:{verb}", args=[self.slug, row.pk])


def register(reference: ReferenceList) -> None:
    LISTS[reference.slug] = reference


def lists_for(user) -> list[ReferenceList]:
    """Those that `user` keeps."""
    return [each for each in LISTS.values() if user.has_perm(each.permission)]

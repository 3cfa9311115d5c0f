"""What the list of activities shows."""

from dataclasses import dataclass
from html import escape
from typing import ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, Func, OuterRef, Q, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity, by_nearness
from pokmas.lists.columns import (
    Badge,
    Choice,
    Column,
    Day,
    Listed,
    Names,
    Number,
    Office,
    Order,
    Table,
    quoted,
    text_cell,
)
from pokmas.words import dates

# With whom it is held: the group first, then the partners that take part.
TAKING_PART = Activity.partners.through.objects.filter(activity=OuterRef("pk"))
PARTNERS = ArraySubquery(
    TAKING_PART.order_by(Lower("partner__name")).values("partner__name")
)
COMPANY = Func(
    Func(F("group__name"), PARTNERS, function="array_prepend"),
    Value(None),
    function="array_remove",
    output_field=PARTNERS.output_field,
)


@dataclass(frozen=True, kw_only=True)
class Target(Number):
    """How many were expected, below how many came."""

    def markup(self, value) -> str:
        if value is None:
            return ""
        return escape(_("target %(count)s") % {"count": dates.number(value)})


@dataclass(frozen=True, kw_only=True)
class Changes(Choice):
    """The changes that are sought, each by its word."""

    sortable: bool = False

    recurs: ClassVar[bool] = False

    def markup(self, value) -> str:
        return escape(", ".join(str(self.words[code]) for code in value or ()))

    def csv(self, c: str) -> str:
        return self._said(c)

    def xml(self, c: str) -> str:
        return text_cell(self._said(c))

    def _said(self, c: str) -> str:
        said = f"array_to_string({c}, ', ')"
        for code, word in self.words.items():
            said = f"replace({said}, {quoted(code)}, {quoted(str(word))})"
        return said


ACTIVITIES = Table(
    model=Activity,
    title=_("Kegiatan"),
    list_page="outreach:index",
    page="outreach:detail",
    orders=[
        Order("near", _("Hari ini dulu"), by=("-held_on", "-pk"), parts=by_nearness)
    ],
    order="near",
    kept=("near", "-held", "held"),
    # What is planned lies ahead: more of it than a guess from all the years.
    keys_first=("status", "unverified"),
    columns=[
        Column(name="title", label=_("Kegiatan"), value="title"),
        Listed(name="type", label=_("Jenis"), value="type__name", under="title"),
        Day(name="held", label=_("Tanggal"), value="held_on"),
        Names(name="company", label=_("Bersama"), value=COMPANY),
        Column(name="place", label=_("Tempat"), value="place", on_page=False),
        Office(
            name="office",
            label=_("Unit"),
            value="office__name",
            under="company",
            wide=True,
        ),
        Changes(
            name="changes",
            label=_("Perubahan"),
            value="changes_sought",
            words=dict(Activity.Change.choices),
            on_page=False,
        ),
        Number(name="served", label=_("Terlayani"), value="served", may_be_empty=True),
        Target(
            name="expected",
            label=_("Target peserta"),
            value="expected",
            under="served",
            empty="",
            may_be_empty=True,
        ),
        Day(
            name="planned",
            label=_("Tanggal semula"),
            value="planned_on",
            on_page=False,
            may_be_empty=True,
        ),
        Column(
            name="planned_place",
            label=_("Tempat semula"),
            value="planned_place",
            on_page=False,
        ),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(Activity.Status.choices),
            tones=Activity.TONES,
        ),
        Choice(
            name="correction",
            label=_("Koreksi"),
            value=Case(
                When(superseded_on__isnull=False, then=Value("superseded")),
                When(~Q(correction=""), then=Value("correction")),
            ),
            words={"correction": _("Koreksi"), "superseded": _("Diganti koreksi")},
            under="status",
            sortable=False,
        ),
    ],
)

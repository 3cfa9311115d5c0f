"""What the records say of an indicator: of each, by its code, one place that counts it.

A part is a set of rows, as a figure is (`reports.figures`), and counts as of the last
day of a period. Whatever is read here stands on dated facts; what no record knows is
entered by the units.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from outreach.models import Activity, BeneficiaryCount, Programme
from outreach.programmes.models import Phase, PhaseReport
from partners.ladder.models import Promotion
from partners.models import CommunityGroup, GroupMembership, Volunteer
from reports.figures import figures
from reports.figures.figures import FIGURES, Scope

Category = BeneficiaryCount.Category


class Breakdown(models.TextChoices):
    """By what a number is told apart, where the records know it."""

    CATEGORY = "category", _("Menurut kelompok dan umur")
    SEX = "sex", _("Menurut jenis kelamin")
    TYPE = "type", _("Menurut jenis kegiatan")
    STAGE = "stage", _("Menurut tahap")


@dataclass(frozen=True)
class Part:
    """Rows to count, or whose `column` to add up."""

    rows: Callable[[Scope], QuerySet]
    column: str = ""
    # What stands before the office of a row that belongs to another record.
    through: str = ""
    # The figure whose list shows just these rows; else what the name of a row needs.
    figure: str = ""
    needs: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Of the record that has the office."""
        return OWNERS[self.through]._meta.label_lower if self.through else ""


@dataclass(frozen=True)
class Parts:
    """What a figure reads, and how it is told: label and number of each part."""

    read: Callable[[Scope], list]
    told: Callable[[list], list[tuple]]


@dataclass(frozen=True)
class Measure:
    numerator: Part
    denominator: Part | None = None
    breakdowns: Mapping[str, "Parts"] = field(default_factory=dict)


OWNERS = {"group__": CommunityGroup, "activity__": Activity}


def _of_figure(code: str) -> Part:
    figure = FIGURES[code]
    return Part(figure.rows, figure.column, figure=code)


def _members(scope: Scope) -> QuerySet:
    return GroupMembership.objects.on(scope.day).filter(group__in=scope.groups)


def _groups_at_work(scope: Scope) -> QuerySet:
    held = scope.counted.filter(group=OuterRef("pk"))
    return scope.groups.filter(Exists(held))


def _agreements_at_work(scope: Scope) -> QuerySet:
    """Whoever carried them out, so that a unit and its Kanwil count the same."""
    held = Activity.objects.counted().filter(
        agreement=OuterRef("pk"),
        held_on__range=(scope.period.first, scope.period.last),
    )
    return scope.in_force.filter(Exists(held))


def _clients(scope: Scope) -> QuerySet:
    clients = [Category.ADULT_CLIENT, Category.CHILD_CLIENT]
    return BeneficiaryCount.objects.filter(
        activity__in=scope.counted, category__in=clients
    )


def _midnight(scope: Scope) -> datetime:
    """When the day that counts was over where the office stands."""
    over = scope.day + timedelta(days=1)
    return datetime.combine(over, time.min, scope.office.tzinfo)


def _volunteers(scope: Scope) -> QuerySet:
    """Accepted by then, and not ended yet."""
    over = _midnight(scope)
    began = scope.of(Volunteer).filter(decided_at__lt=over)
    serving = Q(status__in=Volunteer.ACCEPTED)
    ended_later = Q(status=Volunteer.Status.ENDED, status_since__gte=over)
    return began.filter(serving | ended_later)


def _volunteers_by_stage(scope: Scope) -> list[dict]:
    """At which stage each was on that day."""
    risen = Promotion.objects.filter(
        volunteer=OuterRef("pk"), promoted_on__lte=scope.day
    )
    first = models.Value(Volunteer.Stage.INITIAL_APPROACH.value)
    stage = Coalesce(Subquery(risen.order_by("-pk").values("stage")[:1]), first)
    rows = _volunteers(scope).order_by().annotate(then=stage).values("then")
    return list(rows.annotate(many=Count("pk")))


def _programmes(scope: Scope) -> QuerySet:
    """Begun by then."""
    return scope.of(Programme).filter(created_at__lt=_midnight(scope))


def _programmes_evaluated(scope: Scope) -> QuerySet:
    """Those that came as far as their evaluation."""
    ready = PhaseReport.objects.filter(
        programme=OuterRef("pk"),
        phase=Phase.IMPLEMENTATION,
        approved_at__lt=_midnight(scope),
    )
    return _programmes(scope).filter(Exists(ready))


def _by_category(rows: list[dict]) -> list[tuple]:
    return [(Category(row["category"]).label, row["sum"]) for row in rows]


def _by_sex(rows: list[dict]) -> list[tuple]:
    return [
        (_("Laki-laki"), sum(row["male"] for row in rows)),
        (_("Perempuan"), sum(row["female"] for row in rows)),
    ]


def _by_stage(rows: list[dict]) -> list[tuple]:
    many = {row["then"]: row["many"] for row in rows}
    return [(each.label, many.get(each.value, 0)) for each in Volunteer.Stage]


def _by_type(number: str) -> Parts:
    return Parts(
        figures.activities_by_type,
        lambda rows: [(row["label"], row[number]) for row in rows],
    )


GROUPS, IN_FORCE = _of_figure("groups"), _of_figure("in_force")
MEASURES = {
    "KPI-01": Measure(GROUPS),
    "KPI-02": Measure(
        Part(_members, through="group__", needs=("partnership__partner",)), GROUPS
    ),
    "KPI-03": Measure(Part(_groups_at_work), GROUPS),
    "KPI-04": Measure(IN_FORCE),
    "KPI-05": Measure(Part(_agreements_at_work), IN_FORCE),
    "KPI-06": Measure(_of_figure("expiring")),
    "KPI-07": Measure(
        _of_figure("activities"), breakdowns={Breakdown.TYPE: _by_type("activities")}
    ),
    "KPI-08": Measure(
        _of_figure("served"),
        breakdowns={
            Breakdown.CATEGORY: Parts(figures.served_by_category, _by_category),
            Breakdown.SEX: Parts(figures.served_by_category, _by_sex),
            Breakdown.TYPE: _by_type("served"),
        },
    ),
    "KPI-09": Measure(Part(_clients, "number", through="activity__")),
    "KPI-12": Measure(
        Part(_volunteers),
        breakdowns={Breakdown.STAGE: Parts(_volunteers_by_stage, _by_stage)},
    ),
    "KPI-13": Measure(Part(_programmes_evaluated), Part(_programmes)),
}
# Of which kind the records are that show an indicator in a bundle of evidence, and
# which of them; "" for all. It stands by code beside what counts it, which is program
# text too. An indicator that headquarters adds is entered: what units enter, their
# reports and the files that they add show any.
SHOWN_BY = {
    "KPI-01": {"group": ""},
    "KPI-02": {"group": ""},
    "KPI-03": {"group": "", "activity": "group"},
    "KPI-04": {"agreement": ""},
    "KPI-05": {"agreement": "", "activity": "agreement"},
    "KPI-06": {"agreement": "ending"},
    "KPI-07": {"activity": ""},
    "KPI-08": {"activity": ""},
    "KPI-09": {"activity": ""},
    "KPI-11": {"agreement": ""},
    "KPI-13": {"activity": "programme"},
}

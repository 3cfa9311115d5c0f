"""The programmes of each unit, or each region, in one view: how many are planned,
carried out and evaluated, and which of them want looking at."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outreach.programmes.models import Phase, Programme
from pokmas.offices.branches import by_branch
from pokmas.offices.models import Office

Status = Programme.Status
PLANNED, CARRIED_OUT = _("Perencanaan"), _("Pelaksanaan")
MONITORED, EVALUATED, OVER = _("Pemantauan"), _("Evaluasi"), _("Sesudahnya")


@dataclass(frozen=True)
class Column:
    """Which of the programmes are counted, and how their list is asked for them."""

    name: str
    group: str | Promise
    label: str | Promise
    counts: Q
    asked: dict[str, str]


def _phase(phase: Phase, group: Promise) -> Column:
    counts = Q(phase=phase, status__in=Programme.OPEN)
    asked = {"phase": phase.value, "open": "true"}
    return Column(phase.value, group, phase.label, counts, asked)


def _over(status: Status) -> Column:
    name = status.value
    return Column(name, OVER, status.label, Q(status=status), {"status": name})


def _stands(name: str, label: Promise) -> Column:
    counts = Q(**{f"is_{name}": True})
    return Column(name, MONITORED, label, counts, {name: "true"})


COLUMNS = [
    _phase(Phase.IDEA, PLANNED),
    _phase(Phase.FORMULATION, PLANNED),
    _phase(Phase.PLANNING, PLANNED),
    _phase(Phase.IMPLEMENTATION, CARRIED_OUT),
    _stands("overdue", _("Fase lewat batas")),
    _stands("silent", _("Tanpa kegiatan 30 hari")),
    _phase(Phase.EVALUATION, EVALUATED),
    _over(Status.COMPLETED),
    _over(Status.STOPPED),
]
COUNTS = {each.name: Count("pk", filter=each.counts) for each in COLUMNS}


@dataclass(frozen=True)
class Row:
    """The numbers of a unit or region, each with its name and the list behind it."""

    label: str
    url: str
    numbers: list[tuple[str, int, str]]


class Overview:
    """Of the programmes that somebody may see those below an office; `own` is his."""

    def __init__(self, programmes: QuerySet, office: Office, own: Office):
        self.office, self.own = office, own
        self.programmes = programmes.under(office).standing().order_by()

    @property
    def groups(self) -> list[tuple[str, int]]:
        """The headings above the columns, and over how many each stands."""
        found = {}
        for each in COLUMNS:
            found[str(each.group)] = found.get(str(each.group), 0) + 1
        return list(found.items())

    @property
    def labels(self) -> list[str]:
        return [str(each.label) for each in COLUMNS]

    @property
    def rows(self) -> list[Row]:
        """By name; an office without any programme has none."""
        rows = self.programmes.annotate(**by_branch(self.office))
        rows = rows.values("branch", "named").annotate(**COUNTS)
        return [
            Row(
                row["named"],
                self._inside(row["branch"]),
                self._told(row, row["branch"]),
            )
            for row in rows.order_by(Lower("named"), "branch")
        ]

    @property
    def total(self) -> list[tuple[str, int, str]]:
        office = None if self.office.pk == self.own.pk else self.office.pk
        return self._told(self.programmes.aggregate(**COUNTS), office)

    def _told(self, found: dict, office: int | None) -> list[tuple[str, int, str]]:
        page, place = reverse("outreach:programme_index"), {"office": office}
        where = place if office else {}
        return [
            (
                str(each.label),
                found[each.name],
                f"{page}?{urlencode(each.asked | where)}",
            )
            for each in COLUMNS
        ]

    def _inside(self, office: int) -> str:
        """The units of a region."""
        if not self.office.is_top:
            return ""
        return f"{reverse('outreach:programme_overview')}?office={office}"

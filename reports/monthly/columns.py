"""What the list of reports shows."""

from dataclasses import dataclass

from django.db.models import Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pokmas.jobs.models import Job
from pokmas.lists.columns import Badge, Choice, Month, Number, Office, Table
from reports.figures.periods import Kind, Period
from reports.monthly.models import Report


@dataclass(frozen=True, kw_only=True)
class Reported(Month):
    """The whole period, in the order of its first month, which a sheet shows."""

    def of(self, row) -> Period:
        return row.period

    def markup(self, value) -> str:
        return value.name


REPORTS = Table(
    model=Report,
    title=pgettext_lazy("several", "Laporan"),
    list_page="reports:index",
    page="reports:detail",
    order="-month",
    kept=("-month", "month"),
    columns=[
        Reported(name="month", label=_("Periode"), value="month"),
        Choice(name="kind", label=_("Jenis"), value="kind", words=dict(Kind.choices)),
        Office(name="office", label=_("Unit"), value="office__name", wide=True),
        # None before its first PDF was made.
        Number(
            name="version",
            label=_("Versi"),
            value=NullIf("version", Value(0)),
            may_be_empty=True,
        ),
        Choice(
            name="making",
            label=_("Pembuatan PDF"),
            value=NullIf("job__state", Value(Job.State.DONE)),
            words=dict(Job.State.choices),
            under="version",
            sortable=False,
        ),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(Report.Status.choices),
            tones=Report.TONES,
        ),
    ],
)

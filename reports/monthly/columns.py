"""What the list of monthly reports shows."""

from django.db.models import Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from pokmas.jobs.models import Job
from pokmas.lists.columns import Badge, Choice, Month, Number, Office, Table
from reports.monthly.models import Report

REPORTS = Table(
    model=Report,
    title=_("Laporan bulanan"),
    list_page="reports:index",
    page="reports:detail",
    order="-month",
    kept=("-month", "month"),
    columns=[
        Month(name="month", label=_("Bulan"), value="month"),
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

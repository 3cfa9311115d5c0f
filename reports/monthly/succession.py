"""The months of a merged unit: its successor reports on them."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from outreach.models import Activity
from pokmas.audit.models import Entry
from pokmas.notices.telling import officers, tell
from pokmas.offices.models import Office, past_of
from reports.figures.periods import Kind, Period
from reports.monthly.models import Report


def is_own(office: Office, period: Period) -> bool:
    """Whether the period is reported in the name of this office.

    A merged unit keeps the months that ended before it did; the one in which it went
    is its successor's.
    """
    return office.successor_id is None or period.last <= office.valid_to


def open_owed() -> int:
    """Open the reports that merged units left unwritten; returns how many.

    They are the successor's turn: on its home page, and late if nobody writes them.
    """
    merged = Office.objects.units().exclude(successor=None).select_related("successor")
    return sum(_open(office, month) for office in merged for month in _owed(office))


def _owed(office: Office) -> Iterator[date]:
    """Its own months with activities that no report has locked."""
    past = past_of(office, office.valid_to)
    held = past.of(Activity.objects.filter(status=Activity.Status.VERIFIED))
    months = held.order_by().dates("held_on", "month")
    written = Report.objects.filter(office=office, kind=Kind.MONTHLY)
    known = set(written.values_list("month", flat=True))
    return (
        month
        for month in months
        if is_own(office, Period(Kind.MONTHLY, month)) and month not in known
    )


@transaction.atomic
def _open(office: Office, month: date) -> bool:
    report, is_new = Report.objects.get_or_create(
        office=office, month=month, kind=Kind.MONTHLY
    )
    if is_new:
        Entry.record(None, "report.owed", report, successor=str(office.successor))
        tell(
            report,
            "owed",
            officers(report, "reports.add_report"),
            _("Laporan unit yang digabung menunggu disusun: %(name)s"),
            _("%(office)s digabung ke %(successor)s, yang kini melaporkannya."),
            successor=office.successor,
        )
    return is_new

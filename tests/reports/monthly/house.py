"""What the tests of the whole house must know of this room."""

from datetime import UTC, date, datetime

from django.core.files.base import ContentFile

from outreach.models import Activity
from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from pokmas.documents.models import IssuedDocument
from pokmas.jobs.models import Job
from reports.figures import figures
from reports.figures.periods import Month
from reports.models import Report
from tests.factories import ActivityFactory, ReportFactory
from tests.house.access import (
    EVERYBODY,
    HEAD,
    HQ,
    KANWIL,
    KANWIL_HEAD,
    OFFICERS,
    OPERATOR,
    REVIEWER,
    form,
    get,
)
from tests.pokmas.documents.corpus import pdf

ACCESS = {
    "reports:home": get(EVERYBODY),
    "reports:units": get({HQ, KANWIL_HEAD, KANWIL, REVIEWER}, "region"),
    "reports:index": get(OFFICERS),
    "reports:create": form({OPERATOR, KANWIL}),
    "reports:detail": get(OFFICERS, "report"),
    "reports:change": form({OPERATOR, KANWIL}, "report"),
    "reports:figures": get(OFFICERS, "report"),
    "reports:explain": form({OPERATOR, KANWIL}, "report"),
    "reports:assign": form({HEAD, KANWIL_HEAD}, "report"),
    "reports:rebuild": form({OPERATOR, KANWIL}, "report"),
    "reports:refresh": form({HEAD, KANWIL_HEAD}, "report"),
    "reports:take_word": form({OPERATOR, KANWIL}, "report"),
    "reports:keep_signed": form({OPERATOR, KANWIL, HEAD, KANWIL_HEAD}, "report"),
    "reports:submit": form({HEAD, KANWIL_HEAD}, "report"),
    "reports:answer": form({HEAD, KANWIL_HEAD}, "report"),
    "reports:accept": form({HQ, KANWIL_HEAD, KANWIL}, "report"),
}

NOT_SHOWN = {"reports:figures"}
# A monthly report accounts for no indicator; a Word file must descend from its own, and
# a signed one be of a report that was handed in.
CLOSED = {"reports:explain", "reports:take_word", "reports:keep_signed"}
MARKED = {"report": ["obstacles", "follow_up"]}


def rows(world):
    report = ReportFactory(office=world.unit, month=date(2026, 8, 1))
    issued = documents.issue(
        kind="reports.monthly",
        office=report.office,
        owner=report,
        title="Laporan uji",
        holder="Unit uji",
    )
    package = ContentFile(b"PK uji")
    documents.seal(issued, pdf(), 1, word=b"PK uji", package=package)
    job = Job.objects.create(
        kind="reports.monthly",
        key=f"walk-{world.unit.pk}",
        state=Job.State.FAILED,
        reason="Uji",
        requested_by=world.people[Role.UNIT_OPERATOR],
        payload={"issued": issued.pk},
    )
    return {
        "report": report,
        "region": world.unit.region,
        "code": issued.code,
        "job": job,
    }


def reports(world):
    return [
        ReportFactory(
            office=world.unit,
            month=(month := Month(2025, place + 1)).first,
            status=status,
            reason="Alasan uji" if status == "returned" else "",
            issued=IssuedDocument.objects.first(),
            version=1,
            figures=figures.reported(figures.Scope(world.unit, month)),
        )
        for place, status in enumerate(Report.TRANSITIONS)
    ]


VARIANTS = {"report": reports}


def of_a_full_month(world, text):
    """A report with more activities than one page holds."""
    for place in range(40):
        ActivityFactory(
            office=world.unit,
            status=Activity.Status.VERIFIED,
            title=text[:200] if place < 2 else f"Penyuluhan {place}",
            place=text[:200] if place < 2 else "Balai Desa Tarus",
            starts_at=datetime(2025, 10, 14, 2, tzinfo=UTC),
            partners=[world.records["partner"]],
            counts={("adult_client", "male"): 12},
        )
    return ReportFactory(
        office=world.unit, month=date(2025, 10, 1), obstacles=text, follow_up=text
    )


PAPERS = {"reports.monthly": of_a_full_month}

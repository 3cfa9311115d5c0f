"""What the tests of the whole house must know of this room."""

from datetime import UTC, date, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from reports.figures.periods import Kind, Period
from tests.factories import (
    ActivityFactory,
    EvidenceFactory,
    OfficePlanItemFactory,
    PlanFileFactory,
)
from tests.house.access import (
    HEAD,
    HQ,
    KANWIL,
    KANWIL_HEAD,
    OFFICERS,
    OPERATOR,
    REVIEWER,
    form,
    get,
    post,
)

KEEPERS = {HQ, KANWIL_HEAD, KANWIL, REVIEWER, HEAD, OPERATOR}
ACCESS = {
    "reports:bundles": get(OFFICERS),
    "reports:bundle": get(OFFICERS, personal=True),
    "reports:bundle_make": post(KEEPERS, personal=True),
    "reports:bundle_add": form(KEEPERS, personal=True),
    "reports:bundle_remove": post({HEAD, OPERATOR}, "plan_file"),
}
MARKED = {"plan_file": ["shows"]}
# No record gives evidence of that indicator that could be put into a bundle.
CLOSED = {"reports:bundle_make"}


def _asked():
    period = Period.of(Kind.QUARTERLY, date.today()).code
    return {"code": "KPI-14", "period": period}


QUERY = dict.fromkeys(
    ["reports:bundle", "reports:bundle_make", "reports:bundle_add"], _asked
)


def paper(world, text):
    """One activity that is shown by a file, and one that is not."""
    day = datetime(2026, 8, 14, 2, tzinfo=UTC)
    held = {"office": world.unit, "status": "verified", "starts_at": day}
    ActivityFactory(title=text[:200], **held)
    shown = EvidenceFactory(activity=ActivityFactory(title=text[:200], **held))
    default_storage.save(shown.document.file.name, ContentFile(b"uji"))
    return OfficePlanItemFactory(office=world.unit, code="KPI-08")


PAPERS = {"reports.bundle": paper}


def rows(world):
    item = OfficePlanItemFactory(office=world.unit)
    return {"plan_file": PlanFileFactory(item=item)}

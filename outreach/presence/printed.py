"""The two sheets of an activity, as PDF; they are kept nowhere.

Sheet A names officers, partners, volunteers and guests. Sheet B counts those served by
strokes and never names them.
"""

from django.utils import timezone

from outreach.activities.counts import BeneficiaryCount
from outreach.activities.models import Activity
from outreach.presence import codes
from pokmas.documents import pdf

SHEETS = {"a": "attendance", "b": "tally"}
# Room for guests, however many are registered; and a page is full with so many.
LEAST_BLANK, USUAL = 8, 15


def printed(activity: Activity, sheet: str) -> bytes:
    """Raises PdfFailed."""
    context = {
        "activity": activity,
        "office": activity.office,
        "made_at": timezone.now(),
        **(_attendance(activity) if sheet == "a" else _tally()),
    }
    template = f"outreach/presence/pdf/{SHEETS[sheet]}.html"
    return pdf.render(template, context).content


def _attendance(activity):
    people = list(activity.participants.for_list())
    blank = max(LEAST_BLANK, USUAL - len(people))
    first = len(people) + 1
    address = codes.of_sheet(activity)
    return {
        "people": people,
        "blank": range(first, first + blank),
        "qr": codes.drawn(address),
    }


def _tally():
    return {"categories": BeneficiaryCount.Category.labels}

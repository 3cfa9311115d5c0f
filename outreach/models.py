"""What units and partners did together, in counts and evidence; never names."""

from outreach.activities.counts import BeneficiaryCount
from outreach.activities.models import Activity, Participation
from outreach.closing.models import ClosedMonth
from outreach.evidence.models import Evidence
from outreach.planned.models import PlannedActivity
from outreach.told.models import News, Recipient
from outreach.types.models import ActivityType

__all__ = [
    "Activity",
    "ActivityType",
    "BeneficiaryCount",
    "ClosedMonth",
    "Evidence",
    "News",
    "Participation",
    "PlannedActivity",
    "Recipient",
]

"""What units and partners did together, in counts and evidence; never names."""

from outreach.activities.counts import BeneficiaryCount
from outreach.activities.models import Activity, Participation
from outreach.ambassadors.models import Ambassador, Contact, ContactResult
from outreach.closing.models import ClosedMonth
from outreach.evidence.models import Evidence
from outreach.planned.models import PlannedActivity
from outreach.types.models import ActivityType

__all__ = [
    "Activity",
    "ActivityType",
    "Ambassador",
    "BeneficiaryCount",
    "ClosedMonth",
    "Contact",
    "ContactResult",
    "Evidence",
    "Participation",
    "PlannedActivity",
]

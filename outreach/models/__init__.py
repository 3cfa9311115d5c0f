"""What units and partners did together, in counts and evidence; never names."""

from outreach.models.activities import Activity, Participation
from outreach.models.counts import BeneficiaryCount, CountRow, CountTable
from outreach.models.evidence import Evidence
from outreach.models.types import ActivityType

__all__ = [
    "Activity",
    "ActivityType",
    "BeneficiaryCount",
    "CountRow",
    "CountTable",
    "Evidence",
    "Participation",
]

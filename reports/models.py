"""What units are measured by, and the papers in which they give account."""

from reports.duties.models import ReportDuty
from reports.indicators.models import Indicator
from reports.monthly.models import Report
from reports.tallies.models import ActivityTally, ServedTally, TypeTally
from reports.targets.models import AcceptedValue, EnteredValue, Target

__all__ = [
    "AcceptedValue",
    "ActivityTally",
    "EnteredValue",
    "Indicator",
    "Report",
    "ReportDuty",
    "ServedTally",
    "Target",
    "TypeTally",
]

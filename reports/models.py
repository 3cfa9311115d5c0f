"""What units are measured by, and the papers in which they give account."""

from reports.duties.models import ReportDuty
from reports.indicators.models import Indicator
from reports.monthly.models import Report
from reports.targets.models import AcceptedValue, EnteredValue, Target

__all__ = [
    "AcceptedValue",
    "EnteredValue",
    "Indicator",
    "Report",
    "ReportDuty",
    "Target",
]

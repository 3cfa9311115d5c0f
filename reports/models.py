"""Guidelines, what units are measured by, and the papers in which they give account."""

from reports.bundles.models import PlanFile, PlanItem
from reports.duties.models import ReportDuty
from reports.guidelines.models import Acknowledgement, Guideline
from reports.indicators.models import Indicator
from reports.monthly.models import Report
from reports.tallies.models import ActivityTally, ServedTally, TypeTally
from reports.targets.models import AcceptedValue, EnteredValue, Target

__all__ = [
    "AcceptedValue",
    "Acknowledgement",
    "ActivityTally",
    "EnteredValue",
    "Guideline",
    "Indicator",
    "PlanFile",
    "PlanItem",
    "Report",
    "ReportDuty",
    "ServedTally",
    "Target",
    "TypeTally",
]

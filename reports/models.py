"""The papers in which a unit gives account of its month, and sums by month."""

from reports.monthly.models import Report
from reports.tallies.models import ActivityTally, ServedTally, TypeTally

__all__ = ["ActivityTally", "Report", "ServedTally", "TypeTally"]

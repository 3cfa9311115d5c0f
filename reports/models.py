"""Guidelines, and the papers in which a unit gives account of its month."""

from reports.guidelines.models import Acknowledgement, Guideline
from reports.monthly.models import Report

__all__ = ["Acknowledgement", "Guideline", "Report"]

"""The papers in which a unit gives account of its month, and which are asked for."""

from reports.duties.models import ReportDuty
from reports.monthly.models import Report

__all__ = ["Report", "ReportDuty"]

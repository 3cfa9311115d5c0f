"""The papers in which a unit gives account of its month."""

from reports.monthly.models import Report

__all__ = ["Report"]

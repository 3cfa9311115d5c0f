from outreach.forms.plans import ActivityForm
from outreach.forms.results import ReportForm, served_of
from outreach.forms.types import TypeForm

__all__ = ["ActivityForm", "ReportForm", "TypeForm", "served_of"]

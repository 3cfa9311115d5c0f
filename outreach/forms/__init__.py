from outreach.forms.plans import ActivityForm
from outreach.forms.results import ReasonForm, ReportForm, served_of
from outreach.forms.types import TypeForm

__all__ = ["ActivityForm", "ReasonForm", "ReportForm", "TypeForm", "served_of"]

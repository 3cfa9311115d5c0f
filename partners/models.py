"""Who we work with: partner organisations and people, and the groups they form."""

from partners.fields.models import Field
from partners.groups.models import CommunityGroup, GroupMembership
from partners.kinds.models import PartnerKind
from partners.registry.models import Offer, Partner, Partnership, Representative
from partners.vetting.models import Criterion, Finding
from partners.visits.models import FieldVisit, VisitAnswer, VisitQuestion, VisitRule

__all__ = [
    "CommunityGroup",
    "Criterion",
    "Field",
    "FieldVisit",
    "Finding",
    "GroupMembership",
    "Offer",
    "Partner",
    "PartnerKind",
    "Partnership",
    "Representative",
    "VisitAnswer",
    "VisitQuestion",
    "VisitRule",
]

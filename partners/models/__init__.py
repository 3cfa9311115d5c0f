"""Who we work with: partner organisations and people, and the groups they form."""

from partners.models.groups import CommunityGroup, GroupMembership
from partners.models.lists import Criterion, Field, Rule
from partners.models.partners import Finding, Partner, Representative

__all__ = [
    "CommunityGroup",
    "Criterion",
    "Field",
    "Finding",
    "GroupMembership",
    "Partner",
    "Representative",
    "Rule",
]

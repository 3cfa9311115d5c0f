"""Who we work with: partner organisations and people, and the groups they form."""

from partners.colleagues.models import Invitation
from partners.declarations.models import Declaration, DeclarationAnswer
from partners.decrees.models import Clause, WordTemplate
from partners.door.models import Slip
from partners.fields.models import Field
from partners.groups.models import CommunityGroup, GroupMembership
from partners.kinds.models import PartnerKind, RequiredPaper
from partners.known.models import Distinction
from partners.ladder.models import Promotion
from partners.nik.models import Nik
from partners.registry.legal import LegalPaper
from partners.registry.models import Offer, Partner, Partnership, Representative
from partners.vetting.models import Criterion, Finding
from partners.visits.models import FieldVisit, VisitAnswer, VisitQuestion, VisitRule
from partners.volunteers.models import Promise, Skill, Volunteer

__all__ = [
    "Clause",
    "CommunityGroup",
    "Criterion",
    "Declaration",
    "DeclarationAnswer",
    "Distinction",
    "Field",
    "FieldVisit",
    "Finding",
    "GroupMembership",
    "Invitation",
    "LegalPaper",
    "Nik",
    "Offer",
    "Partner",
    "PartnerKind",
    "Partnership",
    "Promise",
    "Promotion",
    "Representative",
    "RequiredPaper",
    "Skill",
    "Slip",
    "VisitAnswer",
    "VisitQuestion",
    "VisitRule",
    "Volunteer",
    "WordTemplate",
]

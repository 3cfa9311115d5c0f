"""What units and partners agreed to do, and what was said and printed about it."""

from agreements.calendar.models import RegionMonth
from agreements.discussion.models import TextAnswer, TextComment
from agreements.evaluations.models import Evaluation, Outcome
from agreements.feasibility.models import (
    Feasibility,
    FeasibilityAnswer,
    FeasibilityCriterion,
    FeasibilityFinding,
    FeasibilityRule,
    FeasibilityTrigger,
)
from agreements.parties.models import Contact, Party
from agreements.plans.models import PlanItem
from agreements.proofs.models import ProofAnswer, ProofBaseline, ProofElement
from agreements.register.models import Agreement
from agreements.review.models import Review, ReviewRule
from agreements.signing.models import SigningDay
from agreements.texts.models import Clause, TextVersion
from agreements.warnings.models import EndWarning, WarningLadder

__all__ = [
    "Agreement",
    "Clause",
    "Contact",
    "EndWarning",
    "Evaluation",
    "Feasibility",
    "FeasibilityAnswer",
    "FeasibilityCriterion",
    "FeasibilityFinding",
    "FeasibilityRule",
    "FeasibilityTrigger",
    "Outcome",
    "Party",
    "PlanItem",
    "ProofAnswer",
    "ProofBaseline",
    "ProofElement",
    "RegionMonth",
    "Review",
    "ReviewRule",
    "SigningDay",
    "TextAnswer",
    "TextComment",
    "TextVersion",
    "WarningLadder",
]

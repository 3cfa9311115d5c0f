"""What units and partners agreed to do, and what was said and printed about it."""

from agreements.feasibility.models import (
    Feasibility,
    FeasibilityAnswer,
    FeasibilityCriterion,
    FeasibilityFinding,
    FeasibilityRule,
    FeasibilityTrigger,
)
from agreements.parties.models import Contact, Party
from agreements.register.models import Agreement
from agreements.review.models import Review
from agreements.signing.models import SigningDay

__all__ = [
    "Agreement",
    "Contact",
    "Feasibility",
    "FeasibilityAnswer",
    "FeasibilityCriterion",
    "FeasibilityFinding",
    "FeasibilityRule",
    "FeasibilityTrigger",
    "Party",
    "Review",
    "SigningDay",
]

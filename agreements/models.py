"""What units and partners agreed to do, and what was said and printed about it."""

from agreements.evaluations.models import Evaluation, Outcome
from agreements.plans.models import PlanItem
from agreements.proofs.models import ProofAnswer, ProofBaseline, ProofElement
from agreements.register.models import Agreement
from agreements.review.models import Review

__all__ = [
    "Agreement",
    "Evaluation",
    "Outcome",
    "PlanItem",
    "ProofAnswer",
    "ProofBaseline",
    "ProofElement",
    "Review",
]

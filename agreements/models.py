"""What units and partners agreed to do, and what was said and printed about it."""

from agreements.extracts.models import Extract
from agreements.register.models import Agreement
from agreements.review.models import Review

__all__ = ["Agreement", "Extract", "Review"]

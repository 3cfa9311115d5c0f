"""What units and partners agreed to do, and what was said and printed about it."""

from agreements.register.models import Agreement
from agreements.review.models import Review
from agreements.texts.models import Clause, TextVersion

__all__ = ["Agreement", "Clause", "Review", "TextVersion"]

"""What units and partners agreed to do, and what was said and printed about it."""

from agreements.register.models import Agreement
from agreements.review.models import Review
from agreements.signing.models import SigningDay

__all__ = ["Agreement", "Review", "SigningDay"]

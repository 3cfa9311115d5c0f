"""What more than one room asks of an agreement before a step."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pokmas.records.steps import When

# An amendment is neither suspended nor ended, renewed nor amended by itself.
STANDS_ALONE = When(
    rows=lambda user: Q(amends=None),
    holds=lambda agreement, user: not agreement.is_amendment,
    refusal=_("Adendum mengikuti kerja sama yang diubahnya; buka kerja sama itu."),
)

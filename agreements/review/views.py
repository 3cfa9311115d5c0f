"""A reviewer answers beside the text, in which is marked what changed."""

from agreements.register.models import Agreement
from pokmas.steps import pages as steps
from pokmas.steps import reviews
from pokmas.steps.since import field, judged_before, papers

Status = Agreement.Status
# What the parties agree on; the rest of a record says how far it is.
TEXT = [
    *("title", "kind", "starts_on", "ends_on", "urgency", "form", "subject"),
    *("our_signatory", "our_position", "our_capacity", "our_nip", "our_authority"),
    *("partner_signatory", "partner_position", "partner_authority"),
]


def review(request, pk):
    agreement, step = steps.find(request, Agreement, "review", pk)
    form = step.form(*steps.sent(request), user=request.user, record=agreement)

    def given():
        before = judged_before(
            agreement, judged=Status.LEGAL_REVIEW, returned=Status.DISCUSSION
        )
        # The first time, an amendment is read against what it amends.
        known = before or agreement.amends
        partnership = agreement.partnership
        return {
            "rows": [field(agreement, name, known) for name in TEXT],
            "reviews": agreement.reviews.select_related("reviewed_by"),
            **(papers(partnership, before) if partnership else {}),
        }

    template = "agreements/review/review.html"
    return reviews.judge(request, agreement, step, form, template, given)

"""A reviewer answers beside the text, in which is marked what changed."""

from django.utils.text import capfirst

from agreements.register.models import Agreement
from pokmas.records.guarded import value_text
from pokmas.steps import pages as steps
from pokmas.steps import reviews
from pokmas.steps.since import judged_before, papers, row

Status = Agreement.Status
# What the parties agree on; the rest of a record says how far it is.
TEXT = [
    *("title", "kind", "starts_on", "ends_on", "urgency", "form", "subject"),
    *("our_signatory", "our_position", "our_capacity", "our_nip"),
    *("partner_signatory", "partner_position"),
]


def review(request, pk):
    agreement, step = steps.find(request, Agreement, "review", pk)
    form = step.form(*steps.sent(request), user=request.user, record=agreement)

    def given():
        before = judged_before(
            agreement, judged=Status.LEGAL_REVIEW, returned=Status.DISCUSSION
        )
        return {
            "rows": _rows(agreement, before),
            "reviews": agreement.reviews.select_related("reviewed_by"),
            **papers(agreement.partner, before),
        }

    template = "agreements/review/review.html"
    return reviews.judge(request, agreement, step, form, template, given)


def _rows(agreement, before):
    return [
        row(
            capfirst(agreement._meta.get_field(name).verbose_name),
            value_text(agreement, name),
            None if before is None else value_text(before, name),
        )
        for name in TEXT
    ]

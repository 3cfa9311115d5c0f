"""A reviewer answers beside the text, in which is marked what changed."""

from django.shortcuts import redirect, render
from django.utils.text import capfirst

from agreements.register.models import Agreement
from agreements.review.forms import ReviewForm
from pokmas.records.guarded import value_text
from pokmas.steps import pages as steps
from pokmas.steps.queue import following, queue_of
from pokmas.steps.since import judged_before, row

Status = Agreement.Status
# What the parties agree on; the rest of a record says how far it is.
TEXT = [
    *("title", "kind", "starts_on", "ends_on", "urgency", "form", "subject"),
    *("our_signatory", "our_position", "our_capacity", "our_nip"),
    *("partner_signatory", "partner_position"),
]


def review(request, pk):
    agreement, step = steps.find(request, Agreement, "review", pk)
    if refusal := agreement.refusal(step, request.user):
        return steps.closed(request, agreement, refusal)
    queue = queue_of(agreement, step, request.user)
    form = ReviewForm(*steps.sent(request), user=request.user, record=agreement)
    if form.is_valid() and steps.taken(request, agreement, step, form):
        return redirect(following(request, queue) or agreement)
    before = judged_before(
        agreement, judged=Status.LEGAL_REVIEW, returned=Status.DISCUSSION
    )
    return render(
        request,
        "agreements/review/review.html",
        {
            "agreement": agreement,
            "form": form,
            "queue": queue,
            "before": before,
            "rows": _rows(agreement, before),
            "reviews": agreement.reviews.select_related("reviewed_by"),
            "papers": agreement.partner.papers,
        },
    )


def _rows(agreement, before):
    return [
        row(
            capfirst(agreement._meta.get_field(name).verbose_name),
            value_text(agreement, name),
            None if before is None else value_text(before, name),
        )
        for name in TEXT
    ]

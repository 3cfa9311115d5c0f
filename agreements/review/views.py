"""A reviewer answers beside the text, in which is marked what changed."""

from agreements.discussion.threads import places_of
from agreements.register.models import Agreement
from agreements.review.aspects import left, remember
from agreements.review.models import Review
from agreements.review.services import step_of
from agreements.texts.compare import changes_between, latest_text
from agreements.texts.composing import annex_cautions
from agreements.texts.models import TextVersion
from pokmas.steps import pages as steps
from pokmas.steps import reviews as judging
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
    reviews = list(agreement.reviews.for_page())
    remember(agreement, reviews)
    step = Agreement.STEPS[step_of(left(agreement))]
    form = step.form(*steps.sent(request), user=request.user, record=agreement)

    def given():
        before = judged_before(
            agreement, judged=Status.LEGAL_REVIEW, returned=Status.DISCUSSION
        )
        # The first time, an amendment is read against what it amends.
        known = before or agreement.amends
        partnership = agreement.partnership
        # A first half of now was judged by another than who reads here.
        earlier = [row for row in reviews if row.reviewed_at < agreement.status_since]
        text = latest_text(agreement)
        places = places_of(agreement, request.user, text)
        return {
            "rows": [field(agreement, name, known) for name in TEXT],
            "reviews": reviews,
            # Each is about a version of the text.
            "answers": agreement.answers.for_list() if text else (),
            "places": [each for each in places if each.open],
            **_in_file(text, earlier),
            "annex_cautions": annex_cautions(agreement, text and text.content),
            **(papers(partnership, before) if partnership else {}),
        }

    template = "agreements/review/review.html"
    return judging.judge(request, agreement, step, form, template, given)


def _in_file(text: TextVersion | None, reviews: list[Review]) -> dict:
    """The newest version, and what it says otherwise than the one judged last."""
    judged = next((row.text_version for row in reviews if row.text_version_id), None)
    if text is None or judged is None:
        return {"text": text}
    changes = [each for each in changes_between(judged, text) if not each.is_same]
    return {"text": text, "judged_text": judged, "text_changes": changes}

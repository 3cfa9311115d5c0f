"""A reviewer answers beside the text, in which is marked what changed."""

from django.contrib.contenttypes.models import ContentType

from agreements.discussion.threads import places_of
from agreements.register.changes import STATED
from agreements.register.models import Agreement
from agreements.review.aspects import left, remember
from agreements.review.services import step_of
from agreements.texts.compare import changes_between, differing, latest_and
from agreements.texts.differences import annex_cautions, data_cautions
from agreements.texts.models import TextVersion
from partners.models import Partnership
from pokmas.documents.models import Document
from pokmas.steps import pages as steps
from pokmas.steps import reviews as judging
from pokmas.steps.since import field, judged_before, papers

Status = Agreement.Status


def review(request, pk):
    agreement, step = steps.find(request, Agreement, "review", pk)
    reviews = list(agreement.reviews.for_page())
    remember(agreement, reviews)
    step = Agreement.STEPS[step_of(left(agreement))]
    form = step.form(*steps.sent(request), user=request.user, record=agreement)

    def given():
        # A first half of now was judged by another than who reads here.
        earlier = [row for row in reviews if row.reviewed_at < agreement.status_since]
        before = earlier and judged_before(
            agreement, judged=Status.LEGAL_REVIEW, returned=Status.DISCUSSION
        )
        # The first time, an amendment is read against what it amends.
        known = before or agreement.amends
        keys = (row.text_version_id for row in earlier if row.text_version_id)
        judged = next(keys, None)
        text, other = latest_and(agreement, judged)
        places = places_of(agreement, request.user, text)
        return {
            "rows": [field(agreement, name, known) for name in STATED],
            "reviews": reviews,
            # Each is about a version of the text.
            "answers": agreement.answers.for_list() if text else (),
            "places": [each for each in places if each.open],
            **_in_file(text, other),
            "is_judged_before": judged is not None,
            "text_cautions": _cautions(agreement, text and text.content),
            **_papers(agreement, before),
        }

    template = "agreements/review/review.html"
    return judging.judge(request, agreement, step, form, template, given)


def _cautions(agreement: Agreement, said) -> list:
    return [*annex_cautions(agreement, said), *data_cautions(agreement, said)]


def _papers(agreement: Agreement, before) -> dict:
    """Those of the partner; the first time nothing else is asked of it."""
    if before or agreement.office.successor_id:
        partnership = agreement.partnership
        return papers(partnership, before) if partnership else {}
    first = agreement.partner.ranked_at(agreement.office).values("pk")[:1]
    found = Document.objects.filter(
        owner_type=ContentType.objects.get_for_model(Partnership), owner_id=first
    )
    return {"papers": found, "gone": [], "returned_at": None}


def _in_file(text: TextVersion | None, before: TextVersion | None) -> dict:
    """The newest version, and what it says otherwise than the one judged last, or the
    first time than the one that the portal made."""
    if text is None or before is None:
        return {"text": text}
    changes = differing(changes_between(before, text))
    return {"text": text, "text_before": before, "text_changes": changes}

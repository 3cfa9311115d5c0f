"""The partner reads and answers; both sides talk about a Pasal."""

import uuid
from functools import partial

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.discussion import services
from agreements.discussion.forms import CommentForm, ProposeForm
from agreements.discussion.models import TextComment
from agreements.discussion.threads import places_of
from agreements.register.models import Agreement
from agreements.texts.compare import changes_between, latest_text
from pokmas.accounts.permissions import permission_required
from pokmas.server.outside import whole_number
from pokmas.steps import pages as steps
from pokmas.steps import reviews as judging


def answer_text(request, pk):
    agreement, step = steps.find(request, Agreement, "answer_text", pk)
    form = step.form(*steps.sent(request), user=request.user, record=agreement)

    def given():
        text = latest_text(agreement)
        last = agreement.answers.select_related("version").first()
        if last is None or last.version_id == text.pk:
            return {"text": text}
        changes = changes_between(last.version, text)
        return {
            "text": text,
            "answered": last.version,
            "changes": [each for each in changes if not each.is_same],
        }

    template = "agreements/discussion/answer.html"
    return judging.judge(request, agreement, step, form, template, given)


def propose_text(request, pk):
    agreement, step = steps.find(request, Agreement, "propose_text", pk)
    form = ProposeForm(*steps.sent(request), user=request.user, record=agreement)
    if refusal := agreement.refusal(step, request.user):
        return steps.closed(request, agreement, refusal, form, step)
    if form.is_valid():
        keep = partial(services.propose, **form.cleaned_data)
        if steps.taken(request, agreement, step, form, keep):
            return redirect(latest_text(agreement))
    context = {"form": form, "agreement": agreement, "step": step}
    return render(request, "agreements/texts/upload.html", context)


def comment_text(request, pk):
    """Every Pasal with what is said about it, and a form to say more."""
    agreement, step = steps.find(request, Agreement, "comment_text", pk)
    form = CommentForm(
        *steps.sent(request),
        user=request.user,
        record=agreement,
        initial=_begun(request),
    )
    if refusal := agreement.refusal(step, request.user):
        return steps.closed(request, agreement, refusal, form, step)
    if form.is_valid():
        keep = partial(services.comment, **form.cleaned_data)
        if steps.taken(request, agreement, step, form, keep):
            page = reverse("agreements:comment_text", args=[agreement.pk])
            return redirect(f"{page}#{_written(agreement, form).anchor}")
    context = {
        "agreement": agreement,
        "form": form,
        "replied": form.replied,
        "answer": agreement.answers.for_list()[:1],
        "places": places_of(agreement, request.user, form.latest),
        "may_resolve_all": request.user.has_perm(services.WRITERS),
    }
    return render(request, "agreements/discussion/comments.html", context)


def _written(agreement, form) -> TextComment:
    rows = agreement.text_comments.filter(created_by=form.user)
    key = form.cleaned_data.get("submission_key")
    return (rows.filter(submission_key=key) if key else rows.order_by("-pk"))[0]


def _begun(request) -> dict:
    """About which Pasal, or to whom, by the link that he followed."""
    return {
        "submission_key": uuid.uuid4(),
        "article": request.GET.get("article", ""),
        "reply_to": whole_number(request.GET.get("reply_to")),
    }


@require_POST
@permission_required("agreements.comment_text")
def resolve_comment(request, pk):
    thread = _thread(request, pk)
    if thread.is_resolved:
        service, done = services.take_up, _("Komentar dibuka kembali.")
    else:
        service, done = services.resolve, _("Komentar ditandai selesai.")
    return steps.do(request, thread, service, done)


def _thread(request, pk) -> TextComment:
    rows = TextComment.objects.visible_to(request.user).filter(reply_to=None)
    return get_object_or_404(rows.select_related("agreement__office"), pk=pk)

from base64 import b64encode
from functools import partial

from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from outreach.activities.models import Activity
from outreach.evidence import services
from outreach.evidence.forms import EditForm, RefuseForm, seen_of
from outreach.evidence.models import Evidence
from pokmas.accounts.permissions import permission_required
from pokmas.documents import services as documents
from pokmas.records.constraints import in_words
from pokmas.steps import pages as steps


@require_POST
@permission_required("outreach.review_photo")
def review_photo(request, pk):
    evidence = _found(request, pk)
    mark = partial(services.review_photo, visibility=request.POST.get("visibility", ""))
    done = _("Penggunaan foto tersimpan.")
    return steps.do(request, evidence, mark, done, to=evidence.activity)


@permission_required("outreach.edit_photo")
# A preview is kept nowhere: it comes with the page.
@csp_update({"img-src": ["data:"]})
def edit_photo(request, pk):
    evidence = _found(request, pk)
    activity = evidence.activity
    if refusal := services.why_not_edited(evidence, request.user):
        messages.error(request, refusal)
        return redirect(activity)
    form = EditForm(*steps.sent(request), user=request.user, evidence=evidence)
    preview = None
    if form.is_valid():
        try:
            with in_words():
                if form.is_preview:
                    preview = documents.preview(evidence.document, form.asked)
                else:
                    services.edit_photo(
                        evidence, areas=form.asked, seen=seen_of(form), by=request.user
                    )
                    messages.success(
                        request, _("Foto tersimpan. Foto semula sudah dihapus.")
                    )
                    return redirect(_onward(activity, request.user))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {
        "evidence": evidence,
        "activity": activity,
        "form": form,
        "preview": preview and b64encode(preview).decode(),
    }
    return render(request, "outreach/evidence/edit.html", context)


@permission_required("outreach.review_photo")
def refuse_photo(request, pk):
    evidence = _found(request, pk)
    activity = evidence.activity
    if evidence.kind != Evidence.Kind.PHOTO:
        messages.error(request, _("Hanya foto yang dapat ditolak."))
        return redirect(activity)
    form = RefuseForm(*steps.sent(request), user=request.user, evidence=evidence)
    if form.is_valid():
        try:
            with in_words():
                services.refuse_photo(
                    evidence,
                    refusal=form.cleaned_data["refusal"],
                    seen=seen_of(form),
                    by=request.user,
                )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, _("Foto ditolak dan dihapus. Pelapor diberi tahu.")
            )
            return redirect(_onward(activity, request.user))
    context = {"evidence": evidence, "activity": activity, "form": form}
    return render(request, "outreach/evidence/refuse.html", context)


def _found(request, pk) -> Evidence:
    rows = Evidence.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("activity__office", "document"), pk=pk)


def _onward(activity: Activity, user) -> str:
    """Where he was at work with it: verifying, reporting, or only looking."""
    activity = Activity.objects.for_page().knowing(user).get(pk=activity.pk)
    for name in ("verify", "report"):
        step = Activity.STEPS[name]
        if activity.may(user, step) and activity.refusal(step, user) is None:
            return reverse(f"outreach:{name}", args=[activity.pk])
    return activity.get_absolute_url()

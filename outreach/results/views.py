from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from outreach.activities.models import Activity
from outreach.evidence.models import Evidence
from outreach.pasted import kept
from outreach.presence.shown import with_people
from outreach.results import services
from outreach.results.columns import in_queue, queue_for
from outreach.results.filters import QueueFilter
from outreach.results.forms import ReportForm, served_of
from outreach.results.given import given
from pokmas.accounts.models import User
from pokmas.accounts.permissions import permission_required
from pokmas.lists.pages import show
from pokmas.steps import pages as steps
from pokmas.steps import reviews
from pokmas.steps.queue import narrowing

Status = Activity.Status


@require_safe
@vary_on_headers("HX-Request")
@permission_required("outreach.view_queue")
def queue(request):
    """All that is to be verified, longest first."""
    filters = QueueFilter(request.GET, in_queue(request.user), user=request.user)
    table = queue_for(narrowing(filters))
    return show(request, table, filters, "outreach/results/queue.html")


@vary_on_headers("HX-Request")
def report(request, pk):
    activity, step = steps.find(request, Activity, "report", pk)
    if request.htmx.target == "served":
        return render(
            request, "outreach/results/_served.html", {"served": served_of(request.GET)}
        )
    form = ReportForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        instance=activity,
        pasted=kept.reading_of(request, activity.zone),
    )
    if refusal := activity.refusal(step, request.user):
        return steps.closed(request, activity, refusal, form, step)
    if form.is_valid():
        with form.refusals():
            done = hand_in(form, request.user)
            kept.forget(request)
            messages.success(request, done)
            # What is only kept is seen in the form alone.
            return redirect(request.path if form.is_unfinished else activity)
    context = {
        "form": form,
        "activity": activity,
        "text": kept.text_of(request),
        "is_running": activity.ends_at > timezone.now(),
    }
    return render(request, "outreach/results/report.html", context)


def hand_in(form: ReportForm, user: User) -> str:
    """Keep the report or send it; what to say afterwards."""
    activity = form.save(commit=False)
    if form.is_unfinished:
        services.keep(activity, by=user, **form.answers)
        return _("Laporan disimpan, tetapi belum dikirim.")
    declared = form.cleaned_data["declared"]
    services.report(
        activity,
        by=user,
        declared=declared,
        explained=form.explained,
        **form.answers,
    )
    return _("Laporan terkirim. Angka dan buktinya menunggu diperiksa.")


def verify(request, pk):
    """The report and what shows it, beside the verdict."""
    activity, step = steps.find(request, Activity, "verify", pk, with_people)
    shown = Evidence.objects.select_related("document", "refusal").order_by("document")
    prefetch_related_objects([activity], "counts", Prefetch("evidence", shown))
    form = step.form(*steps.sent(request), user=request.user, record=activity)
    template = "outreach/results/verify.html"
    return reviews.judge(
        request,
        activity,
        step,
        form,
        template,
        lambda: vars(given(activity)),
        narrowed=QueueFilter,
    )

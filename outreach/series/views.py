from dataclasses import replace

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from outreach.activities.models import Activity
from outreach.plans import views as plans
from outreach.series import services
from outreach.series.forms import BringBackForm, CancelForm, SeriesForm, SessionForm
from outreach.series.services import Reach
from pokmas.accounts.permissions import permission_required
from pokmas.steps import pages as steps


@vary_on_headers("HX-Request")
@permission_required("outreach.add_activity")
def create_series(request):
    form = SeriesForm(request.POST or None, user=request.user, asked=request.GET)
    if form.is_valid() and form.is_confirmed:
        with form.refusals():
            series = services.plan(
                form.save(commit=False),
                rhythm=form.cleaned_data["rhythm"],
                days=form.ticked,
                partners=form.participants,
                outside=form.cleaned_data["outside"],
                item=form.cleaned_data.get("plan_item"),
                by=request.user,
            )
            sessions = series.sessions.select_related("activity").order_by("number")
            count = len(sessions)
            messages.success(
                request, _("%(count)s kegiatan direncanakan.") % {"count": count}
            )
            return redirect(f"{sessions[0].activity.get_absolute_url()}?tab=series")
    return plans.plan_page(request, form, template="outreach/series/form.html")


@vary_on_headers("HX-Request")
def change(request, pk):
    """Of a session it is asked how far the change goes."""
    activity, step = steps.find(request, Activity, "change", pk)
    if not hasattr(activity, "session"):
        return plans.change(request, activity, step)
    form = SessionForm(request.POST or None, user=request.user, instance=activity)
    if refusal := activity.refusal(step, request.user):
        return steps.closed(request, activity, refusal, form)
    if form.is_valid():
        with form.refusals():
            count = services.change(
                form.save(commit=False),
                revision=form.seen_revision,
                partners=form.participants,
                item=form.cleaned_data.get("plan_item"),
                by=request.user,
                **form.answers,
            )
            messages.success(request, _changed(count))
            return redirect(activity)
    return plans.plan_page(request, form, activity)


def _changed(count):
    if count == 1:
        return _("Perubahan kegiatan tersimpan.")
    return _("Perubahan tersimpan untuk %(count)s sesi.") % {"count": count}


def cancel(request, pk):
    """Of a session it is asked which others are called off with it."""
    activity, step = steps.find(request, Activity, "cancel", pk)
    if hasattr(activity, "session"):
        step = replace(step, form=CancelForm, service=_cancel)
    return steps.ask(request, activity, step)


def _cancel(activity, *, by, **answers):
    count = services.cancel(activity, by=by, **answers)
    if count == 1:
        return _("Kegiatan dibatalkan.")
    return _("%(count)s sesi dibatalkan.") % {"count": count}


def bring_back(request, pk):
    """Of a session it is asked whether those called off with it come back too."""
    activity, step = steps.find(request, Activity, "bring_back", pk)
    if hasattr(activity, "session"):
        others = services.called_off_with(activity, Reach.ALL, request.user)
        if others.exists():
            step = replace(step, form=BringBackForm, service=services.bring_back)
            if request.method == "POST" and "reach" not in request.POST:
                return redirect(request.path)
    return steps.ask(request, activity, step)

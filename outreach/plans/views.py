from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from outreach.activities.models import Activity
from outreach.pasted import kept
from outreach.plans import services
from outreach.plans.forms import ActivityForm
from pokmas.accounts.models import User
from pokmas.accounts.permissions import permission_required
from pokmas.steps import pages as steps

Status = Activity.Status


@vary_on_headers("HX-Request")
@permission_required("outreach.add_activity")
def create(request):
    pasted = kept.reading_of(request, request.user.acting.office.tzinfo)
    form = ActivityForm(
        request.POST or None, user=request.user, asked=request.GET, pasted=pasted
    )
    if form.is_valid():
        with form.refusals():
            activity = put_on_record(form, request.user)
            if form.preset:
                words = _(
                    "Dicatat di bawah “%(title)s”, satu-satunya kerja sama yang "
                    "berlaku pada hari itu. Ubah rencananya bila kegiatannya di luar "
                    "itu."
                )
                messages.info(request, words % {"title": form.preset.title})
            return _planned(request, activity)
    return plan_page(request, form)


def put_on_record(form: ActivityForm, user: User) -> Activity:
    return services.plan(
        form.save(commit=False),
        partners=form.participants,
        correction=form.cleaned_data.get("correction", ""),
        item=form.cleaned_data.get("plan_item"),
        programme=form.cleaned_data.get("programme"),
        by=user,
    )


def change(request, activity, step):
    """The page of the step, once it is found."""
    form = ActivityForm(request.POST or None, user=request.user, instance=activity)
    if refusal := activity.refusal(step, request.user):
        return steps.closed(request, activity, refusal, form)
    if form.is_valid():
        with form.refusals():
            services.change(
                form.save(commit=False),
                revision=form.seen_revision,
                partners=form.participants,
                correction=form.cleaned_data.get("correction", ""),
                item=form.cleaned_data.get("plan_item"),
                programme=form.cleaned_data.get("programme"),
                by=request.user,
            )
            messages.success(request, _("Perubahan kegiatan tersimpan."))
            return redirect(activity)
    return plan_page(request, form, activity)


def plan_page(request, form, activity=None, template="outreach/plans/form.html"):
    if request.htmx.target == "company":
        template = "outreach/plans/_company.html"
    context = {"form": form, "activity": activity, "text": kept.text_of(request)}
    return render(request, template, context)


def _planned(request, activity):
    """What was held already is reported next; what lies ahead is shown."""
    if activity.starts_at <= timezone.now() and activity.status == Status.PLANNED:
        messages.success(request, _("Kegiatan tercatat. Sekarang laporkan hasilnya."))
        report = reverse("outreach:report", args=[activity.pk])
        return redirect(kept.onward(request, report))
    messages.success(request, _("Rencana kegiatan tersimpan."))
    return redirect(activity)

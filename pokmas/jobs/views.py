from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from pokmas.accounts.permissions import permission_required
from pokmas.jobs import services
from pokmas.jobs.columns import JOBS
from pokmas.jobs.filters import JobFilter
from pokmas.jobs.models import Heartbeat, Job
from pokmas.lists.pages import show


@require_safe
@vary_on_headers("HX-Request")
@permission_required("jobs.view_job")
def index(request):
    filters = JobFilter(request.GET, Job.objects.visible_to(request.user))
    return show(
        request,
        JOBS,
        filters,
        "pokmas/jobs/index.html",
        whole=lambda: {
            "heartbeats": Heartbeat.objects.filter(
                part__in=["worker", "beat"]
            ).order_by("-part")
        },
    )


@require_safe
@never_cache
def detail(request, pk):
    jobs = Job.objects.visible_to(request.user)
    job = get_object_or_404(jobs.select_related("requested_by", "assignment"), pk=pk)
    context = {"job": job, "label": services.label_of(job.kind)}
    return render(request, "pokmas/jobs/detail.html", context)


@require_safe
@never_cache
def progress(request, pk):
    """The piece that another page shows; once the work is over, that page anew."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    if not request.htmx:
        return redirect(job)
    if not job.is_open:
        return HttpResponseClientRefresh()
    return render(request, "pokmas/jobs/_progress.html", {"job": job})


@require_POST
def retry(request, pk):
    return _do(request, pk, services.retry, _("Pekerjaan diulang."))


@require_POST
def stop(request, pk):
    return _do(request, pk, services.stop, _("Pekerjaan dibatalkan."))


def _do(request, pk, service, done):
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    try:
        service(job, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, done)
    return redirect(job.url or job)

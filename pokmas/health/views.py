from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseNotFound, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_deny
from django.views.decorators.http import require_safe

from pokmas.accounts.permissions import permission_required
from pokmas.health import metrics as figures
from pokmas.health import services
from pokmas.health.watched import State, worst
from pokmas.server import leaving

# Without these no page can be answered, or what is handed in would get lost; without
# the others the portal goes on.
ESSENTIAL = {"database", "migrations", "static", "storage_mark"}


@login_not_required
@require_safe
@never_cache
@xframe_options_deny
def live(request):
    """The process answers; it asks nobody else."""
    return JsonResponse({"status": "alive"})


@login_not_required
@require_safe
@never_cache
@xframe_options_deny
def ready(request):
    """Whether requests may be sent here: 200, or 503 while they may not."""
    if leaving.soon.is_set():
        return JsonResponse({"status": "leaving", "checks": {}}, status=503)
    found = services.ready()
    is_ready = all(each.state != State.BAD for each in found if each.name in ESSENTIAL)
    return JsonResponse(
        {
            "status": "ready" if is_ready else "unready",
            "checks": {each.name: each.state for each in found},
        },
        status=200 if is_ready else 503,
    )


@login_not_required
@require_safe
@never_cache
def metrics(request):
    """For Prometheus, and only for who has the token; without one there is no page."""
    if not settings.METRICS_TOKEN:
        return HttpResponseNotFound()
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not constant_time_compare(given, settings.METRICS_TOKEN):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(figures.text(), content_type="text/plain; version=0.0.4")


@require_safe
@never_cache
@permission_required("health.view_status")
def status(request):
    found = services.all_parts()
    state = worst(found)
    return render(
        request,
        "pokmas/health/status.html",
        {
            "findings": sorted(found, key=lambda each: -list(State).index(each.state)),
            "state": state,
            "versions": services.versions(),
            "now": timezone.now(),
        },
    )

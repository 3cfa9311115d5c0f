from django.shortcuts import render
from django.views.decorators.http import require_safe

from pokmas.accounts.permissions import permission_required
from pokmas.server.replica import from_replica
from reports.dashboard.forms import DashboardForm
from reports.dashboard.numbers import Dashboard


@require_safe
@permission_required("reports.view_report")
@from_replica
def dashboard(request):
    """The figures of a period, by type, field and office, down to each record."""
    form = DashboardForm(request.GET, user=request.user)
    context = {"form": form, "board": Dashboard(form)}
    return render(request, "reports/dashboard/dashboard.html", context)

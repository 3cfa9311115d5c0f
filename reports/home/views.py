from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pokmas.accounts.permissions import permission_required
from pokmas.offices.models import Office
from pokmas.server.replica import from_replica
from reports.home.page import home_of
from reports.home.units import Months, Table


@require_safe
@from_replica
def home(request):
    """What waits for this person, and how his office or partner stands."""
    context = home_of(request.user, request.GET)
    return render(request, "reports/home/home.html", context)


@require_safe
@from_replica
@permission_required("reports.compare_units")
def units(request, pk):
    """The units of one region beside each other, in one month."""
    regions = Office.objects.visible_to(request.user)
    office = get_object_or_404(regions.filter(level=Office.Level.REGIONAL), pk=pk)
    months = Months(office, request.GET)
    context = {"office": office, "months": months, "units": Table(office, months)}
    return render(request, "reports/home/units.html", context)

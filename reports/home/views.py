from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from pokmas.accounts.permissions import permission_required
from pokmas.lists import exports
from pokmas.offices.models import Office
from pokmas.server.replica import from_replica
from reports.home.export import sheet_of
from reports.home.page import home_of
from reports.home.units import Months, Table


@require_safe
@from_replica
def home(request):
    """What waits for this person, and how his office or partner stands."""
    context = home_of(request.user, request.GET)
    return render(request, "reports/home/home.html", context)


@require_safe
@vary_on_headers("HX-Request")
@permission_required("reports.compare_units")
def units(request, pk):
    """The units of a region, or the regions of the nation, beside each other in one
    month: a page, a piece of the home page, or a sheet."""
    offices = Office.objects.visible_to(request.user)
    wide = [Office.Level.REGIONAL, Office.Level.HEADQUARTERS]
    office = get_object_or_404(offices.filter(level__in=wide), pk=pk)
    if request.GET.get("export") in exports.SHEETS:
        return _export(request, office)
    return _units(request, office)


@from_replica
def _units(request, office):
    months = Months(office, request.GET)
    context = {"office": office, "months": months, "units": Table(office, months)}
    piece = "_units" if request.htmx else "units"
    return render(request, f"reports/home/{piece}.html", context)


def _export(request, office):
    months = Months(office, request.GET)
    table, rows = sheet_of(Table(office, months))
    try:
        return exports.answer(
            table,
            rows,
            sheet=request.GET["export"],
            chosen={str(months.label): months.name},
            by=request.user,
            about=office,
        )
    except exports.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:units", office.pk)

"""Twelve months of agreements at a glance, and a region's month."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from agreements.calendar import events, regional, services
from agreements.calendar.columns import REGION_MONTHS
from agreements.calendar.filters import CalendarFilter, RegionMonthFilter
from agreements.calendar.models import RegionMonth
from agreements.register.models import Agreement
from pokmas.accounts.permissions import permission_required
from pokmas.lists.pages import show
from pokmas.lists.paging import changed_query
from pokmas.papers.kinds import panels
from pokmas.server.replica import from_replica

VIEW = "agreements.view_agreement"


@require_safe
@vary_on_headers("HX-Request")
@permission_required(VIEW)
@from_replica
def calendar(request):
    """Twelve months at a glance; each of them opens in the calendar of the portal."""
    today = request.user.acting.office.today
    agreements = Agreement.objects.visible_to(request.user)
    filters = CalendarFilter(request.GET, agreements, user=request.user)
    month = events.month_of(request.GET.get("month", ""), today)
    first = events.first_of_grid(month, today)
    office = request.GET.get("office") or None
    opened = {"kind": "agreements", "view": "month"}
    context = {
        "filters": filters,
        "months": [
            (each, changed_query(opened, day=each.first, office=office))
            for each in events.grid(filters.qs, first)
        ],
        "before": changed_query(request.GET, month=events.moved(first, -12)),
        "after": changed_query(request.GET, month=events.moved(first, 12)),
    }
    is_piece = bool(request.htmx) and request.htmx.target == "list"
    name = "_calendar" if is_piece else "calendar"
    return render(request, f"agreements/calendar/{name}.html", context)


@login_not_required
@require_safe
def moved_feed(request, token):
    """For calendar programmes that were given the address while it stood here."""
    return redirect("calendar:feed_file", token, permanent=True)


@require_safe
@vary_on_headers("HX-Request")
@permission_required("agreements.view_regionmonth")
def region_months(request):
    rows = RegionMonth.objects.visible_to(request.user).select_related("office")
    filters = RegionMonthFilter(request.GET, rows, user=request.user)
    return show(
        request, REGION_MONTHS, filters, "agreements/calendar/region_months.html"
    )


@require_POST
@permission_required("agreements.open_regionmonth")
def open_month(request):
    try:
        page = services.open_month(request.user.acting.office, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("agreements:region_months")
    return redirect(page)


@require_safe
@permission_required("agreements.view_regionmonth")
def region_month(request, pk):
    rows = RegionMonth.objects.visible_to(request.user).select_related("office")
    page = get_object_or_404(rows, pk=pk)
    found = regional.sections(page.office) if page.is_now else []
    context = {
        "page": page,
        "sections": found,
        "units": regional.per_unit(found),
        "panels": panels(page, request.user),
    }
    return render(request, "agreements/calendar/region_month.html", context)

"""The calendar of agreements, its address for programmes, and a region's month."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from agreements.calendar import events, regional, services
from agreements.calendar.columns import REGION_MONTHS
from agreements.calendar.feed import calendar as as_calendar
from agreements.calendar.filters import CalendarFilter, RegionMonthFilter
from agreements.calendar.models import CalendarFeed, RegionMonth
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
    """Twelve months at a glance, and what there is in one of them."""
    today = request.user.acting.office.today
    agreements = Agreement.objects.visible_to(request.user)
    filters = CalendarFilter(request.GET, agreements, user=request.user)
    month = events.month_of(request.GET.get("month", ""), today)
    first = events.first_of_grid(month, today)
    found = events.of_month(filters.qs, month, most=events.SHOWN + 1)
    context = {
        "filters": filters,
        "months": [
            (each, changed_query(request.GET, month=each.name), each.first == month)
            for each in events.grid(filters.qs, first)
        ],
        "month": month,
        "events": found[: events.SHOWN],
        "is_cut": len(found) > events.SHOWN,
        "most": events.SHOWN,
        "before": changed_query(request.GET, month=events.moved(first, -12)),
        "after": changed_query(request.GET, month=events.moved(first, 12)),
    }
    is_piece = bool(request.htmx) and request.htmx.target == "list"
    name = "_calendar" if is_piece else "calendar"
    return render(request, f"agreements/calendar/{name}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(VIEW)
def feed(request):
    """The secret address is shown once, when it is made."""
    address = ""
    if request.method == "POST":
        token = services.renew_feed(by=request.user)
        address = settings.BASE_URL + reverse("agreements:feed_file", args=[token])
    kept = CalendarFeed.objects.filter(user=request.user).select_related("assignment")
    context = {"address": address, "feed": kept.first()}
    response = render(request, "agreements/calendar/feed.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@permission_required(VIEW)
def close_feed(request):
    services.close_feed(by=request.user)
    messages.success(request, _("Alamat kalender ditutup."))
    return redirect("agreements:feed")


@login_not_required
@require_safe
def feed_file(request, token):
    """Who has the address reads what its owner may see now, and nothing once he may
    not."""
    found = CalendarFeed.objects.opened_by(token)
    if found is None:
        raise Http404
    user = found.user
    user.acting = found.assignment
    if not user.has_perm(VIEW):
        raise Http404
    rows = Agreement.objects.visible_to(user)
    with (
        translation.override(user.language),
        timezone.override(user.acting.office.zone),
    ):
        text = as_calendar(rows, user.acting.office.today)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="kerja-sama.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


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

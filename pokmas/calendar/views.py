"""The calendar of the portal, and its address for programmes."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from pokmas.calendar import services
from pokmas.calendar.feed import calendar as as_calendar
from pokmas.calendar.filters import CalendarFilter
from pokmas.calendar.models import CalendarFeed
from pokmas.calendar.periods import View, period_of
from pokmas.calendar.reading import SHOWN, Page
from pokmas.calendar.sources import SOURCES
from pokmas.lists.paging import changed_query
from pokmas.server.replica import from_replica
from pokmas.words import dates

# Of the address that was just made, until it is shown.
MADE = "calendar_feed"


@require_safe
@vary_on_headers("HX-Request")
@from_replica
def index(request):
    """A month or a week of days, or a list of them."""
    _require_any(request.user)
    today = request.user.acting.office.today
    asked = request.GET
    period = period_of(asked.get("view", ""), asked.get("day", ""), today)
    filters = CalendarFilter(asked, user=request.user)
    page = Page(period, request.user, filters.asked)
    back, on = period.words
    context = {
        "filters": filters,
        "page": page,
        "period": period,
        "today": today,
        "weekdays": dates.DAYS[dates.language()],
        "views": [
            (label, _to(request, view=view.value), view == period.view)
            for view, label in (
                (View.MONTH, _("Bulan")),
                (View.WEEK, pgettext("seven days", "Minggu")),
                (View.LIST, pgettext("of days", "Daftar")),
            )
        ],
        "back": (back, _to(request, day=period.before)),
        "on": (on, _to(request, day=page.until or period.after)),
        "now": _to(request, day=None),
        "days": [(day, _to(request, view="list", day=day.date)) for day in page.days],
        "lists": _lists(page),
        "most": SHOWN,
    }
    is_piece = bool(request.htmx) and request.htmx.target == "list"
    name = "_calendar" if is_piece else "index"
    return render(request, f"pokmas/calendar/{name}.html", context)


def _to(request, **changes) -> str:
    return changed_query(request.GET, **changes)


def _lists(page: Page) -> list[tuple]:
    """Where a day that is too full for this page is told whole."""
    if not page.is_cut:
        return []
    return [
        (source.label, source.listed(page.period.first))
        for source in page.crowded
        if source.listed
    ]


def _require_any(user) -> None:
    if user.acting is None or not any(SOURCES.of(user)):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def feed(request):
    """The secret address is shown once, when it was made."""
    _require_any(request.user)
    if request.method == "POST":
        request.session[MADE] = services.renew_feed(by=request.user)
        return redirect("calendar:feed")
    token = request.session.pop(MADE, None)
    address = token and settings.BASE_URL + reverse("calendar:feed_file", args=[token])
    kept = CalendarFeed.objects.filter(user=request.user).select_related("assignment")
    context = {"address": address, "feed": kept.first()}
    response = render(request, "pokmas/calendar/feed.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def close_feed(request):
    _require_any(request.user)
    services.close_feed(by=request.user)
    messages.success(request, _("Alamat kalender ditutup."))
    return redirect("calendar:feed")


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
    if not any(SOURCES.of(user)):
        raise Http404
    with (
        translation.override(user.language),
        timezone.override(user.acting.office.zone),
    ):
        text = as_calendar(user, user.acting.office.today)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="pokmas.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response

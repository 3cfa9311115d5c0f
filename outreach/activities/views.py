from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from agreements.models import Agreement
from outreach.activities.columns import ACTIVITIES
from outreach.activities.filters import ActivityFilter
from outreach.activities.models import Activity, by_nearness
from outreach.activities.offers import may_plan
from outreach.activities.parts import PARTS
from partners.models import CommunityGroup, Partner
from partners.volunteers.models import acts_as_volunteer
from pokmas.accounts.permissions import permission_required
from pokmas.lists.pages import show
from pokmas.lists.paging import COUNTED_TO, KeysetPage

SHOWN = 5
# An agreement that had days in force, on which something may have been done.
SIGNED = (Agreement.Status.SIGNED, Agreement.Status.TERMINATED)


@require_safe
@vary_on_headers("HX-Request")
@permission_required("outreach.view_activity")
def index(request):
    rows = Activity.objects.visible_to(request.user).for_list().prefetch_related(None)
    filters = ActivityFilter(request.GET, rows, user=request.user)
    return show(
        request, ACTIVITIES, filters, "outreach/activities/index.html", more=_beside
    )


def _beside(listing):
    """How many people the activities found served, and whether one may be added."""
    # An exact count of a million is an index's; their sum is a reading of them all.
    few = listing.page.count <= COUNTED_TO
    # Who was counted by a correction is not counted by what it replaced as well.
    served = listing.filters.qs.filter(superseded_on=None).served() if few else None
    return {"served": served, "may_plan": may_plan(listing.filters.user)}


@require_safe
@permission_required("outreach.view_activity")
def detail(request, pk):
    rows = Activity.objects.visible_to(request.user).for_page()
    rows = rows.annotate(**PARTS.counts()).knowing(request.user)
    activity = get_object_or_404(rows, pk=pk)
    is_volunteer = acts_as_volunteer(request.user)
    context = {
        "activity": activity,
        "is_volunteer": is_volunteer,
        "replacement": None if is_volunteer else activity.replacement,
        **PARTS.shown(request, activity),
    }
    return render(request, "outreach/activities/detail.html", context)


# Panels for pages of the apps below


@require_safe
@permission_required("outreach.view_activity")
def of_partner(request, partner_pk):
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=partner_pk)
    return _panel(request, partner, "partners", "partner")


@require_safe
@permission_required("outreach.view_activity")
def of_group(request, group_pk):
    groups = CommunityGroup.objects.visible_to(request.user)
    return _panel(request, get_object_or_404(groups, pk=group_pk), "group", "group")


@require_safe
@permission_required("outreach.view_activity")
def of_agreement(request, agreement_pk):
    agreements = Agreement.objects.visible_to(request.user)
    agreement = get_object_or_404(agreements, pk=agreement_pk)
    has_days = agreement.status in SIGNED
    return _panel(request, agreement, "agreement", "agreement", takes=has_days)


def _panel(request, record, field, asked, takes=True):
    """Activities of one record, today's first: a piece of its page, or a page."""
    activities = Activity.objects.visible_to(request.user).filter(**{field: record})
    piece = bool(request.htmx)
    parts = by_nearness()
    rows = activities.for_list()
    page = KeysetPage(rows, {}, order=parts[0][1], size=SHOWN, parts=parts)
    context = {
        "may_plan": takes and may_plan(request.user),
        "record": record,
        "activities": page.rows,
        "count": activities.count(),
        "served": activities.counted().served(),
        "list_query": f"{field}={record.pk}",
        "plan_query": f"{asked}={record.pk}",
    }
    template = (
        "outreach/activities/_panel.html" if piece else "outreach/activities/panel.html"
    )
    return render(request, template, context)

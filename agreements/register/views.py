"""The list of agreements, and the page of one."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from agreements.register.filters import AgreementFilter
from agreements.register.models import Agreement
from partners.models import Partner
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.lists.paging import KeysetPage
from pokmas.papers.kinds import panels


@require_safe
@vary_on_headers("HX-Request")
@permission_required("agreements.view_agreement")
def index(request):
    agreements = Agreement.objects.visible_to(request.user).for_list()
    filters = AgreementFilter(request.GET, agreements, user=request.user)
    page = KeysetPage(filters.qs, request.GET)
    piece = request.htmx.target == "list"
    template = (
        "agreements/register/_list.html" if piece else "agreements/register/index.html"
    )
    return render(request, template, {"filters": filters, "page": page})


@require_safe
@permission_required("agreements.view_agreement")
def detail(request, pk):
    rows = Agreement.objects.visible_to(request.user).for_page()
    agreement = get_object_or_404(rows, pk=pk)
    return render(
        request,
        "agreements/register/detail.html",
        {
            "agreement": agreement,
            "reviews": agreement.reviews.select_related("reviewed_by"),
            "children": agreement.children.all(),
            "panels": panels(agreement),
            "timeline": timeline(agreement, request.user),
        },
    )


@require_safe
@permission_required("agreements.view_agreement")
def of_partner(request, partner_pk):
    """The agreements of one partner: a piece of that partner's page, or a page."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=partner_pk)
    agreements = Agreement.objects.visible_to(request.user).filter(partner=partner)
    piece = bool(request.htmx)
    template = (
        "agreements/register/_of_partner.html"
        if piece
        else "agreements/register/of_partner.html"
    )
    context = {"partner": partner, "agreements": agreements.for_list()[:50]}
    return render(request, template, context)

"""The list of agreements, and the page of one."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from agreements.register.columns import AGREEMENTS
from agreements.register.filters import AgreementFilter
from agreements.register.models import Agreement
from partners.models import Partner, Partnership
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.lists.pages import show
from pokmas.papers.kinds import panels
from pokmas.steps.tabs import opened, tabs_of


@require_safe
@vary_on_headers("HX-Request")
@permission_required("agreements.view_agreement")
def index(request):
    agreements = Agreement.objects.visible_to(request.user).for_list()
    filters = AgreementFilter(request.GET, agreements, user=request.user)
    return show(request, AGREEMENTS, filters, "agreements/register/index.html")


@require_safe
@permission_required("agreements.view_agreement")
def detail(request, pk):
    rows = Agreement.objects.visible_to(request.user).for_page()
    agreement = get_object_or_404(rows, pk=pk)
    reviews = []
    if request.user.acting.is_staff:
        reviews = list(agreement.reviews.select_related("reviewed_by"))
    children = list(agreement.children.all())
    parts = [("history", _("Riwayat"))]
    if children:
        parts.insert(0, ("children", _("Perjanjian turunan"), len(children)))
    if reviews:
        parts.insert(0, ("reviews", _("Hasil telaah"), len(reviews)))
    papers = [row for row in (agreement.scan, agreement.termination_paper) if row]
    if papers:
        parts.insert(0, ("papers", _("Naskah"), len(papers)))
    if request.user.has_perm("outreach.view_activity"):
        parts.insert(0, ("activities", _("Kegiatan")))
    tabs = tabs_of(request, *parts)
    tab = opened(tabs)
    return render(
        request,
        "agreements/register/detail.html",
        {
            "agreement": agreement,
            "reviews": reviews,
            "children": children,
            "papers": papers,
            "panels": panels(agreement, request.user),
            "tabs": tabs,
            "tab": tab,
            "timeline": timeline(agreement, request.user) if tab == "history" else None,
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
    working = Partnership.objects.visible_to(request.user).working()
    context = {
        "partner": partner,
        "partnership": working.filter(partner=partner).first(),
        "agreements": agreements.for_list()[:50],
    }
    return render(request, template, context)

"""The list of agreements, and the page of one."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from agreements.register.columns import AGREEMENTS
from agreements.register.filters import AgreementFilter
from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from partners.models import Partner, Partnership
from partners.registry.models import reaches
from pokmas.accounts.permissions import permission_required
from pokmas.lists.pages import show


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
    rows = rows.knowing(request.user)
    agreement = get_object_or_404(rows.annotate(**PARTS.counts()), pk=pk)
    context = {
        "agreement": agreement,
        "is_ours": _is_ours(agreement, request.user),
        "may_write": agreement.may_be_told
        and reaches(request.user, agreement.office_id),
        "units": list(agreement.implementing_units.all())
        if agreement.office.is_wide
        else [],
        **PARTS.shown(request, agreement),
    }
    return render(request, "agreements/register/detail.html", context)


def _is_ours(agreement, user) -> bool:
    """Whether its partner, too, is for him to see, who may carry out what an office
    above agreed on."""
    return user.acting.is_community or user.acting.office.is_above(agreement.office)


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

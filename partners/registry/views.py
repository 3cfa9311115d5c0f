"""The list of partners, one partner's page, and what officers decide about it."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from partners.registry import sections
from partners.registry.columns import PARTNERS
from partners.registry.facts import answers, task_list
from partners.registry.filters import PartnerFilter
from partners.registry.models import Partner
from pokmas.accounts.permissions import permission_required
from pokmas.accounts.privacy import CONTACT
from pokmas.audit.services import note_reading, timeline
from pokmas.lists.pages import show


@require_safe
@vary_on_headers("HX-Request")
@permission_required("partners.view_partner")
def index(request):
    partners = Partner.objects.visible_to(request.user).for_list()
    filters = PartnerFilter(request.GET, partners, user=request.user)
    return show(request, PARTNERS, filters, "partners/registry/index.html")


@require_safe
@permission_required("partners.view_partner")
def detail(request, pk):
    partner = _found(request, pk)
    user = request.user
    if user.has_perm(CONTACT) and user.acting.is_staff:
        note_reading(user, partner, "phone", "email", "address")
    return render(
        request,
        "partners/registry/detail.html",
        {
            "partner": partner,
            "sections": [
                (section.title, answers(partner, section, user))
                for section in sections.SECTIONS
            ],
            "steps": task_list(partner, user)
            if _is_being_written(partner, user)
            else [],
            "editable_sections": sections.editable_sections(partner, user),
            "papers": partner.papers,
            "findings": partner.findings.newest(),
            "memberships": []
            if partner.status in Partner.IN_VETTING
            else partner.memberships.select_related("group"),
            "timeline": timeline(partner, user),
        },
    )


def _found(request, pk):
    return get_object_or_404(Partner.objects.visible_to(request.user).for_page(), pk=pk)


def _is_being_written(partner, user):
    """Whether it is still to be submitted, and this person may work on it."""
    awaited = partner.STEPS.awaited_at(partner.status)
    return (
        awaited is partner.STEPS["submit"]
        and partner.refusal(awaited, user) is None
        and bool(sections.editable(partner, user))
    )

"""The list of partners, one partner's page, and what officers decide about it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from partners.registry import legal, sections
from partners.registry.columns import PARTNERS
from partners.registry.facts import answers, repairs, task_list
from partners.registry.filters import PartnerFilter
from partners.registry.models import Partner, Partnership
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import note_reading, timeline
from pokmas.lists.pages import show
from pokmas.papers.kinds import panels
from pokmas.steps.tabs import opened, tabs_of


@require_safe
@vary_on_headers("HX-Request")
@permission_required("partners.view_partner")
def index(request):
    partnerships = Partnership.objects.visible_to(request.user).for_list()
    filters = PartnerFilter(request.GET, partnerships, user=request.user)
    return show(request, PARTNERS, filters, "partners/registry/index.html")


@require_safe
@permission_required("partners.view_partner")
def detail(request, pk):
    partnership = found(request, pk)
    user = request.user
    is_written = _is_being_written(partnership, user)
    memberships = []
    if partnership.status not in Partnership.IN_VETTING:
        memberships = list(partnership.memberships.select_related("group"))
    free, papers = legal.files_of(partnership)
    findings = list(partnership.findings.newest())
    parts = [("history", _("Riwayat"))]
    if not is_written:
        parts = _parts(user, memberships, findings, partnership.is_visited) + parts
    tabs = tabs_of(request, *parts)
    tab = opened(tabs)
    if user.acting.is_staff and partnership.is_reached_by(user):
        note_reading(user, partnership, "phone", "email", "address")
    return render(
        request,
        "partners/registry/detail.html",
        {
            "partnership": partnership,
            "sections": [
                (section.title, answers(partnership, section, user))
                for section in sections.SECTIONS
            ],
            "steps": task_list(partnership, user) if is_written else [],
            "repairs": repairs(partnership) if is_written else [],
            "editable_sections": sections.editable_sections(partnership, user),
            "papers": free,
            "standings": legal.standings(partnership, papers),
            "panels": panels(partnership, user),
            "findings": findings,
            "visits": partnership.visits.sheets() if tab == "visits" else [],
            "memberships": memberships,
            "tabs": tabs,
            "tab": tab,
            "timeline": timeline(partnership, user) if tab == "history" else None,
        },
    )


@require_safe
@permission_required("partners.view_partner")
def partner(request, pk):
    """A partner known to several units in sight: with which; else the only one."""
    user = request.user
    in_sight = Partner.objects.visible_to(user)
    if (kept := in_sight.filter(merged__pk=pk).first()) is not None:
        return redirect(kept)
    known = get_object_or_404(in_sight, pk=pk)
    visible = Partnership.objects.visible_to(user).filter(partner=known).for_list()
    partnerships = list(visible.order_by("office__name", "pk"))
    if len(partnerships) == 1:
        return redirect(partnerships[0])
    context = {
        "partner": known,
        "partnerships": partnerships,
        "merged": known.merged.order_by("-merged_at"),
    }
    return render(request, "partners/registry/partner.html", context)


def _parts(user, memberships, findings, is_visited) -> list[tuple]:
    """What its page shows below the facts, as far as there is something to show."""
    parts = []
    if user.has_perm("agreements.view_agreement"):
        parts.append(("agreements", pgettext("several", "Kerja sama")))
    if user.has_perm("outreach.view_activity"):
        parts.append(("activities", _("Kegiatan")))
    if memberships:
        parts.append(("groups", pgettext("several", "Kelompok"), len(memberships)))
    if findings and user.acting.is_staff:
        parts.append(("findings", _("Hasil pemeriksaan")))
    if is_visited and user.acting.is_staff:
        parts.append(("visits", _("Kunjungan lapangan")))
    return parts


def found(request, pk) -> Partnership:
    """What the address names, as far as this person may see it."""
    rows = Partnership.objects.visible_to(request.user).for_page().with_declared()
    return get_object_or_404(rows.knowing(request.user), pk=pk)


def _is_being_written(partnership, user):
    """Whether it is still to be submitted, and this person may work on it."""
    awaited = partnership.STEPS.awaited_at(partnership.status)
    return (
        awaited is partnership.STEPS["submit"]
        and partnership.refusal(awaited, user) is None
        and bool(sections.editable(partnership, user))
    )

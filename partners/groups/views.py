"""Community groups: the list, one group's page, and each step of its life."""

from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from partners.fields.models import Field
from partners.groups import compliance as rules
from partners.groups import services
from partners.groups.columns import GROUPS, compliance_of, totals_of
from partners.groups.filters import ComplianceFilter, GroupFilter
from partners.groups.forms import (
    EndMemberForm,
    GroupForm,
    RoleForm,
)
from partners.groups.models import CommunityGroup, GroupMembership
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.lists.pages import show
from pokmas.offices.models import Office
from pokmas.papers.kinds import has_drafts, has_made, panels
from pokmas.steps import pages as steps
from pokmas.steps.tabs import opened, tabs_of

Status = CommunityGroup.Status


@require_safe
@vary_on_headers("HX-Request")
@permission_required("partners.view_communitygroup")
def index(request):
    groups = CommunityGroup.objects.visible_to(request.user).for_list()
    filters = GroupFilter(request.GET, groups, user=request.user)
    return show(
        request,
        GROUPS,
        filters,
        "partners/groups/index.html",
        whole=lambda: {"compliance": _own_compliance(request.user)},
    )


@require_safe
@vary_on_headers("HX-Request")
@permission_required("offices.view_office")
def compliance(request):
    """Every Bapas of the branch against the minimums of the guidebook; for officers."""
    units = Office.objects.visible_to(request.user).active()
    bapas = rules.of_units(units, timezone.localdate())
    filters = ComplianceFilter(request.GET, bapas, user=request.user)
    fields = Field.objects.in_use().filter(is_mandatory=True)
    return show(
        request,
        compliance_of(fields),
        filters,
        "partners/groups/compliance.html",
        more=lambda listing: {"totals": totals_of(filters)},
        piece="partners/groups/_units.html",
    )


@require_safe
@permission_required("partners.view_communitygroup")
def detail(request, pk):
    group = get_object_or_404(
        CommunityGroup.objects.visible_to(request.user).for_page(), pk=pk
    )
    memberships = list(
        group.memberships.select_related("partnership__partner").ranked()
    )
    members = [row for row in memberships if row.ends_on is None]
    former = [row for row in memberships if row.ends_on is not None]
    parts = [("members", _("Anggota"), len(members))]
    if request.user.has_perm("outreach.view_activity"):
        parts.append(("activities", _("Kegiatan")))
    drafts = has_drafts(group, request.user)
    if drafts or has_made(group, request.user):
        parts.insert(1, ("papers", _("Naskah")))
    if former:
        parts.append(("former", _("Keanggotaan sebelumnya"), len(former)))
    tabs = tabs_of(request, *parts, ("history", _("Riwayat")))
    tab = opened(tabs)
    return render(
        request,
        "partners/groups/detail.html",
        {
            "group": group,
            "members": members,
            "former": former,
            "visible": set(
                group.partnerships.visible_to(request.user).values_list("pk", flat=True)
            ),
            "may_change_members": _may(group, "change_role", request.user),
            "cautions": rules.cautions(group)
            if group.status not in CommunityGroup.CLOSED
            and not request.user.acting.is_community
            else [],
            "has_drafts": drafts,
            "panels": panels(group, request.user) if tab == "papers" else [],
            "tabs": tabs,
            "tab": tab,
            "timeline": timeline(group, request.user) if tab == "history" else None,
        },
    )


@permission_required("partners.add_communitygroup")
def create(request):
    form = GroupForm(request.POST or None, user=request.user)
    if form.is_valid():
        with form.refusals():
            group = services.propose(form.save(commit=False), by=request.user)
            messages.success(request, _("Usulan tersimpan. Tambahkan anggotanya."))
            return redirect(group)
    return render(request, "partners/groups/form.html", {"form": form})


def change(request, pk):
    group, step = steps.find(request, CommunityGroup, "change", pk)
    form = GroupForm(request.POST or None, instance=group, user=request.user)
    if refusal := group.refusal(step, request.user):
        return steps.closed(request, group, refusal, form)
    if form.is_valid():
        with form.refusals():
            services.change(
                form.save(commit=False),
                revision=form.seen_revision,
                fields=form.edited_fields,
                by=request.user,
            )
            messages.success(request, _("Perubahan tersimpan."))
            return redirect(group)
    context = {"form": form, "group": group}
    return render(request, "partners/groups/form.html", context)


def end_member(request, pk, membership_pk):
    return _ask_of_member(
        request,
        pk,
        membership_pk,
        "end_member",
        form=EndMemberForm,
        service=services.end_member,
        title=_("Akhiri keanggotaan %(partner)s"),
    )


def change_role(request, pk, membership_pk):
    return _ask_of_member(
        request,
        pk,
        membership_pk,
        "change_role",
        form=RoleForm,
        service=services.change_role,
        title=_("Ubah kedudukan %(partner)s"),
    )


def _ask_of_member(request, pk, membership_pk, name, *, form, service, title):
    group, step = steps.find(request, CommunityGroup, name, pk)
    membership = get_object_or_404(
        GroupMembership.objects.select_related("partnership__partner"),
        group=group,
        pk=membership_pk,
    )
    step = replace(
        step,
        form=form,
        service=partial(service, membership=membership),
        title=title % {"partner": membership.partnership},
    )
    return steps.ask(request, group, step)


def _may(group, name, user):
    step = CommunityGroup.STEPS[name]
    return group.may(user, step) and group.refusal(step, user) is None


def _own_compliance(user):
    """Of the Bapas this person works at; None elsewhere."""
    office = user.acting.office
    if user.acting.is_community or office.kind != Office.Kind.PROBATION:
        return None
    own = rules.of_units(Office.objects.filter(pk=office.pk), office.today).get()
    return {"formed": own.formed, "warnings": rules.warnings(own)}
